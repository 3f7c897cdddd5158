//! A login with an unknown username costs what one with a wrong password costs. We count database calls and password
//! hashes, because times vary too much to be compared in a test.

use std::collections::BTreeMap;

use api::store::external_identities::ExternalIdentity;
use api::store::users::User;
use jiff::SignedDuration;
use serde_json::json;

use crate::support::{PASSWORD, TestApp};

/// What a request costs: the database calls in order, and the number of password hashes.
type Cost = (Vec<String>, u64);

/// An app at the start of a rate limit's window, with the user `ann`, the deleted user `gone`, and a user of an external
/// identity provider, who has no password. The last one's username is returned.
async fn app_with_users() -> (TestApp, String) {
    let app = TestApp::start().await;
    let into_window = app.state.clock.now().as_second() % 3600;
    app.state.clock.advance(SignedDuration::from_secs(3600 - into_window));
    app.sign_up("ann").await;
    let gone = app.sign_up("gone").await;
    assert_eq!(gone.post("/api/me/delete", json!({"password": PASSWORD})).await.status, 204);
    let identity = ExternalIdentity::new("https://issuer.example", "subject");
    let external = User {
        username: identity.username(),
        name: "External".to_owned(),
        password_hash: None,
        generation: 1,
        created_at: app.state.clock.now(),
        known_devices: BTreeMap::new(),
    };
    assert!(app.state.store.create_external_user(&identity, &external).await.unwrap());
    (app, external.username)
}

/// What a login costs, at the API or with the form of `/lite`, and its status.
async fn log_in(app: &TestApp, path: &str, username: &str, password: &str) -> (u16, Cost) {
    app.database.take_operations();
    let hashes = app.state.password_hasher.hashes_run();
    let guest = app.guest();
    let reply = match path {
        "/api/login" => guest.post(path, json!({"username": username, "password": password})).await,
        _ => {
            let form = form_urlencoded::Serializer::new(String::new())
                .extend_pairs([("username", username), ("password", password)])
                .finish();
            let form_type = "application/x-www-form-urlencoded";
            guest
                .send("POST".parse().unwrap(), path, |r| r.header("content-type", form_type).body(form))
                .await
        }
    };
    (reply.status, (app.database.take_operations(), app.state.password_hasher.hashes_run() - hashes))
}

#[tokio::test]
async fn an_unknown_username_costs_the_same_calls_and_one_hash() {
    let (app, external) = app_with_users().await;
    for path in ["/api/login", "/lite/login"] {
        let (status, wrong_password) = log_in(&app, path, "ann", "not the password").await;
        assert_eq!((status, wrong_password.1), (401, 1), "{path}");
        assert!(wrong_password.0.iter().any(|call| call == "GetItem"), "{path}: {wrong_password:?}");
        for (case, username, password) in [
            ("unknown", "nobody", "not the password"),
            ("unknown, with a known password", "nobody2", PASSWORD),
            ("deleted", "gone", PASSWORD),
            ("without a password", &external, PASSWORD),
            ("without a password, and an empty one", &external, ""),
            ("upper case", " NOBODY3 ", PASSWORD),
            ("wrong again", "ann", ""),
        ] {
            assert_eq!(
                log_in(&app, path, username, password).await,
                (401, wrong_password.clone()),
                "{path} {case}"
            );
        }
        for username in ["x", "", "not a username", "n\u{f6}body"] {
            let (status, (_, hashes)) = log_in(&app, path, username, PASSWORD).await;
            assert_eq!((status, hashes), (401, 1), "{path}: no user can have the name {username:?}");
        }
        let (_, (_, hashes)) = log_in(&app, path, "ann", PASSWORD).await;
        assert_eq!(hashes, 1, "{path}");
    }
}
