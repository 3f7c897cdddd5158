//! The list of a user's sessions: its content, its order, and what it costs.

use api::store::sessions::Session;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::stored::store_session;

const DAY: SignedDuration = SignedDuration::from_hours(24);

#[tokio::test]
async fn every_session_is_listed_with_its_browser_and_system() {
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
    let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    app.advance(SignedDuration::from_mins(1));
    let firefox = app.guest().with("user-agent", firefox).log_in("ann").await;
    app.advance(SignedDuration::from_mins(1));
    let chrome = app.guest().with("user-agent", chrome).log_in("ann").await;
    app.sign_up("bob").await;

    let reply = firefox.get("/api/me/sessions").await;
    assert_eq!(reply.header("cache-control"), "no-store");
    let listed = firefox.sessions().await;
    let parts =
        |session: &Value| (session["browser"].clone(), session["system"].clone(), session["current"].clone());
    assert_eq!(
        listed.iter().map(parts).collect::<Vec<_>>(),
        [
            (json!("Chrome"), json!("Windows"), json!(false)),
            (json!("Firefox"), json!("Linux"), json!(true)),
            (Value::Null, Value::Null, json!(false)),
        ]
    );
    let members: Vec<&String> = listed[0].as_object().unwrap().keys().collect();
    assert_eq!(members, ["browser", "created_at", "current", "id", "system", "used_at"]);
    for session in &listed {
        assert_eq!(session["created_at"].as_str().unwrap().len(), 24);
    }
    let secret = chrome.cookie().split_once('=').unwrap().1;
    assert!(!json!(listed).to_string().contains(secret));
    let export = firefox.get("/api/me/export").await.body;
    assert_eq!(export["sessions"][0]["browser"], "Chrome");
}

#[tokio::test]
async fn the_most_recently_used_session_comes_first() {
    let app = TestApp::start().await;
    let first = app.sign_up("ann").await;
    app.advance(SignedDuration::from_mins(1));
    let second = app.log_in("ann").await;
    assert_eq!(second.sessions().await[0]["current"], true);
    app.advance(SignedDuration::from_mins(20));
    let refreshed = first.post("/api/token", json!({})).await;
    let listed = first.with_token(refreshed.token()).sessions().await;
    assert_eq!(listed[0]["current"], true);
    assert!(listed[0]["used_at"].as_str() > listed[0]["created_at"].as_str());
    assert_eq!(listed[1]["used_at"], listed[1]["created_at"]);
}

#[tokio::test]
async fn the_list_has_the_newest_hundred_sessions_and_the_current_one() {
    let app = TestApp::start().await;
    let first = app.sign_up("ann").await;
    for _ in 0..110 {
        store_session(&app, "ann", SignedDuration::ZERO).await;
        app.advance(SignedDuration::from_secs(1));
    }
    assert_eq!(first.sessions().await.len(), 101);
    assert_eq!(first.delete("/api/me/sessions").await.status, 204);
    let last = app.log_in("ann").await;
    assert_eq!(last.sessions().await.len(), 2, "the ended sessions do not hide the first one");
    app.advance(DAY * 31);
    assert_eq!(app.log_in("ann").await.sessions().await.len(), 1, "the others have expired");
}

#[tokio::test]
async fn the_list_has_at_most_a_hundred_sessions_if_the_newest_have_expired() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let mut live = vec![ann.session_id().await];
    for seconds in 1..=160 {
        let session = store_session(&app, "ann", SignedDuration::from_secs(seconds)).await;
        if seconds <= 40 {
            let expired = Session { expires: app.unix_time() - 1, ..session };
            app.state.store.update_last_used(&expired).await.unwrap();
        } else {
            live.push(session.sid);
        }
    }
    let mut listed: Vec<String> = Vec::new();
    for session in ann.sessions().await {
        listed.push(session["id"].as_str().unwrap().to_owned());
    }
    live.truncate(100);
    live.sort();
    listed.sort();
    assert_eq!(listed, live, "the newest ones that are live");
}

#[tokio::test]
async fn ended_sessions_cost_no_database_calls() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    app.database.take_operations();
    assert_eq!(ann.sessions().await.len(), 1);
    let operations = app.database.take_operations();
    for _ in 0..5 {
        for _ in 0..60 {
            store_session(&app, "ann", SignedDuration::from_mins(10)).await;
        }
        assert_eq!(ann.delete("/api/me/sessions").await.status, 204);
    }
    let later = app.log_in("ann").await;
    for client in [&ann, &later] {
        app.database.take_operations();
        assert_eq!(client.sessions().await.len(), 2);
        assert_eq!(app.database.take_operations(), operations, "as many as with one session");
    }
}

#[tokio::test]
async fn expired_sessions_do_not_hide_a_live_one() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    for number in 0..210 {
        store_session(&app, "ann", DAY * 31 - SignedDuration::from_secs(number)).await;
    }
    let live = store_session(&app, "ann", DAY * 40).await;
    let expires = app.unix_time() + 3600;
    app.state.store.update_last_used(&Session { expires, ..live.clone() }).await.unwrap();
    let ann = app.log_in("ann").await;
    let ids: Vec<Value> = ann.sessions().await.into_iter().map(|session| session["id"].clone()).collect();
    assert_eq!(ids.len(), 3, "{ids:?}");
    assert!(ids.contains(&json!(live.sid)));
}
