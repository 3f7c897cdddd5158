//! Clients with a device cookie, and the devices that are stored for a user.

use super::{PASSWORD, Reply, TestApp, TestClient, sign_up_body};

/// Signs up and returns a client that is not logged in and has the device cookie.
pub async fn client_on_known_device(app: &TestApp, username: &str) -> TestClient {
    let reply = app.guest().post("/api/signup", sign_up_body(username)).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    app.guest().with("cookie", reply.device_cookie())
}

/// Replaces the cookies of a client with the device cookie of this response.
pub fn with_device_of(client: &TestClient, reply: &Reply) -> TestClient {
    client.without("cookie").with("cookie", reply.device_cookie())
}

/// Logs in with the form of `/lite`.
pub async fn log_in_with_form(client: &TestClient, username: &str) -> Reply {
    client.submit_form("/lite/login", &[("username", username), ("password", PASSWORD)]).await
}

/// Returns the ids of the devices that are stored for a user.
pub fn device_ids(app: &TestApp, username: &str) -> Vec<String> {
    let key = format!("user#{username}");
    let user = &app.database.items(&key)[&key];
    user["devices"]["M"].as_object().map_or(Vec::new(), |devices| devices.keys().cloned().collect())
}

/// Returns how many devices are stored for a user.
pub fn device_count(app: &TestApp, username: &str) -> usize {
    device_ids(app, username).len()
}
