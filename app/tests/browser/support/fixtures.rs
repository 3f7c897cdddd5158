//! Users, posts and sessions for the tests. Ada uses the app. Grace is another user.

use shared::messages::Message;
use shared::sessions::{Session, TokenResponse};
use shared::timestamp::Timestamp;
use shared::users::{PublicUser, User};
use shared::wishes::Wish;

/// The creation time of all users, posts and sessions.
fn created_at() -> Timestamp {
    timestamp("2026-11-20T10:00:00.000Z")
}

pub fn timestamp(text: &str) -> Timestamp {
    text.to_owned().try_into().unwrap()
}

/// The response to a login of this user, with this access token.
pub fn logged_in(username: &str, token: &str) -> TokenResponse {
    TokenResponse { token: token.to_owned(), expires_at: created_at(), user: user(username) }
}

/// A user. The display name of `ada` is "Ada".
pub fn user(username: &str) -> User {
    User { username: username.to_owned(), name: display_name(username), created_at: created_at() }
}

/// A user's public profile.
pub fn public_user(username: &str) -> PublicUser {
    PublicUser { username: username.to_owned(), name: display_name(username) }
}

fn display_name(username: &str) -> String {
    username[..1].to_uppercase() + &username[1..]
}

/// A message by Grace.
pub fn message(id: &str, body: &str) -> Message {
    Message {
        id: id.to_owned(),
        author: public_user("grace"),
        body: body.to_owned(),
        created_at: created_at(),
        edited_at: None,
        version: 1,
    }
}

/// The same message by Ada.
pub fn by_ada(message: Message) -> Message {
    Message { author: public_user("ada"), ..message }
}

/// A wish by Ada.
pub fn wish(id: &str, name: &str) -> Wish {
    Wish {
        id: id.to_owned(),
        owner: public_user("ada"),
        name: name.to_owned(),
        description: String::new(),
        url: None,
        received: false,
        created_at: created_at(),
        version: 1,
    }
}

/// The same wish by Grace.
pub fn by_grace(wish: Wish) -> Wish {
    Wish { owner: public_user("grace"), ..wish }
}

/// A session of Ada, on Linux.
pub fn session(id: &str, browser: &str, current: bool) -> Session {
    Session {
        id: id.to_owned(),
        browser: Some(browser.to_owned()),
        system: Some("Linux".to_owned()),
        created_at: created_at(),
        used_at: created_at(),
        current,
    }
}
