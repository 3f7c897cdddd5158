//! The session cookie: its attributes, and how the API finds it in a request. A request must have exactly one cookie
//! with exactly the name of the mode.

use serde_json::json;

use crate::support::{PASSWORD, TestApp, TestClient, raw_http, sign_up_body};

const PRODUCTION_NAME: &str = "__Host-session";
const DEVELOPMENT_NAME: &str = "wishboard-session";

/// A logged-in user, and the cookie of the session.
struct LoggedInUser {
    app: TestApp,
    /// Sends the access token without the cookie.
    client: TestClient,
    cookie_name: &'static str,
    secret: String,
}

impl LoggedInUser {
    async fn in_both_modes() -> [Self; 2] {
        [
            Self::sign_up(TestApp::in_production().await, PRODUCTION_NAME).await,
            Self::sign_up(TestApp::start().await, DEVELOPMENT_NAME).await,
        ]
    }

    async fn sign_up(app: TestApp, cookie_name: &'static str) -> Self {
        let client = app.sign_up("ann").await;
        let secret = client.cookie().strip_prefix(&format!("{cookie_name}=")).unwrap().to_owned();
        Self { app, client: client.without("cookie"), cookie_name, secret }
    }

    /// Returns a client with these `Cookie` headers and no access token.
    fn with_cookies(&self, cookies: &[Vec<u8>]) -> TestClient {
        cookies.iter().fold(self.app.guest(), |guest, cookie| guest.with("cookie", cookie))
    }

    /// Checks that the session cookie is found in these `Cookie` headers.
    async fn assert_accepted(&self, cookies: &[Vec<u8>]) {
        let client = self.with_cookies(cookies);
        assert_eq!(client.post("/api/token", json!({})).await.status, 200, "{}", escaped(cookies));
        let page = client.get("/lite").await;
        assert!(page.html().contains(">ANN</bdi>"), "{}", escaped(cookies));
    }

    /// Checks that no session cookie is found in these `Cookie` headers, on each route that reads the cookie.
    async fn assert_ignored(&self, cookies: &[Vec<u8>]) {
        let client = self.with_cookies(cookies);
        assert_eq!(client.post("/api/token", json!({})).await.status, 401, "{}", escaped(cookies));
        let page = client.get("/lite").await;
        assert_eq!(page.status, 200, "{}", escaped(cookies));
        assert!(page.html().contains("/lite/login"), "{}", escaped(cookies));
        assert_eq!(client.post("/api/logout", json!({})).await.status, 204, "{}", escaped(cookies));
        let logout = client.submit_form("/lite/logout", &[]).await;
        assert_eq!(logout.status, 303, "{}", escaped(cookies));
        let me = self.client.get("/api/me").await;
        assert_eq!(me.status, 200, "{} must not end the session", escaped(cookies));
    }
}

fn escaped(cookies: &[Vec<u8>]) -> String {
    cookies.iter().map(|cookie| cookie.escape_ascii().to_string()).collect::<Vec<_>>().join(" | ")
}

#[tokio::test]
async fn scripts_and_other_sites_cannot_use_the_cookie() {
    let attributes = "HttpOnly; SameSite=Lax; Path=/; Max-Age=7776000";
    let secure = "HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=7776000";
    for (app, name, attributes) in [
        (TestApp::in_production().await, PRODUCTION_NAME, secure),
        (TestApp::start().await, DEVELOPMENT_NAME, attributes),
    ] {
        let reply = app.guest().post("/api/signup", sign_up_body("ann")).await;
        let cookie = reply.cookie();
        let secret = cookie.strip_prefix(&format!("{name}=")).unwrap();
        assert_eq!(secret.len(), 43, "256 bits in base64url");
        assert_eq!(reply.header("set-cookie"), format!("{name}={secret}; {attributes}"));
        assert!(!reply.body.to_string().contains(secret), "the body does not contain the secret");
    }
}

#[tokio::test]
async fn the_exact_name_is_accepted_among_other_cookies() {
    for ann in LoggedInUser::in_both_modes().await {
        let cookie = format!("{}={}", ann.cookie_name, ann.secret);
        for accepted in [
            cookie.clone(),
            format!(" \t{cookie}\t "),
            format!("{}\t = {}", ann.cookie_name, ann.secret),
            format!("a=1;{cookie};b=2"),
            format!(";;=;b; {cookie}; c=\""),
            format!("{}; {cookie}", ann.cookie_name),
            format!("a=\u{fc}; {cookie}; b"),
        ] {
            ann.assert_accepted(&[accepted.into_bytes()]).await;
        }
        let around = [b"a=\xff\xfe".to_vec(), cookie.into_bytes(), b"\xa0=1".to_vec()];
        ann.assert_accepted(&around).await;
    }
}

#[tokio::test]
async fn unicode_white_space_is_part_of_the_name() {
    for ann in LoggedInUser::in_both_modes().await {
        let (name, secret) = (ann.cookie_name, &ann.secret);
        for space in
            ['\u{85}', '\u{a0}', '\u{1680}', '\u{2000}', '\u{2003}', '\u{2028}', '\u{202f}', '\u{3000}']
        {
            for cookie in [
                format!("{space}{name}={secret}"),
                format!("{name}{space}={secret}"),
                format!("a=1; {space}{name}={secret}"),
                format!("{name}={space}{secret}"),
                format!("{name}={secret}{space}"),
            ] {
                ann.assert_ignored(&[cookie.into_bytes()]).await;
            }
        }
    }
}

#[tokio::test]
async fn cookies_with_similar_names_are_ignored() {
    for ann in LoggedInUser::in_both_modes().await {
        let (name, secret) = (ann.cookie_name, &ann.secret);
        for cookie in [
            format!("{}={secret}", name.to_lowercase().replace("wishboard", "Wishboard")),
            format!("{}={secret}", name.to_uppercase()),
            format!("\u{feff}{name}={secret}"),
            format!("\u{200b}{name}={secret}"),
            format!("\"{name}\"={secret}"),
            format!("\"{name}={secret}\""),
            format!("x{name}={secret}"),
            format!("{name}x={secret}"),
            format!("{name}-2={secret}"),
            format!("{}={secret}", &name[1..]),
            format!("session={secret}"),
            format!("__Secure-session={secret}"),
            format!("={name}={secret}"),
            format!("{name}=={secret}"),
            format!("{name}={secret}="),
            format!("{name}:{secret}"),
            format!("{name}={secret}, a=1"),
            format!("a=1, {name}={secret}"),
            format!("{name}=\"{secret}\""),
            format!("{}={secret}", name.replace('-', "%2D")),
        ] {
            ann.assert_ignored(&[cookie.into_bytes()]).await;
        }
        for byte in [b"\xa0", b"\xff", b"\x80"] {
            ann.assert_ignored(&[[byte, name.as_bytes(), b"=", secret.as_bytes()].concat()]).await;
        }
    }
}

#[tokio::test]
async fn two_session_cookies_are_both_ignored() {
    for ann in LoggedInUser::in_both_modes().await {
        let right = format!("{}={}", ann.cookie_name, ann.secret);
        for other in [right.clone(), format!("{}=another", ann.cookie_name), format!("{}=", ann.cookie_name)]
        {
            for [first, second] in [[&right, &other], [&other, &right]] {
                ann.assert_ignored(&[format!("{first}; {second}").into_bytes()]).await;
                ann.assert_ignored(&[format!("{first};a=1;\t{second}").into_bytes()]).await;
                ann.assert_ignored(&[first.clone().into_bytes(), second.clone().into_bytes()]).await;
            }
        }
    }
}

#[tokio::test]
async fn each_mode_ignores_the_cookie_of_the_other() {
    for ann in LoggedInUser::in_both_modes().await {
        let other = if ann.cookie_name == PRODUCTION_NAME { DEVELOPMENT_NAME } else { PRODUCTION_NAME };
        ann.assert_ignored(&[format!("{other}={}", ann.secret).into_bytes()]).await;
        let both = format!("{other}=x; {}={}", ann.cookie_name, ann.secret);
        ann.assert_accepted(&[both.into_bytes()]).await;
    }
}

#[tokio::test]
async fn a_login_with_a_similar_cookie_does_not_end_the_session() {
    let ann = LoggedInUser::sign_up(TestApp::in_production().await, PRODUCTION_NAME).await;
    let similar = ann.with_cookies(&[format!("\u{2000}{PRODUCTION_NAME}={}", ann.secret).into_bytes()]);
    assert_eq!(similar.try_log_in("ann", PASSWORD).await.status, 200);
    assert_eq!(similar.post("/api/signup", sign_up_body("bob")).await.status, 201);
    assert_eq!(ann.client.get("/api/me").await.status, 200);
    let exact = ann.with_cookies(&[format!("{PRODUCTION_NAME}={}", ann.secret).into_bytes()]);
    assert_eq!(exact.try_log_in("ann", PASSWORD).await.status, 200);
    assert_eq!(ann.client.get("/api/me").await.status, 401, "the login has ended the previous session");
}

#[tokio::test]
async fn control_characters_in_a_cookie_are_400() {
    let ann = LoggedInUser::sign_up(TestApp::in_production().await, PRODUCTION_NAME).await;
    for control in ['\0', '\u{b}', '\u{c}', '\u{1c}', '\u{7f}'] {
        for route in ["POST /api/token", "POST /api/logout", "GET /lite"] {
            let request = format!(
                "{route} HTTP/1.1\r\nhost: wishboard\r\nconnection: close\r\ncontent-length: 0\r\n\
                 cookie: {control}{PRODUCTION_NAME}={}\r\n\r\n",
                ann.secret
            );
            let response = raw_http::exchange(&ann.app.url, request).await;
            assert!(response.starts_with("HTTP/1.1 400 "), "{control:?}: {response}");
        }
        assert_eq!(ann.client.get("/api/me").await.status, 200);
    }
}
