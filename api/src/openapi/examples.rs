//! An example of each body, for the OpenAPI document.

use serde_json::{Value, json};
use shared::messages::{EditMessage, Message, MessagePage, NewMessage};
use shared::sessions::{LogInRequest, Sessions, TokenResponse};
use shared::users::export::Export;
use shared::users::{ChangePasswordRequest, DeleteAccountRequest, EditProfileRequest, SignUpRequest, User};
use shared::wishes::{EditWish, NewWish, Wish, WishPage};

use crate::health::{Health, PrivateEcho, PublicEcho};
use crate::lite::posts::{NewMessageForm, NewWishForm};
use crate::signing_keys::well_known::{Discovery, Jwks};
use crate::web::operation::Example;

macro_rules! examples {
    ($($type:ty => $example:expr;)*) => {$(
        impl Example for $type {
            fn example() -> Value {
                $example
            }
        }
    )*};
}

examples! {
    SignUpRequest => json!({ "username": "mira", "password": PASSWORD, "name": "Mira" });
    LogInRequest => json!({ "username": "mira", "password": PASSWORD });
    EditProfileRequest => json!({ "name": "Mira K." });
    ChangePasswordRequest => json!({ "current": PASSWORD, "new": "nine noisy herons" });
    DeleteAccountRequest => json!({ "password": PASSWORD });
    NewMessage => json!({ "body": "Hello!" });
    EditMessage => json!({ "body": "Hello, everyone!" });
    NewWish => json!({ "name": "Bicycle bell", "description": "In green, please", "url": URL });
    EditWish => json!({ "name": "Bicycle bell", "description": "", "url": null, "received": true });
    NewMessageForm => json!({ "author": "mira", "key": ID, "body": "Hello!" });
    NewWishForm => json!({ "author": "mira", "key": ID, "name": "Bicycle bell", "description": "", "url": URL });

    User => json!({ "username": "mira", "name": "Mira", "created_at": TIME });
    TokenResponse => json!({ "token": TOKEN, "expires_at": "2026-11-25T21:46:54.000Z", "user": User::example() });
    Message => json!({
        "id": ID, "author": public_user(), "body": "Hello!", "created_at": TIME, "edited_at": null, "version": 1,
    });
    MessagePage => json!({ "messages": [Message::example()], "next": null });
    Wish => json!({
        "id": ID, "owner": public_user(), "name": "Bicycle bell", "description": "In green, please", "url": URL,
        "received": false, "created_at": TIME, "version": 1,
    });
    WishPage => json!({ "wishes": [Wish::example()], "next": null });
    Sessions => json!({ "sessions": [{
        "id": SESSION_ID, "browser": "Firefox", "system": "Linux", "created_at": TIME, "used_at": TIME, "current": true,
    }]});
    Export => json!({
        "user": User::example(),
        "sessions": [{ "created_at": TIME, "used_at": TIME, "browser": "Firefox", "system": "Linux" }],
        "messages": [Message::example()],
        "wishes": [Wish::example()],
        "next": null,
    });

    Health => json!({ "status": "ok" });
    PublicEcho => json!({
        "message": "Hello. This route requires no login.", "input": { "method": "GET", "path": "/api/public" },
    });
    PrivateEcho => json!({
        "message": "Hello, Mira. This route requires a login.",
        "input": { "method": "GET", "path": "/api/private", "claims": { "sub": "mira" }, "authorizer": null },
    });
    Discovery => json!(Discovery::of_issuer("https://wishboard.example"));
    Jwks => json!({ "keys": [{
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", "n": "0vx7…", "e": "AQAB",
    }]});
}

const ID: &str = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
const PASSWORD: &str = "seven quiet otters";
const SESSION_ID: &str = "Wq3vXy0Jm0Jq0mWb3M6o2u5Yb1mC2oT0m1bYqkqv5hQ";
const TIME: &str = "2026-11-25T21:36:54.000Z";
const TOKEN: &str = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJSUzI1NiJ9…";
const URL: &str = "https://shop.example/bells/12";

fn public_user() -> Value {
    json!({ "username": "mira", "name": "Mira" })
}
