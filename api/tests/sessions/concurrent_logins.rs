//! Logins that begin and end at the same moment. Whatever comes first: what was to end has ended,
//! and nothing that has ended comes back.

use api::auth::session;
use api::store::known_devices::KnownDevice;
use api::store::sessions::UserAgent;
use api::store::users::User;
use jiff::SignedDuration;
use serde_json::json;
use shared::users::Username;
use tokio::task::JoinSet;

use crate::support::{PASSWORD, Reply, TestApp, TestClient};

const NEW: &str = "twelve purple kettles sing";

/// How often each race is run.
const ROUNDS: usize = 8;

async fn user(app: &TestApp, username: &str) -> User {
    app.state.store.find_user(&Username::parse(username).unwrap()).await.unwrap().unwrap()
}

fn device() -> KnownDevice {
    KnownDevice { id: "a device".to_owned(), last_login: 0 }
}

async fn sid_of(browser: &TestClient) -> String {
    let listed = browser.get("/api/me/sessions").await.body;
    let own = listed["sessions"].as_array().unwrap().iter().find(|session| session["current"] == true);
    own.unwrap()["id"].as_str().unwrap().to_owned()
}

async fn is_dead(login: &TestClient) {
    login.get("/api/me").await.assert_problem(401, "not-logged-in");
    login.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
}

/// Many log-ins at once, and something else in their midst.
async fn log_ins_around(
    app: &TestApp,
    username: &str,
    other: impl Future<Output = Reply> + Send + 'static,
) -> (Vec<TestClient>, Reply) {
    let mut log_ins = JoinSet::new();
    for _ in 0..6 {
        let guest = app.guest();
        let login = json!({"username": username, "password": PASSWORD});
        log_ins.spawn(async move { login_of(&guest, &guest.post("/api/login", login).await) });
    }
    let other = tokio::spawn(other);
    let token_response = log_ins.join_all().await.into_iter().flatten().collect();
    (token_response, other.await.unwrap())
}

fn login_of(guest: &TestClient, reply: &Reply) -> Option<TestClient> {
    match reply.status {
        200 => Some(guest.with_credentials(reply)),
        401 => None,
        status => panic!("{status}: {reply:?}"),
    }
}

#[tokio::test]
async fn no_login_by_the_old_password_outlives_the_change() {
    let app = TestApp::start().await;
    for round in 0..ROUNDS {
        let username = format!("ann{round}");
        let ann = app.sign_up(&username).await;
        let change = json!({"current": PASSWORD, "new": NEW});
        let changing = ann.clone();
        let (token_response, changed) =
            log_ins_around(&app, &username, async move { changing.put("/api/me/password", change).await })
                .await;
        assert_eq!(changed.status, 204, "{changed:?}");
        for login in &token_response {
            is_dead(login).await;
        }
        assert_eq!(ann.get("/api/me/sessions").await.body["sessions"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_login_whose_password_was_checked_before_the_change_is_refused_after_it() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let before = user(&app, "ann").await;
    let change = json!({"current": PASSWORD, "new": NEW});
    assert_eq!(ann.put("/api/me/password", change).await.status, 204);
    let (late, _) = session::create(&before, UserAgent::default(), app.state.clock.now()).unwrap();
    assert!(app.state.store.log_in(&before, &late, &device(), None).await.is_err());
    assert!(app.state.store.find_session(&late.sid).await.unwrap().is_none());
}

#[tokio::test]
async fn a_login_at_the_moment_all_others_end_is_either_after_it_or_ended() {
    let app = TestApp::start().await;
    for round in 0..ROUNDS {
        let username = format!("ann{round}");
        let ann = app.sign_up(&username).await;
        let ending = ann.clone();
        let (token_response, ended) =
            log_ins_around(&app, &username, async move { ending.delete("/api/me/sessions").await }).await;
        assert_eq!(ended.status, 204, "{ended:?}");
        let mut live = 1;
        for login in &token_response {
            match login.get("/api/me").await.status {
                200 => live += 1,
                status => assert_eq!(status, 401),
            }
        }
        let listed = ann.get("/api/me/sessions").await.body;
        assert_eq!(listed["sessions"].as_array().unwrap().len(), live, "nothing else lives");
        assert_eq!(ann.delete("/api/me/sessions").await.status, 204);
        for login in &token_response {
            is_dead(login).await;
        }
    }
}

#[tokio::test]
async fn a_login_that_was_checked_before_all_others_ended_is_refused_after_it() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let before = user(&app, "ann").await;
    let (early, _) = session::create(&before, UserAgent::default(), app.state.clock.now()).unwrap();
    app.state.store.log_in(&before, &early, &device(), None).await.unwrap();
    assert_eq!(ann.delete("/api/me/sessions").await.status, 204);
    let (late, _) = session::create(&before, UserAgent::default(), app.state.clock.now()).unwrap();
    assert!(app.state.store.log_in(&before, &late, &device(), None).await.is_err());
    let listed = ann.get("/api/me/sessions").await.body;
    assert_eq!(listed["sessions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn of_two_who_end_each_other_one_is_left() {
    let app = TestApp::start().await;
    for round in 0..ROUNDS {
        let username = format!("ann{round}");
        let logins = [app.sign_up(&username).await, app.log_in(&username).await];
        let mut ends = JoinSet::new();
        for login in logins.clone() {
            ends.spawn(async move { login.delete("/api/me/sessions").await.status });
        }
        let mut statuses = ends.join_all().await;
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 401]);
        let mut left = [logins[0].get("/api/me").await.status, logins[1].get("/api/me").await.status];
        left.sort_unstable();
        assert_eq!(left, [200, 401]);
    }
}

/// Many refreshes at once, each of which notes the use of the session, and in their midst its end.
async fn refreshes_around(login: &TestClient, end: impl Future<Output = Reply> + Send + 'static) {
    let mut refreshes = JoinSet::new();
    for _ in 0..6 {
        let login = login.clone();
        refreshes.spawn(async move { login.post("/api/token", json!({})).await });
    }
    let end = tokio::spawn(end);
    let replies = refreshes.join_all().await;
    assert_eq!(end.await.unwrap().status, 204);
    for reply in replies {
        match reply.status {
            200 => is_dead(&login.with_token(reply.body["token"].as_str().unwrap())).await,
            _ => reply.assert_problem(401, "not-logged-in"),
        }
    }
    is_dead(login).await;
}

#[tokio::test]
async fn no_refresh_brings_a_session_back_that_was_logged_out() {
    let app = TestApp::start().await;
    for round in 0..ROUNDS {
        let ann = app.sign_up(&format!("ann{round}")).await;
        let sid = sid_of(&ann).await;
        app.state.clock.advance(SignedDuration::from_mins(11));
        let leaving = ann.clone();
        refreshes_around(&ann, async move { leaving.post("/api/logout", json!({})).await }).await;
        assert!(app.state.store.find_session(&sid).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn no_refresh_brings_a_session_back_that_was_ended_from_elsewhere() {
    let app = TestApp::start().await;
    for round in 0..ROUNDS {
        let username = format!("ann{round}");
        let ann = app.sign_up(&username).await;
        let sid = sid_of(&ann).await;
        app.state.clock.advance(SignedDuration::from_mins(11));
        let (other, path) = (app.log_in(&username).await, format!("/api/me/sessions/{sid}"));
        refreshes_around(&ann, async move { other.delete(&path).await }).await;
        assert!(app.state.store.find_session(&sid).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn the_late_note_of_a_use_makes_nothing() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let read = app.state.store.find_session(&sid_of(&ann).await).await.unwrap().unwrap();
    ann.post("/api/logout", json!({})).await;
    app.state.store.update_last_used(&read).await.unwrap();
    assert!(app.state.store.find_session(&read.sid).await.unwrap().is_none());
}

#[tokio::test]
async fn who_was_ended_meanwhile_changes_no_password_and_ends_nobody() {
    let app = TestApp::start().await;
    let (ann, other) = (app.sign_up("ann").await, app.log_in("ann").await);
    let (read, sid) = (user(&app, "ann").await, sid_of(&ann).await);
    let session = app.state.store.find_session(&sid).await.unwrap().unwrap();
    other.delete(&format!("/api/me/sessions/{sid}")).await;
    assert!(app.state.store.change_password(&read, &session, "a hash").await.is_err());
    assert!(app.state.store.end_other_sessions(&read, &session).await.is_err());
    assert!(app.state.store.find_session(&sid).await.unwrap().is_none());
    assert_eq!(other.get("/api/me").await.status, 200);
    app.log_in("ann").await;
}
