//! Where somebody is logged in, and how they end that from elsewhere.

use api::store::known_devices::KnownDevice;
use api::store::sessions::Session;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::{PASSWORD, TestApp, TestClient};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

async fn log_in_with(app: &TestApp, user_agent: &str) -> TestClient {
    let guest = app.guest().with("user-agent", user_agent);
    let reply = guest.post("/api/login", json!({"username": "ann", "password": PASSWORD})).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    guest.with_credentials(&reply)
}

async fn sessions(browser: &TestClient) -> Vec<Value> {
    let reply = browser.get("/api/me/sessions").await;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.header("cache-control"), "no-store");
    reply.body["sessions"].as_array().unwrap().clone()
}

/// What this browser's own session is called.
async fn id_of(browser: &TestClient) -> String {
    let own = sessions(browser).await.into_iter().find(|session| session["current"] == true).unwrap();
    own["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_login_is_listed_with_what_it_was_made_with() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    app.state.clock.advance(SignedDuration::from_mins(1));
    let firefox = log_in_with(&app, FIREFOX).await;
    app.state.clock.advance(SignedDuration::from_mins(1));
    let chrome = log_in_with(&app, CHROME).await;
    app.sign_up("bob").await;

    let listed = sessions(&firefox).await;
    let shown =
        |session: &Value| (session["browser"].clone(), session["system"].clone(), session["current"].clone());
    assert_eq!(
        listed.iter().map(shown).collect::<Vec<_>>(),
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
    assert!(!json!(listed).to_string().contains(chrome.cookie().split_once('=').unwrap().1));
    let export = firefox.get("/api/me/export").await.body;
    assert_eq!(export["sessions"][0]["browser"], "Chrome");
}

#[tokio::test]
async fn the_last_used_comes_first() {
    let app = TestApp::start().await;
    let first = app.sign_up("ann").await;
    app.state.clock.advance(SignedDuration::from_mins(1));
    let second = app.log_in("ann").await;
    assert_eq!(sessions(&second).await[0]["current"], true);
    app.state.clock.advance(SignedDuration::from_mins(20));
    let reply = first.post("/api/token", json!({})).await;
    let first = first.with_token(reply.body["token"].as_str().unwrap());
    let listed = sessions(&first).await;
    assert_eq!(listed[0]["current"], true);
    assert!(listed[0]["used_at"].as_str() > listed[0]["created_at"].as_str());
    assert_eq!(listed[1]["used_at"], listed[1]["created_at"]);
}

#[tokio::test]
async fn browsers_are_known_by_their_names_and_nothing_else_is_kept() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
    let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
    let phone =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
    let android = format!("Mozilla/5.0 (Linux; Android 10; K) {webkit}");
    for (user_agent, browser, system) in [
        (format!("{CHROME} Edg/142.0.0.0"), json!("Edge"), json!("Windows")),
        (format!("{CHROME} OPR/122.0.0.0"), json!("Opera"), json!("Windows")),
        (
            format!("{mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15"),
            json!("Safari"),
            json!("macOS"),
        ),
        (format!("{mac} {webkit} Chrome/142.0.0.0 Safari/537.36"), json!("Chrome"), json!("macOS")),
        (format!("{phone} Version/18.5 Mobile/15E148 Safari/604.1"), json!("Safari"), json!("iPhone")),
        (format!("{phone} CriOS/142.0.0.0 Mobile/15E148 Safari/604.1"), json!("Chrome"), json!("iPhone")),
        (format!("{phone} FxiOS/145.0 Mobile/15E148 Safari/605.1.15"), json!("Firefox"), json!("iPhone")),
        (format!("{android} Chrome/142.0.0.0 Mobile Safari/537.36"), json!("Chrome"), json!("Android")),
        (
            format!("{android} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36"),
            json!("Samsung Internet"),
            json!("Android"),
        ),
        (
            "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0".to_owned(),
            json!("Firefox"),
            json!("Android"),
        ),
        ("<script>alert(1)</script>".to_owned(), Value::Null, Value::Null),
        ("\u{fc}".to_owned(), Value::Null, Value::Null),
        ("Chrome/".repeat(1000), json!("?"), json!("?")),
    ] {
        let listed = sessions(&log_in_with(&app, &user_agent).await).await;
        let own = listed.iter().find(|session| session["current"] == true).unwrap();
        if browser != "?" {
            assert_eq!((&own["browser"], &own["system"]), (&browser, &system), "{user_agent}");
        }
        for name in [&own["browser"], &own["system"]] {
            assert!(name.as_str().unwrap_or_default().len() < 30, "{own}");
        }
    }
}

#[test]
fn a_session_from_before_the_names_were_kept_can_be_read() {
    let stored = json!({"sid": "x", "username": "ann", "generation": 1, "created_at": "2026-01-01T00:00:00.000Z", "used_at": "2026-01-01T00:00:00.000Z", "expires": 0});
    let session: Session = serde_json::from_value(stored).unwrap();
    assert_eq!((session.user_agent.browser, session.user_agent.system), (None, None));
}

#[tokio::test]
async fn one_login_is_ended_from_another() {
    let app = TestApp::start().await;
    let (here, there) = (app.sign_up("ann").await, app.log_in("ann").await);
    let path = format!("/api/me/sessions/{}", id_of(&there).await);
    let reply = here.delete(&path).await;
    assert_eq!((reply.status, reply.header("set-cookie")), (204, ""));
    there.get("/api/me").await.assert_problem(401, "not-logged-in");
    there.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
    assert_eq!(sessions(&here).await.len(), 1);
    here.delete(&path).await.assert_problem(404, "not-found");
}

#[tokio::test]
async fn ones_own_login_is_ended_as_by_logging_out() {
    for (app, deleted) in [
        (
            TestApp::in_production().await,
            "__Host-session=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0",
        ),
        (TestApp::start().await, "wishboard-session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0"),
    ] {
        let ann = app.sign_up("ann").await;
        let reply = ann.delete(&format!("/api/me/sessions/{}", id_of(&ann).await)).await;
        assert_eq!((reply.status, reply.header("set-cookie")), (204, deleted));
        ann.get("/api/me").await.assert_problem(401, "not-logged-in");
    }
}

#[tokio::test]
async fn nobody_ends_somebody_elses_login() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.sign_up("ann").await, app.sign_up("bob").await);
    let bobs = id_of(&bob).await;
    for id in [bobs.as_str(), &"A".repeat(43), "x", "%00", "ann", &"A".repeat(5000), "..%2f..%2fmessages"] {
        ann.delete(&format!("/api/me/sessions/{id}")).await.assert_problem(404, "not-found");
    }
    assert_eq!(bob.get("/api/me").await.status, 200);
}

#[tokio::test]
async fn all_others_are_ended_at_once() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let others = [app.log_in("ann").await, app.log_in("ann").await];
    let bob = app.sign_up("bob").await;
    for _ in 0..2 {
        assert_eq!(ann.delete("/api/me/sessions").await.status, 204, "as often as one likes");
    }
    for other in others {
        other.get("/api/me").await.assert_problem(401, "not-logged-in");
        other.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
    }
    assert_eq!(bob.get("/api/me").await.status, 200);
    assert_eq!(sessions(&ann).await.len(), 1);
    assert_eq!(ann.post("/api/token", json!({})).await.status, 200);
    let later = app.log_in("ann").await;
    assert_eq!(sessions(&later).await.len(), 2);
}

#[tokio::test]
async fn what_has_ended_hides_nothing_that_lives() {
    let app = TestApp::start().await;
    let first = app.sign_up("ann").await;
    for _ in 0..110 {
        let user = app
            .state
            .store
            .find_user(&shared::users::Username::parse("ann").unwrap())
            .await
            .unwrap()
            .unwrap();
        let made = api::auth::session::create(&user, Default::default(), app.state.clock.now()).unwrap();
        let device = KnownDevice { id: "a device".to_owned(), last_login: 0 };
        app.state.store.log_in(&user, &made.0, &device, None).await.unwrap();
        app.state.clock.advance(SignedDuration::from_secs(1));
    }
    assert_eq!(sessions(&first).await.len(), 101, "the newest hundred, and one's own");
    assert_eq!(first.delete("/api/me/sessions").await.status, 204);
    let last = app.log_in("ann").await;
    assert_eq!(sessions(&last).await.len(), 2, "the first one lives, behind many that have ended");
    app.state.clock.advance(SignedDuration::from_hours(31 * 24));
    assert_eq!(sessions(&app.log_in("ann").await).await.len(), 1, "the others were not used for too long");
}

/// Adds a session that was made so many seconds ago, as if its user had logged in then.
async fn add_session(app: &TestApp, seconds_ago: i64) -> Session {
    let user =
        app.state.store.find_user(&shared::users::Username::parse("ann").unwrap()).await.unwrap().unwrap();
    let then = app.state.clock.now() - SignedDuration::from_secs(seconds_ago);
    let (session, _) = api::auth::session::create(&user, Default::default(), then).unwrap();
    let device = KnownDevice { id: "device".to_owned(), last_login: then.as_second() };
    app.state.store.log_in(&user, &session, &device, None).await.unwrap();
    session
}

#[tokio::test]
async fn sessions_that_a_raised_generation_has_ended_cost_nothing() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    app.database.take_operations();
    assert_eq!(sessions(&ann).await.len(), 1);
    let calls = app.database.take_operations();
    for number in 0..1_500 {
        add_session(&app, 2_000 - number).await;
        if number % 300 == 0 {
            assert_eq!(ann.delete("/api/me/sessions").await.status, 204);
        }
    }
    assert_eq!(ann.delete("/api/me/sessions").await.status, 204);
    let later = app.log_in("ann").await;
    for browser in [&ann, &later] {
        app.database.take_operations();
        assert_eq!(sessions(browser).await.len(), 2);
        assert_eq!(app.database.take_operations(), calls, "as many as with one session");
    }
}

#[tokio::test]
async fn a_session_from_before_sessions_were_sorted_by_generation_is_listed_while_it_lives() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let old = add_session(&app, 60).await;
    app.store_session_without_generation(&old).await;
    assert_eq!(sessions(&ann).await.len(), 2);
    let export = ann.get("/api/me/export").await.body;
    assert_eq!(export["sessions"].as_array().map(Vec::len), Some(2));
    ann.delete("/api/me/sessions").await;
    assert_eq!(sessions(&ann).await.len(), 1, "ended like all others");

    // The one that asks may be an old one itself.
    let other = app.log_in("ann").await;
    let own = app.state.store.find_session(&id_of(&other).await).await.unwrap().unwrap();
    app.store_session_without_generation(&own).await;
    assert_eq!(sessions(&other).await.len(), 2);
    assert_eq!(other.delete("/api/me/sessions").await.status, 204);
    assert_eq!(sessions(&other).await.len(), 1);
    app.log_in("ann").await;
    assert_eq!(sessions(&other).await.len(), 2);
}

#[tokio::test]
async fn sessions_that_have_expired_hide_none_that_lives() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    for number in 0..250 {
        add_session(&app, 31 * 24 * 3600 - number).await;
    }
    let live = add_session(&app, 40 * 24 * 3600).await;
    let expires = app.state.clock.now().as_second() + 60;
    app.state.store.update_last_used(&Session { expires, ..live.clone() }).await.unwrap();
    let ann = app.log_in("ann").await;
    let ids: Vec<Value> = sessions(&ann).await.into_iter().map(|session| session["id"].clone()).collect();
    assert_eq!(ids.len(), 3, "{ids:?}");
    assert!(ids.contains(&json!(live.sid)));
}

#[tokio::test]
async fn whoever_logs_in_again_leaves_the_session_before() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let login = json!({"username": "ann", "password": PASSWORD});
    ann.post("/api/login", json!({"username": "ann", "password": "not the password"})).await;
    assert_eq!(ann.get("/api/me").await.status, 200, "a failed login ends nothing");
    let again = app.guest().with_credentials(&ann.post("/api/login", login).await);
    ann.get("/api/me").await.assert_problem(401, "not-logged-in");
    assert_eq!(sessions(&again).await.len(), 1);
    let bob = json!({"username": "bob", "password": PASSWORD, "name": "Bob"});
    assert_eq!(again.post("/api/signup", bob).await.status, 201);
    again.get("/api/me").await.assert_problem(401, "not-logged-in");
}

#[tokio::test]
async fn all_of_it_demands_a_login() {
    let guest = TestApp::start().await.guest();
    guest.get("/api/me/sessions").await.assert_problem(401, "not-logged-in");
    guest.delete("/api/me/sessions").await.assert_problem(401, "not-logged-in");
    guest.delete("/api/me/sessions/x").await.assert_problem(401, "not-logged-in");
}
