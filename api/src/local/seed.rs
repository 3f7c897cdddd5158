//! A few people with messages and wishes, to look at: `cargo xtask serve --demo`.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use shared::messages::Message;
use shared::users::{Password, PublicUser, Username};
use shared::wishes::Wish;
use uuid::Uuid;

use crate::AppState;
use crate::auth::session;
use crate::store::sessions::UserAgent;
use crate::store::users::User;
use crate::web::error::{Error, Result};

/// The password of everybody in the demo, which is no secret.
pub const PASSWORD: &str = "three otters share a boat";

/// Whom to log in as.
pub const USERNAME: &str = USERS[0].0;

const USERS: [(&str, &str); 4] = [
    ("mira", "Mira Okafor"),
    ("jonas", "Jonas Lindqvist"),
    ("noor", "Noor Haddad"),
    ("teo", "Teo Álvarez 🪁"),
];

/// Who, how many minutes ago, and what.
const MESSAGES: [(usize, i64, &str); 7] = [
    (2, 7_300, "Hello! Is this where everybody is?"),
    (0, 7_250, "It is. Welcome, Noor!"),
    (
        1,
        4_320,
        "Grandma turns 80 on the 14th. I put the things she mentioned on my list, so that we don't all give her the same kettle.",
    ),
    (3, 1_500, "Who has a ladder? The kite is in the plum tree.\n\nAgain."),
    (0, 1_470, "I do. Coming over after lunch."),
    (
        2,
        190,
        "The bread from Saturday, for those who asked:\n500 g flour, 350 g water, 10 g salt, a spoon of yesterday's dough, and a whole night.",
    ),
    (1, 12, "Skating on Sunday? The lake should hold by then. I have two pairs to lend."),
];

/// Who, how many minutes ago, name, description, link, and whether it came true.
#[expect(clippy::type_complexity, reason = "a table, read here and nowhere else")]
const WISHES: [(usize, i64, &str, &str, Option<&str>, bool); 8] = [
    (0, 6_000, "A second-hand cello", "Any age, as long as it can be mended.", None, false),
    (0, 5_900, "Climbing shoes, 39", "Worn ones are fine.", Some("https://example.com/shoes/39"), false),
    (0, 9_000, "A bird feeder", "", None, true),
    (
        1,
        4_310,
        "A kettle that whistles",
        "For Grandma: the red one, not the blue one.",
        Some("https://example.org/kettles?colour=red"),
        false,
    ),
    (1, 4_300, "Large-print crosswords", "", None, true),
    (2, 2_000, "A proofing basket", "Oval, for one kilo of dough.", None, false),
    (3, 1_490, "A longer ladder", "See the plum tree.", None, false),
    (3, 800, "Kite string, 200 m", "", Some("https://example.net/string"), false),
];

/// Adds what the demo shows, unless it is there. Says whether one can log in with the password.
///
/// # Errors
/// When the database doesn't answer.
pub async fn insert_demo_data(state: &AppState) -> Result<bool> {
    let now = state.clock.now();
    let password_hash = state.password_hasher.hash("password", &demo_password()?, ["", ""]).await?;
    for (username, name) in USERS {
        let user = User {
            username: username.to_owned(),
            name: name.to_owned(),
            password_hash: Some(password_hash.clone()),
            generation: 1,
            created_at: now - SignedDuration::from_hours(24 * 14),
            known_devices: BTreeMap::new(),
        };
        let (session, _) = session::create(&user, UserAgent::default(), now)?;
        match state.store.sign_up(&user, &session, None).await {
            Ok(()) => state.store.end_sessions(&[&session.sid]).await?,
            // They are there, and so is what they wrote.
            Err(Error::UsernameTaken) => return demo_user_exists(state).await,
            Err(error) => return Err(error),
        }
    }
    for (user_index, minutes, body) in MESSAGES {
        let (id, author, created_at) = new(now, user_index, minutes);
        let message = Message {
            id: id.to_string(),
            author: author,
            body: body.to_owned(),
            created_at,
            edited_at: None,
            version: 1,
        };
        state.store.create_post(id, message, String::new(), now).await?;
    }
    for (user_index, minutes, name, description, url, received) in WISHES {
        let (id, author, created_at) = new(now, user_index, minutes);
        let wish = Wish {
            id: id.to_string(),
            owner: author,
            name: name.to_owned(),
            description: description.to_owned(),
            url: url.map(str::to_owned),
            received,
            created_at,
            version: 1,
        };
        state.store.create_post(id, wish, String::new(), now).await?;
    }
    Ok(true)
}

/// Somebody real may have one of the names.
async fn demo_user_exists(state: &AppState) -> Result<bool> {
    let Ok(username) = Username::parse(USERNAME) else { return Ok(false) };
    let user = state.store.find_user(&username).await?;
    state.password_hasher.verify(PASSWORD, user.as_ref().and_then(|user| user.password_hash.as_deref())).await
}

fn new(now: Timestamp, user_index: usize, minutes: i64) -> (Uuid, PublicUser, shared::timestamp::Timestamp) {
    let (username, name) = USERS[user_index];
    let author = PublicUser { username: username.to_owned(), name: name.to_owned() };
    (Uuid::new_v4(), author, (now - SignedDuration::from_mins(minutes)).into())
}

fn demo_password() -> Result<Password> {
    Password::parse(PASSWORD).map_err(|error| Error::Internal(error.into()))
}
