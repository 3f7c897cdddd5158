//! Code that the tests share: the API in this process and as separate processes, clients, and the servers that the API
//! uses.

pub mod attempts;
pub mod call_order;
pub mod client;
pub mod content_encoding;
pub mod database;
pub mod devices;
pub mod dynamodb_server;
pub mod entry_point;
pub mod faulty_database;
pub mod gateway;
pub mod identity_provider;
pub mod key_ring;
pub mod lambda;
pub mod local_server;
pub mod openapi;
pub mod post_kind;
pub mod preload_paths;
pub mod raw_http;
pub mod reply;
pub mod stored;
pub mod temp_folder;
pub mod test_app;
pub mod virtual_sleep;
pub mod wait;

use serde_json::{Value, json};

pub use client::TestClient;
pub use reply::Reply;
pub use test_app::TestApp;
pub use wait::wait_until;

/// The public origin of an app in production mode.
pub const SITE: &str = "https://wishboard.example";

/// Another origin, whose pages may call the API with a token.
pub const OTHER_SITE: &str = "https://other.example";

/// The password of every user.
pub const PASSWORD: &str = "seven green bottles hum";

/// Another strong password.
pub const NEW_PASSWORD: &str = "twelve purple kettles sing";

/// A UUID (version 4).
pub const UUID: &str = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";

/// Returns the body of a sign-up.
pub fn sign_up_body(username: &str) -> Value {
    json!({"username": username, "password": PASSWORD, "name": "Ann"})
}

/// Returns a JSON object with these members added or replaced. Null removes a member.
pub fn with_members(object: &Value, members: &Value) -> Value {
    let mut object = object.clone();
    for (name, value) in members.as_object().unwrap() {
        object[name] = value.clone();
    }
    object.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    object
}
