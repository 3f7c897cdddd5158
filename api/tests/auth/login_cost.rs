//! A login with an unknown username costs the same database calls and password hashes as one with a wrong password, so
//! the response time does not reveal which usernames exist. Measured times vary too much to be compared in a test.

use serde_json::json;

use crate::support::stored::store_external_user;
use crate::support::{PASSWORD, TestApp};

/// The user of an external identity provider, who has no password.
const EXTERNAL_USERNAME: &str = "u-abcdefghijklmnop";

#[derive(Clone, Debug, PartialEq, Eq)]
struct Cost {
    operations: Vec<String>,
    hashes: u64,
}

/// Starts an app with the user `ann`, the deleted user `gone`, and the user [`EXTERNAL_USERNAME`].
async fn start_app_with_users() -> TestApp {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    let gone = app.sign_up("gone").await;
    assert_eq!(gone.post("/api/me/delete", json!({"password": PASSWORD})).await.status, 204);
    store_external_user(&app.state.store, EXTERNAL_USERNAME, "External").await;
    app
}

/// Logs in at the API or with the form of `/lite`. Returns the status and the cost.
async fn log_in(app: &TestApp, path: &str, username: &str, password: &str) -> (u16, Cost) {
    app.database.take_operations();
    let hashes = app.state.password_hasher.hashes_run();
    let reply = match path {
        "/api/login" => app.guest().try_log_in(username, password).await,
        _ => app.guest().submit_form(path, &[("username", username), ("password", password)]).await,
    };
    let operations = app.database.take_operations();
    (reply.status, Cost { operations, hashes: app.state.password_hasher.hashes_run() - hashes })
}

#[tokio::test]
async fn an_unknown_username_costs_as_much_as_a_wrong_password() {
    let app = start_app_with_users().await;
    for path in ["/api/login", "/lite/login"] {
        let (status, wrong_password) = log_in(&app, path, "ann", "not the password").await;
        assert_eq!((status, wrong_password.hashes), (401, 1), "{path}");
        assert!(wrong_password.operations.contains(&"GetItem".to_owned()), "{path}: {wrong_password:?}");
        for (case, username, password) in [
            ("unknown", "unknown", "not the password"),
            ("unknown, with the password of a user", "unknown2", PASSWORD),
            ("deleted", "gone", PASSWORD),
            ("without a password", EXTERNAL_USERNAME, PASSWORD),
            ("without a password, with an empty one", EXTERNAL_USERNAME, ""),
            ("capital letters", " UNKNOWN3 ", PASSWORD),
            ("an empty password", "ann", ""),
        ] {
            let cost = log_in(&app, path, username, password).await;
            assert_eq!(cost, (401, wrong_password.clone()), "{path} {case}");
        }
        for invalid in ["x", "", "not a username", "unkn\u{f6}wn"] {
            let (status, cost) = log_in(&app, path, invalid, PASSWORD).await;
            assert_eq!((status, cost.hashes), (401, 1), "{path}: {invalid:?} is not a valid username");
        }
        let (_, successful) = log_in(&app, path, "ann", PASSWORD).await;
        assert_eq!(successful.hashes, 1, "{path}");
    }
}
