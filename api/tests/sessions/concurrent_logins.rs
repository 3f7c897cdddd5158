//! Concurrent logins, refreshes and ends of sessions: an ended session never becomes valid again.

use api::web::error::Error;
use jiff::SignedDuration;
use serde_json::json;
use tokio::task::JoinSet;

use crate::support::stored::{known_device, session_of};
use crate::support::{NEW_PASSWORD, PASSWORD, Reply, TestApp, TestClient};

/// Number of times that each race is run.
const ROUND_COUNT: usize = 5;

/// 11 minutes: longer than the interval at which the last use of a session is stored.
const LONGER_THAN_LAST_USED_INTERVAL: SignedDuration = SignedDuration::from_mins(11);

async fn is_session_stored(app: &TestApp, sid: &str) -> bool {
    app.state.store.find_session(sid).await.unwrap().is_some()
}

/// Runs six logins and another request at the same time. Returns the clients of the successful logins, and the response
/// to the other request.
async fn race_with_logins(
    app: &TestApp,
    username: &str,
    other: impl Future<Output = Reply> + Send + 'static,
) -> (Vec<TestClient>, Reply) {
    let mut logins = JoinSet::new();
    for _ in 0..6 {
        let (guest, username) = (app.guest(), username.to_owned());
        logins.spawn(async move {
            let reply = guest.try_log_in(&username, PASSWORD).await;
            match reply.status {
                200 => Some(guest.with_credentials(&reply)),
                401 => None,
                status => panic!("{status}: {reply:?}"),
            }
        });
    }
    let other = tokio::spawn(other);
    let clients = logins.join_all().await.into_iter().flatten().collect();
    (clients, other.await.unwrap())
}

/// Runs six refreshes, each of which stores the last use of the session, and a request that ends the session at the
/// same time. Checks that the session has ended afterwards.
async fn race_with_refreshes(client: &TestClient, end: impl Future<Output = Reply> + Send + 'static) {
    let mut refreshes = JoinSet::new();
    for _ in 0..6 {
        let client = client.clone();
        refreshes.spawn(async move { client.post("/api/token", json!({})).await });
    }
    let end = tokio::spawn(end);
    let replies = refreshes.join_all().await;
    assert_eq!(end.await.unwrap().status, 204);
    for reply in replies {
        match reply.status {
            200 => client.with_token(reply.token()).assert_session_has_ended().await,
            _ => reply.assert_problem(401, "not-logged-in"),
        }
    }
    client.assert_session_has_ended().await;
}

#[tokio::test]
async fn a_password_change_ends_every_parallel_login_with_the_old_password() {
    let app = TestApp::start().await;
    for round in 0..ROUND_COUNT {
        let username = format!("ann{round}");
        let ann = app.sign_up(&username).await;
        let change = json!({"current": PASSWORD, "new": NEW_PASSWORD});
        let changing = ann.clone();
        let change = async move { changing.put("/api/me/password", change).await };
        let (logged_in, changed) = race_with_logins(&app, &username, change).await;
        assert_eq!(changed.status, 204, "{changed:?}");
        for client in &logged_in {
            client.assert_session_has_ended().await;
        }
        assert_eq!(ann.sessions().await.len(), 1);
    }
}

#[tokio::test]
async fn a_login_that_checked_the_password_before_its_change_fails() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let before = app.stored_user("ann").await;
    let change = json!({"current": PASSWORD, "new": NEW_PASSWORD});
    assert_eq!(ann.put("/api/me/password", change).await.status, 204);
    let late = session_of(&before, app.state.clock.now());
    let login = app.state.store.log_in(&before, &late, &known_device(), None).await;
    assert!(matches!(login, Err(Error::WrongLogin)), "{login:?}");
    assert!(!is_session_stored(&app, &late.sid).await);
}

#[tokio::test]
async fn after_all_other_sessions_end_the_list_has_exactly_the_valid_parallel_logins() {
    let app = TestApp::start().await;
    for round in 0..ROUND_COUNT {
        let username = format!("ann{round}");
        let ann = app.sign_up(&username).await;
        let ending = ann.clone();
        let end = async move { ending.delete("/api/me/sessions").await };
        let (logged_in, ended) = race_with_logins(&app, &username, end).await;
        assert_eq!(ended.status, 204, "{ended:?}");
        let mut live = 1;
        for client in &logged_in {
            match client.get("/api/me").await.status {
                200 => live += 1,
                status => assert_eq!(status, 401),
            }
        }
        assert_eq!(ann.sessions().await.len(), live);
        assert_eq!(ann.delete("/api/me/sessions").await.status, 204);
        for client in &logged_in {
            client.assert_session_has_ended().await;
        }
    }
}

#[tokio::test]
async fn a_login_that_read_the_user_before_all_sessions_ended_fails() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let before = app.stored_user("ann").await;
    let early = session_of(&before, app.state.clock.now());
    app.state.store.log_in(&before, &early, &known_device(), None).await.unwrap();
    assert_eq!(ann.delete("/api/me/sessions").await.status, 204);
    let late = session_of(&before, app.state.clock.now());
    let login = app.state.store.log_in(&before, &late, &known_device(), None).await;
    assert!(matches!(login, Err(Error::WrongLogin)), "{login:?}");
    assert_eq!(ann.sessions().await.len(), 1);
}

#[tokio::test]
async fn if_two_sessions_end_each_other_one_of_them_stays_live() {
    let app = TestApp::start().await;
    for round in 0..ROUND_COUNT {
        let username = format!("ann{round}");
        let clients = [app.sign_up(&username).await, app.log_in(&username).await];
        let mut ends = JoinSet::new();
        for client in clients.clone() {
            ends.spawn(async move { client.delete("/api/me/sessions").await.status });
        }
        let mut statuses = ends.join_all().await;
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 401]);
        let mut statuses = [clients[0].get("/api/me").await.status, clients[1].get("/api/me").await.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401]);
    }
}

#[tokio::test]
async fn a_refresh_does_not_restore_a_session_that_was_logged_out() {
    let app = TestApp::start().await;
    for round in 0..ROUND_COUNT {
        let ann = app.sign_up(&format!("ann{round}")).await;
        let sid = ann.session_id().await;
        app.advance(LONGER_THAN_LAST_USED_INTERVAL);
        let logging_out = ann.clone();
        race_with_refreshes(&ann, async move { logging_out.post("/api/logout", json!({})).await }).await;
        assert!(!is_session_stored(&app, &sid).await);
    }
}

#[tokio::test]
async fn a_refresh_does_not_restore_a_session_that_another_session_has_ended() {
    let app = TestApp::start().await;
    for round in 0..ROUND_COUNT {
        let username = format!("ann{round}");
        let ann = app.sign_up(&username).await;
        let sid = ann.session_id().await;
        app.advance(LONGER_THAN_LAST_USED_INTERVAL);
        let (other, path) = (app.log_in(&username).await, format!("/api/me/sessions/{sid}"));
        race_with_refreshes(&ann, async move { other.delete(&path).await }).await;
        assert!(!is_session_stored(&app, &sid).await);
    }
}

#[tokio::test]
async fn storing_the_last_use_does_not_restore_an_ended_session() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let session = app.state.store.find_session(&ann.session_id().await).await.unwrap().unwrap();
    ann.post("/api/logout", json!({})).await;
    app.state.store.update_last_used(&session).await.unwrap();
    assert!(!is_session_stored(&app, &session.sid).await);
}

#[tokio::test]
async fn an_ended_session_cannot_change_the_password_or_end_other_sessions() {
    let app = TestApp::start().await;
    let (ann, other) = (app.sign_up("ann").await, app.log_in("ann").await);
    let (user, sid) = (app.stored_user("ann").await, ann.session_id().await);
    let session = app.state.store.find_session(&sid).await.unwrap().unwrap();
    other.delete(&format!("/api/me/sessions/{sid}")).await;
    let change = app.state.store.change_password(&user, &session, "a hash").await;
    assert!(matches!(change, Err(Error::SessionEnded)), "{change:?}");
    let end = app.state.store.end_other_sessions(&user, &session).await;
    assert!(matches!(end, Err(Error::SessionEnded)), "{end:?}");
    assert!(!is_session_stored(&app, &sid).await);
    assert_eq!(other.get("/api/me").await.status, 200);
    app.log_in("ann").await;
}
