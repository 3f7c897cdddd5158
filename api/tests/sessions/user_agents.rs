//! The names of browsers and systems in the list of sessions, which the API reads from the `User-Agent` header.

use serde_json::Value;

use crate::support::TestApp;

const WINDOWS: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
const MAC: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)";
const ANDROID: &str = "Mozilla/5.0 (Linux; Android 10; K)";

/// The part that all browsers with Blink send after the system.
const BLINK: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";

/// The part that all browsers with WebKit send after the system.
const WEBKIT: &str = "AppleWebKit/605.1.15 (KHTML, like Gecko)";

/// Logs in with this `User-Agent` header and returns the listed session.
async fn session_of(app: &TestApp, user_agent: &str) -> Value {
    let ann = app.guest().with("user-agent", user_agent).log_in("ann").await;
    let session = ann.sessions().await.into_iter().find(|session| session["current"] == true).unwrap();
    ann.post("/api/logout", Value::Null).await;
    session
}

#[tokio::test]
async fn common_browsers_and_systems_are_recognized() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    for (user_agent, browser, system) in [
        (format!("{WINDOWS} {BLINK} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"), "Edge", "Windows"),
        (format!("{WINDOWS} {BLINK} Chrome/142.0.0.0 Safari/537.36 OPR/122.0.0.0"), "Opera", "Windows"),
        (format!("{MAC} {WEBKIT} Version/18.5 Safari/605.1.15"), "Safari", "macOS"),
        (format!("{MAC} {BLINK} Chrome/142.0.0.0 Safari/537.36"), "Chrome", "macOS"),
        (format!("{IPHONE} {WEBKIT} Version/18.5 Mobile/15E148 Safari/604.1"), "Safari", "iPhone"),
        (format!("{IPHONE} {WEBKIT} CriOS/142.0.0.0 Mobile/15E148 Safari/604.1"), "Chrome", "iPhone"),
        (format!("{IPHONE} {WEBKIT} FxiOS/145.0 Mobile/15E148 Safari/605.1.15"), "Firefox", "iPhone"),
        (format!("{ANDROID} {BLINK} Chrome/142.0.0.0 Mobile Safari/537.36"), "Chrome", "Android"),
        (
            format!("{ANDROID} {BLINK} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36"),
            "Samsung Internet",
            "Android",
        ),
        (
            "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0".to_owned(),
            "Firefox",
            "Android",
        ),
    ] {
        let session = session_of(&app, &user_agent).await;
        assert_eq!(
            (&session["browser"], &session["system"]),
            (&browser.into(), &system.into()),
            "{user_agent}"
        );
    }
}

#[tokio::test]
async fn other_text_of_a_user_agent_is_not_stored() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    for user_agent in ["<script>alert(1)</script>", "\u{fc}"] {
        let session = session_of(&app, user_agent).await;
        assert!(session["browser"].is_null() && session["system"].is_null(), "{session}");
    }
    let session = session_of(&app, &"Chrome/".repeat(1000)).await;
    for name in [&session["browser"], &session["system"]] {
        assert!(name.as_str().unwrap_or_default().len() < 30, "{session}");
    }
}
