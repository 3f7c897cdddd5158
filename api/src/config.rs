//! The configuration of a process. It is read from environment variables once, at start.

use std::net::SocketAddr;
use std::path::PathBuf;

mod edge_secret;
mod env_reader;
mod external_issuer;
mod mode;
pub mod url;

pub use edge_secret::EdgeSecret;
pub use env_reader::ConfigErrors;
use env_reader::EnvReader;
pub use external_issuer::ExternalIssuer;
pub use mode::Mode;

use crate::auth::trusted_proxy::TrustedProxies;

/// Maximum of `WISHBOARD_LIMITS`. In practice, this factor disables rate limits.
const MAX_LIMIT_FACTOR: u32 = 1_000_000;

/// The valid values of `WISHBOARD_LIMITS`, for error messages.
const LIMIT_FACTOR_RANGE: &str = "a whole number from 1 to 1,000,000";

/// The valid values of `WISHBOARD_SHARDS`, for error messages.
const SHARDS_RANGE: &str = "a whole number from 1 to 100";

/// The configuration of a process.
#[derive(Clone, Debug)]
pub struct Config {
    /// `WISHBOARD_ADDR`: the address that the local server listens on. Port 0 means any free port.
    pub addr: SocketAddr,
    /// `WISHBOARD_DATA`: the folder of the local database.
    pub data_folder: PathBuf,
    /// `WISHBOARD_SITE`: the folder of the built site, if the local server should serve it.
    pub site_folder: Option<PathBuf>,
    /// `WISHBOARD_TABLE`: the name of the table. The key ring is in the table `<table>-keys`.
    pub table: String,
    /// `WISHBOARD_SHARDS`: the number of partitions of each feed, 1 to 100. It must never be reduced, because posts in
    /// the removed partitions would disappear from the feed.
    pub shards: u32,
    /// `WISHBOARD_ISSUER`: the `iss` of our access tokens, and the base URL of the `.well-known` documents.
    pub issuer: String,
    /// `WISHBOARD_ORIGINS`: the origins whose pages may use the session cookie.
    pub origins: Vec<String>,
    /// `WISHBOARD_TRUSTED_PROXIES`: reverse proxies that report the client's address. Only the local server uses them.
    pub trusted_proxies: TrustedProxies,
    /// Development or production mode: production until [`Config::listening_on`] sets it.
    pub mode: Mode,
    /// The external identity provider whose access tokens are also accepted, if one is configured.
    pub external_issuer: Option<ExternalIssuer>,
    /// `WISHBOARD_CORS_ORIGINS`: the origins whose pages may call the API with an access token, but not with the
    /// cookie. Empty by default, because the site and the API have the same origin.
    pub cors_origins: Vec<String>,
    /// `WISHBOARD_LIMITS`: a factor that multiplies the maximum of each rate limit, for tests and load tests. Always 1
    /// in Lambda.
    pub limit_factor: u32,
    /// `WISHBOARD_EDGE_SECRET`: the secret that our CloudFront distribution adds to each request. The template sets it.
    pub edge_secret: Option<EdgeSecret>,
}

impl Config {
    /// Reads the environment variables of the local server or of the program `keys`.
    ///
    /// # Errors
    /// One error that names every invalid variable.
    pub fn from_env() -> Result<Self, ConfigErrors> {
        Self::read(EnvReader::default())
    }

    /// Reads the environment variables of a Lambda function. Some of them are required, because they have no useful
    /// default in AWS.
    ///
    /// # Errors
    /// One error that names every missing or invalid variable.
    pub fn from_lambda_env() -> Result<Self, ConfigErrors> {
        let mut env = EnvReader::default();
        for name in ["WISHBOARD_TABLE", "WISHBOARD_ISSUER", "WISHBOARD_ORIGINS"] {
            let is_set = env.var(name).is_some();
            env.require(is_set, &format!("{name} must be set"));
        }
        let has_limit_factor = env.var("WISHBOARD_LIMITS").is_some();
        env.require(
            !has_limit_factor,
            "WISHBOARD_LIMITS must not be set in Lambda; only the local server uses it",
        );
        Self::read(env)
    }

    fn read(mut env: EnvReader) -> Result<Self, ConfigErrors> {
        let config = Self {
            addr: env.parse("WISHBOARD_ADDR", "127.0.0.1:3000", "an address and a port, like 127.0.0.1:3000"),
            data_folder: env.parse("WISHBOARD_DATA", ".wishboard", "a folder"),
            site_folder: env.var("WISHBOARD_SITE").map(PathBuf::from),
            table: env.parse("WISHBOARD_TABLE", "wishboard", "the name of a table"),
            shards: env.parse("WISHBOARD_SHARDS", "1", SHARDS_RANGE),
            issuer: env.var("WISHBOARD_ISSUER").unwrap_or_default(),
            trusted_proxies: env.trusted_proxies("WISHBOARD_TRUSTED_PROXIES"),
            mode: Mode::Production,
            external_issuer: ExternalIssuer::read(&mut env),
            origins: env.origins("WISHBOARD_ORIGINS"),
            cors_origins: env.origins("WISHBOARD_CORS_ORIGINS"),
            limit_factor: env.parse("WISHBOARD_LIMITS", "1", LIMIT_FACTOR_RANGE),
            edge_secret: env.var("WISHBOARD_EDGE_SECRET").map(EdgeSecret::new),
        };
        config.validate(&mut env);
        env.finish(config)
    }

    fn validate(&self, env: &mut EnvReader) {
        env.require(
            (1..=MAX_LIMIT_FACTOR).contains(&self.limit_factor),
            &format!("WISHBOARD_LIMITS must be {LIMIT_FACTOR_RANGE}"),
        );
        env.require((1..=100).contains(&self.shards), &format!("WISHBOARD_SHARDS must be {SHARDS_RANGE}"));
        let is_table_char = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        env.require(
            self.table.len() >= 3 && self.table.chars().all(is_table_char),
            "WISHBOARD_TABLE must have at least 3 characters, each one of a-z, A-Z, 0-9, _, - and .",
        );
        env.require(
            self.issuer.is_empty() || url::is_base_url(&self.issuer),
            "WISHBOARD_ISSUER must be a URL without a trailing slash, like https://api.example.com",
        );
        env.require(
            self.external_issuer.as_ref().is_none_or(|external| external.issuer != self.issuer),
            "WISHBOARD_TRUSTED_ISSUER must differ from WISHBOARD_ISSUER",
        );
    }

    /// Completes the configuration of a local server with the address that it listens on: sets the mode, and the issuer
    /// and the origins if they are not set. The default origins are http origins on this machine, with the port of this
    /// server, 3000, or 8080 (`trunk serve`).
    pub fn listening_on(mut self, addr: SocketAddr) -> Self {
        self.addr = addr;
        if self.issuer.is_empty() {
            self.issuer = format!("http://{addr}");
        }
        if self.origins.is_empty() {
            let ports = [addr.port(), 3000, 8080];
            let hosts = ["127.0.0.1", "localhost"].into_iter().chain(addr.is_ipv6().then_some("[::1]"));
            self.origins = hosts.flat_map(|host| ports.map(|port| format!("http://{host}:{port}"))).collect();
        }
        self.mode = Mode::of(addr, &self.origins, &self.trusted_proxies);
        self
    }
}
