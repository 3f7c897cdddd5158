//! The API on a local server in the test's process.

use std::net::SocketAddr;

use api::auth::trusted_proxy::TrustedProxies;
use api::clock::Clock;
use api::config::{Config, Mode};
use api::local::server;
use api::store::Store;
use api::store::users::User;
use api::{AppState, routes};
use jiff::SignedDuration;
use shared::users::Username;
use tokio::net::TcpListener;

use super::database::TestDatabase;
use super::key_ring::create_tables_with_key_ring;
use super::wait::LONGEST_WINDOW;
use super::{OTHER_SITE, SITE, TestClient};

/// A server on its own port, with an empty database in memory. Its clock begins at the start of an hour, so no window
/// of a rate limit ends during a test that does not advance the clock.
pub struct TestApp {
    pub url: String,
    pub state: AppState,
    pub database: TestDatabase,
    guest: TestClient,
}

impl TestApp {
    /// Starts a server in development mode.
    pub async fn start() -> Self {
        Self::with_config(|_| {}).await
    }

    /// Starts a server in production mode: [`SITE`] is its public origin.
    pub async fn in_production() -> Self {
        Self::with_config(|config| config.origins = vec![SITE.to_owned()]).await
    }

    /// Starts a server whose rate limits are multiplied by this factor.
    pub async fn with_limit_factor(limit_factor: u32) -> Self {
        Self::with_config(|config| config.limit_factor = limit_factor).await
    }

    /// Starts a server whose key ring does not exist yet.
    pub async fn without_keys() -> Self {
        let database = TestDatabase::new();
        Store::new(database.client(), "wishboard", 1).create_tables().await.unwrap();
        Self::with_database(database, |_| {}).await
    }

    /// Starts a server with a configuration that `change` has modified.
    pub async fn with_config(change: impl FnOnce(&mut Config)) -> Self {
        let database = TestDatabase::new();
        create_tables_with_key_ring(&Store::new(database.client(), "wishboard", 1)).await;
        Self::with_database(database, change).await
    }

    async fn with_database(database: TestDatabase, change: impl FnOnce(&mut Config)) -> Self {
        let log = tracing_subscriber::fmt().with_max_level(tracing::Level::ERROR).with_test_writer();
        let _ = log.try_init();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let mut config = default_config(addr);
        change(&mut config);
        let store = Store::new(database.client(), "wishboard", config.shards);
        let proxies = config.trusted_proxies.clone();
        let state = AppState::new(config.listening_on(addr), store, clock_at_window_start());
        let router = routes::router(state.clone());
        tokio::spawn(server::serve(listener, router, proxies, std::future::pending()));
        let url = format!("http://{addr}");
        let guest = TestClient::new(&url);
        Self { url, state, database, guest }
    }

    /// Returns a client that is not logged in.
    pub fn guest(&self) -> TestClient {
        self.guest.clone()
    }

    /// Signs up and returns a client that is logged in. See [`TestClient::sign_up`].
    pub async fn sign_up(&self, username: &str) -> TestClient {
        self.guest.sign_up(username).await
    }

    /// Logs in and returns a client with the new session. See [`TestClient::log_in`].
    pub async fn log_in(&self, username: &str) -> TestClient {
        self.guest.log_in(username).await
    }

    /// Advances the clock of the server.
    pub fn advance(&self, duration: SignedDuration) {
        self.state.clock.advance(duration);
    }

    /// Returns the time of the server's clock in Unix seconds.
    pub fn unix_time(&self) -> i64 {
        self.state.clock.now().as_second()
    }

    /// Reads a user from the store.
    pub async fn stored_user(&self, username: &str) -> User {
        self.state.store.find_user(&Username::parse(username).unwrap()).await.unwrap().unwrap()
    }
}

/// Returns the configuration of a test app at this address.
pub fn default_config(addr: SocketAddr) -> Config {
    Config {
        addr,
        data_folder: "unused".into(),
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
    }
}

/// Returns a clock that begins at the start of an hour, with the windows of all rate limits.
pub fn clock_at_window_start() -> Clock {
    let clock = Clock::default();
    let window = LONGEST_WINDOW.as_secs();
    clock.advance(SignedDuration::from_secs(window - clock.now().as_second() % window));
    clock
}
