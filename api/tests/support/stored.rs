//! Items that a test stores directly, without a request to the API.

use api::auth::session;
use api::store::Store;
use api::store::external_identities::ExternalIdentity;
use api::store::known_devices::KnownDevice;
use api::store::sessions::{Session, UserAgent};
use api::store::users::User;
use jiff::{SignedDuration, Timestamp};
use shared::messages::Message;
use shared::users::PublicUser;
use uuid::Uuid;

use super::TestApp;

/// Returns a message from January 2026 by this user, whose name at that time was `Stored`.
pub fn message_by(username: &str, body: &str) -> Message {
    Message {
        id: Uuid::new_v4().to_string(),
        author: PublicUser { username: username.to_owned(), name: "Stored".to_owned() },
        body: body.to_owned(),
        created_at: "2026-01-01T00:00:00.000Z".to_owned().try_into().unwrap(),
        edited_at: None,
        version: 1,
    }
}

/// Stores a message and returns its id.
pub async fn store_message(store: &Store, message: Message) -> Uuid {
    let id = message.id.parse().unwrap();
    store.create_post(id, message, String::new(), Timestamp::now()).await.unwrap();
    id
}

/// Stores a user of an external identity provider, who has no password.
pub async fn store_external_user(store: &Store, username: &str, name: &str) {
    let user = User {
        username: username.to_owned(),
        name: name.to_owned(),
        password_hash: None,
        generation: 1,
        created_at: Timestamp::UNIX_EPOCH,
        known_devices: Default::default(),
    };
    let identity = ExternalIdentity::new("https://issuer.example", username);
    assert!(store.create_external_user(&identity, &user).await.unwrap());
}

/// Stores a session of this user with this age.
pub async fn store_session(app: &TestApp, username: &str, age: SignedDuration) -> Session {
    let user = app.stored_user(username).await;
    let session = session_of(&user, app.state.clock.now() - age);
    app.state.store.log_in(&user, &session, &known_device(), None).await.unwrap();
    session
}

/// Returns a new session of a user, which is not stored.
pub fn session_of(user: &User, created_at: Timestamp) -> Session {
    session::create(user, UserAgent::default(), created_at).unwrap().0
}

/// Returns the known device of a login that a test stores directly.
pub fn known_device() -> KnownDevice {
    KnownDevice { id: "device".to_owned(), last_login: 0 }
}
