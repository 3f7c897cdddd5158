//! A whole Wishboard per test, and people who use it.

pub mod database;
pub mod entry_point;
pub mod identity_provider;
pub mod lambda;
pub mod local_server;

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use api::auth::trusted_proxy::TrustedProxies;
use api::clock::Clock;
use api::config::{Config, Mode};
use api::local::server;
use api::signing_keys::rotation;
use api::store::Store;
use api::store::key_ring::{PrivateKeyRing, PublicKeyRing};
use api::store::sessions::Session;
use api::{AppState, routes};
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use self::database::TestDatabase;

/// The origin of our own pages in production mode.
pub const SITE: &str = "https://wishboard.example";

/// Whose pages may call the API with a token.
pub const OTHER_SITE: &str = "https://other.example";

pub const PASSWORD: &str = "seven green bottles hum";

/// A server on a port of its own with an empty database.
pub struct TestApp {
    pub url: String,
    pub state: AppState,
    pub database: TestDatabase,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with_shards(shards: u32) -> Self {
        Self::with(|config| config.shards = shards).await
    }

    /// With a public origin, so not in development mode, which is what the others are in.
    pub async fn in_production() -> Self {
        Self::with(|config| config.origins = vec![SITE.to_owned()]).await
    }

    /// Set up otherwise than usual.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let log = tracing_subscriber::fmt().with_max_level(tracing::Level::ERROR).with_test_writer();
        let _ = log.try_init();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let mut config = Config {
            addr,
            data_folder: "nowhere".into(),
            site_folder: None,
            table: "wishboard".to_owned(),
            shards: 1,
            issuer: String::new(),
            origins: Vec::new(),
            trusted_proxies: TrustedProxies::default(),
            mode: Mode::default(),
            external_issuer: None,
            cors_origins: vec![OTHER_SITE.to_owned()],
            limit_factor: 1,
            edge_secret: None,
        };
        change(&mut config);
        let database = TestDatabase::new();
        let store = Store::new(database.client(), "wishboard", config.shards);
        store.create_tables().await.unwrap();
        let (public, private) = test_key_ring();
        store.create_key_ring(public, private).await.unwrap();
        let proxies = config.trusted_proxies.clone();
        let state = AppState::new(config.listening_on(addr), store, Clock::default()).await.unwrap();
        let app = routes::router(state.clone());
        tokio::spawn(server::serve(listener, app, proxies, std::future::pending()));
        Self { url: format!("http://{addr}"), state, database }
    }

    /// Stores a session as it was stored before the index sorted sessions by generation.
    pub async fn store_session_without_generation(&self, session: &Session) {
        let mut item = self.scan()[&format!("session#{}", session.sid)].clone();
        item["owner_at"] = json!({"S": format!("session#{}#{}", session.created_at, session.sid)});
        let request = serde_json::from_value(json!({"TableName": "wishboard", "Item": item})).unwrap();
        self.database.engine_handle().put_item(request).unwrap();
    }

    /// Every item of the table, by its key, as DynamoDB's JSON. The app itself never scans.
    pub fn scan(&self) -> BTreeMap<String, Value> {
        let request = serde_json::from_value(json!({"TableName": "wishboard"})).unwrap();
        let found = serde_json::to_value(self.database.engine_handle().scan(request).unwrap()).unwrap();
        assert!(found["LastEvaluatedKey"].is_null(), "more than one page");
        let items = found["Items"].as_array().unwrap().iter();
        items.map(|item| (item["pk"]["S"].as_str().unwrap().to_owned(), item.clone())).collect()
    }

    /// A server at the start of an hour: no rate limit's window ends during the test.
    pub async fn at_window_start() -> Self {
        let app = Self::start().await;
        app.wait_for_window_start();
        app
    }

    /// Puts the clock forward to the start of an hour.
    pub fn wait_for_window_start(&self) {
        let past = self.state.clock.now().as_second() % 3600;
        self.state.clock.advance(SignedDuration::from_secs(3600 - past));
    }

    /// Somebody who is not logged in.
    pub fn guest(&self) -> TestClient {
        let http = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
        TestClient { url: self.url.clone(), http, headers: HeaderMap::new() }
    }

    /// Somebody new, logged in.
    pub async fn sign_up(&self, username: &str) -> TestClient {
        let sent = json!({"username": username, "password": PASSWORD, "name": username.to_uppercase()});
        let reply = self.guest().post("/api/signup", sent).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        self.guest().with_credentials(&reply)
    }

    /// Somebody who was here before, logged in again.
    pub async fn log_in(&self, username: &str) -> TestClient {
        let reply =
            self.guest().post("/api/login", json!({"username": username, "password": PASSWORD})).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        self.guest().with_credentials(&reply)
    }
}

/// Waits until the window of the login limits lasts for so many seconds: for a process whose clock a
/// test cannot move.
pub async fn wait_for_login_window(seconds: u64) {
    let left = 900 - Timestamp::now().as_second().unsigned_abs() % 900;
    if left < seconds {
        tokio::time::sleep(Duration::from_secs(left)).await;
    }
}

/// Waits until this is so, for ten seconds at most.
pub async fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !is_so() {
        assert!(Instant::now() < deadline, "not within ten seconds: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// One key ring for all tests: making keys takes long.
pub fn test_key_ring() -> &'static (PublicKeyRing, PrivateKeyRing) {
    static RING: OnceLock<(PublicKeyRing, PrivateKeyRing)> = OnceLock::new();
    RING.get_or_init(|| rotation::first_key_ring(Clock::default().now()).unwrap())
}

/// Both halves of the ring in a table.
pub async fn stored_key_ring(store: &Store) -> (PublicKeyRing, PrivateKeyRing) {
    store.read_key_ring().await.unwrap().unwrap()
}

/// What sends requests, with the headers it was given.
#[derive(Clone)]
pub struct TestClient {
    url: String,
    http: reqwest::Client,
    headers: HeaderMap,
}

impl TestClient {
    /// Adds a header, whose value may be bytes that are not UTF-8.
    pub fn with(&self, name: &str, value: impl AsRef<[u8]>) -> Self {
        let mut with = self.clone();
        let value = HeaderValue::from_bytes(value.as_ref()).unwrap();
        with.headers.append(name.parse::<HeaderName>().unwrap(), value);
        with
    }

    pub fn without(&self, name: &str) -> Self {
        let mut without = self.clone();
        without.headers.remove(name);
        without
    }

    pub fn with_credentials(&self, reply: &Reply) -> Self {
        let token = reply.body["token"].as_str().unwrap();
        self.with("authorization", format!("Bearer {token}")).with("cookie", reply.cookie())
    }

    pub fn token(&self) -> &str {
        self.headers["authorization"].to_str().unwrap().strip_prefix("Bearer ").unwrap()
    }

    pub fn cookie(&self) -> &str {
        self.headers["cookie"].to_str().unwrap()
    }

    pub fn with_token(&self, token: &str) -> Self {
        self.without("authorization").with("authorization", format!("Bearer {token}"))
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, |request| request).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, |request| request.json(&body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PATCH, path, |request| request.json(&body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PUT, path, |request| request.json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, |request| request).await
    }

    /// With the version that an edit is made from.
    pub fn if_match(&self, version: u64) -> Self {
        self.without("if-match").with("if-match", format!("\"{version}\""))
    }

    pub async fn send(
        &self,
        method: Method,
        path: &str,
        and: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Reply {
        let request = self.http.request(method, format!("{}{path}", self.url)).headers(self.headers.clone());
        let response = and(request).send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body = if text.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&text).unwrap_or(Value::String(text))
        };
        Reply { status, headers, body }
    }

    /// The bodies on the first page of the board.
    pub async fn messages(&self) -> Vec<String> {
        let reply = self.get("/api/messages").await;
        assert_eq!(reply.status, 200, "{reply:?}");
        let messages = reply.body["messages"].as_array().unwrap();
        messages.iter().map(|message| message["body"].as_str().unwrap().to_owned()).collect()
    }
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// `name=value`, as a browser sends it back.
    pub fn cookie(&self) -> String {
        self.header("set-cookie").split(';').next().unwrap().to_owned()
    }

    /// The device cookie, as a browser sends it back.
    pub fn device_cookie(&self) -> String {
        self.set_cookie("-device=").split(';').next().unwrap().to_owned()
    }

    /// The `Set-Cookie` header that contains this; empty if there is none.
    pub fn set_cookie(&self, part: &str) -> &str {
        let mut cookies = self.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
        cookies.find(|cookie| cookie.contains(part)).unwrap_or_default()
    }

    /// Checks that this is a problem of that status and name.
    #[track_caller]
    pub fn assert_problem(&self, status: u16, name: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.body["type"], format!("/problems/{name}"), "{self:?}");
        assert_eq!(self.body["status"], status);
        for text in ["title", "detail"] {
            assert!(!self.body[text].as_str().unwrap().is_empty(), "{self:?}");
        }
        assert_eq!(self.status == 401, self.headers.contains_key("www-authenticate"), "{self:?}");
    }

    /// Checks that this is a 422 that blames that field.
    #[track_caller]
    pub fn assert_field_error(&self, field: &str) {
        self.assert_problem(422, "invalid");
        assert_eq!(self.body["field"], field, "{self:?}");
    }
}
