//! Which cookies count as the session cookie: exactly one with exactly the name of the mode.

use api::config::Mode;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::lambda::{DynamoDbServer, GatewayRequest, LambdaFunction};
use crate::support::{PASSWORD, TestApp, TestClient};

const PRODUCTION: &str = "__Host-session";
const DEVELOPMENT: &str = "wishboard-session";

/// A user with an access token and the secret of its session.
struct Ann {
    app: TestApp,
    browser: TestClient,
    name: &'static str,
    secret: String,
}

impl Ann {
    async fn in_both_modes() -> [Self; 2] {
        [
            Self::sign_up(TestApp::in_production().await, PRODUCTION).await,
            Self::sign_up(TestApp::start().await, DEVELOPMENT).await,
        ]
    }

    async fn sign_up(app: TestApp, name: &'static str) -> Self {
        let ann = app.sign_up("ann").await;
        let secret = ann.cookie().strip_prefix(&format!("{name}=")).unwrap().to_owned();
        Self { app, browser: ann.without("cookie"), name, secret }
    }

    fn with(&self, cookies: &[Vec<u8>]) -> TestClient {
        cookies.iter().fold(self.app.guest(), |guest, cookie| guest.with("cookie", cookie))
    }

    async fn assert_accepted(&self, cookies: &[Vec<u8>]) {
        let browser = self.with(cookies);
        assert_eq!(browser.post("/api/token", json!({})).await.status, 200, "{}", shown(cookies));
        let page = browser.get("/lite").await;
        assert!(page.body.as_str().unwrap().contains("<bdi>ANN</bdi>"), "{}", shown(cookies));
    }

    /// On each route that only reads the cookie, and on logout, which would end the session.
    async fn assert_ignored(&self, cookies: &[Vec<u8>]) {
        let browser = self.with(cookies);
        assert_eq!(browser.post("/api/token", json!({})).await.status, 401, "{}", shown(cookies));
        let page = browser.get("/lite").await;
        assert_eq!(page.status, 200, "{}", shown(cookies));
        assert!(page.body.as_str().unwrap().contains("/lite/login"), "{}", shown(cookies));
        assert_eq!(browser.post("/api/logout", json!({})).await.status, 204, "{}", shown(cookies));
        let logout = browser.send(reqwest::Method::POST, "/lite/logout", |request| {
            request.header("content-type", "application/x-www-form-urlencoded")
        });
        assert_eq!(logout.await.status, 303, "{}", shown(cookies));
        assert_eq!(self.browser.get("/api/me").await.status, 200, "{} ends no session", shown(cookies));
    }
}

fn shown(cookies: &[Vec<u8>]) -> String {
    cookies.iter().map(|cookie| cookie.escape_ascii().to_string()).collect::<Vec<_>>().join(" | ")
}

#[tokio::test]
async fn the_exact_name_is_accepted_among_other_cookies() {
    for ann in Ann::in_both_modes().await {
        let cookie = format!("{}={}", ann.name, ann.secret);
        for accepted in [
            cookie.clone(),
            format!(" \t{cookie}\t "),
            format!("{}\t = {}", ann.name, ann.secret),
            format!("a=1;{cookie};b=2"),
            format!(";;=;b; {cookie}; c=\""),
            format!("{}; {cookie}", ann.name),
        ] {
            ann.assert_accepted(&[accepted.into_bytes()]).await;
        }
        let around = [b"a=\xff\xfe".to_vec(), cookie.into_bytes(), b"\xa0=1".to_vec()];
        ann.assert_accepted(&around).await;
    }
}

#[tokio::test]
async fn white_space_other_than_sp_and_htab_belongs_to_the_name() {
    for ann in Ann::in_both_modes().await {
        let (name, secret) = (ann.name, &ann.secret);
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
async fn similar_names_are_ignored() {
    for ann in Ann::in_both_modes().await {
        let (name, secret) = (ann.name, &ann.secret);
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
async fn of_two_session_cookies_neither_counts() {
    for ann in Ann::in_both_modes().await {
        let right = format!("{}={}", ann.name, ann.secret);
        for other in [right.clone(), format!("{}=another", ann.name), format!("{}=", ann.name)] {
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
    for ann in Ann::in_both_modes().await {
        let other = if ann.name == PRODUCTION { DEVELOPMENT } else { PRODUCTION };
        ann.assert_ignored(&[format!("{other}={}", ann.secret).into_bytes()]).await;
        let both = format!("{other}=x; {}={}", ann.name, ann.secret);
        ann.assert_accepted(&[both.into_bytes()]).await;
    }
}

#[tokio::test]
async fn logging_in_with_a_similar_cookie_leaves_its_session_alone() {
    let ann = Ann::sign_up(TestApp::in_production().await, PRODUCTION).await;
    let login = json!({"username": "ann", "password": PASSWORD});
    let new = json!({"username": "bob", "password": PASSWORD, "name": "Bob"});
    let similar = ann.with(&[format!("\u{2000}{PRODUCTION}={}", ann.secret).into_bytes()]);
    assert_eq!(similar.post("/api/login", login.clone()).await.status, 200);
    assert_eq!(similar.post("/api/signup", new).await.status, 201);
    assert_eq!(ann.browser.get("/api/me").await.status, 200);
    let exact = ann.with(&[format!("{PRODUCTION}={}", ann.secret).into_bytes()]);
    assert_eq!(exact.post("/api/login", login).await.status, 200);
    assert_eq!(ann.browser.get("/api/me").await.status, 401, "the browser's earlier session has ended");
}

#[tokio::test]
async fn control_characters_do_not_reach_the_parser() {
    let ann = Ann::sign_up(TestApp::in_production().await, PRODUCTION).await;
    for control in ['\0', '\u{b}', '\u{c}', '\u{1c}', '\u{7f}'] {
        for route in ["POST /api/token", "POST /api/logout", "GET /lite"] {
            let request = format!(
                "{route} HTTP/1.1\r\nhost: wishboard\r\nconnection: close\r\ncontent-length: 0\r\n\
                 cookie: {control}{PRODUCTION}={}\r\n\r\n",
                ann.secret
            );
            let answer = send_raw(&ann.app, &request).await;
            assert!(answer.starts_with("HTTP/1.1 400 "), "{control:?}: {answer}");
        }
        assert_eq!(ann.browser.get("/api/me").await.status, 200);
    }
}

async fn send_raw(app: &TestApp, request: &str) -> String {
    let mut stream = TcpStream::connect(app.url.trim_start_matches("http://")).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn the_mode_follows_from_the_origins() {
    for (origins, expected) in [
        (vec![], Mode::Development),
        (vec!["http://localhost:8080", "http://[::1]"], Mode::Development),
        (vec!["http://localhost:8080", "https://wishboard.example"], Mode::Production),
        (vec!["https://localhost:8080"], Mode::Production),
    ] {
        let app = TestApp::with(|config| {
            config.origins = origins.iter().map(|&origin| origin.to_owned()).collect()
        });
        assert_eq!(app.await.state.config.mode, expected, "{origins:?}");
    }
}

#[tokio::test]
async fn a_lambda_function_is_never_in_development_mode() {
    let tables = DynamoDbServer::start().await;
    let origins = ("WISHBOARD_ORIGINS", "http://localhost:3000");
    let lambda = LambdaFunction::start_with(env!("CARGO_BIN_EXE_lambda"), &tables, &[origins]).await;
    let ann = json!({"username": "ann", "password": PASSWORD, "name": "Ann"});
    let signed_up = lambda.invoke(GatewayRequest::new("POST", "/api/signup").json(&ann).v2()).await.unwrap();
    let set = signed_up["cookies"][0].as_str().unwrap();
    assert!(set.starts_with("__Host-session=") && set.contains("; Secure;"), "{set}");
    let secret = set.split(['=', ';']).nth(1).unwrap();
    for payload in [GatewayRequest::v2, GatewayRequest::v1] {
        for (cookie, status) in [
            (format!("a=1; {PRODUCTION}={secret}"), 200),
            (format!("{DEVELOPMENT}={secret}"), 401),
            (format!("\u{2000}{PRODUCTION}={secret}"), 401),
            (format!("\u{3000}{PRODUCTION}={secret}"), 401),
            (format!("{PRODUCTION}={secret}; {PRODUCTION}={secret}"), 401),
        ] {
            let mut token = GatewayRequest::new("POST", "/api/token");
            token.cookie = Some(cookie.clone());
            assert_eq!(lambda.invoke(payload(&token)).await.unwrap()["statusCode"], status, "{cookie}");
        }
    }
}
