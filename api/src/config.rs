//! How this process is set up. The only reader of the environment.

use std::net::SocketAddr;
use std::path::PathBuf;

use jiff::SignedDuration;

mod env;
mod mode;

use env::Env;
pub use mode::Mode;

use crate::auth::trusted_proxy::TrustedProxies;

/// The largest `WISHBOARD_LIMITS`: in practice, no limit.
const MAX_LIMIT_FACTOR: u32 = 1_000_000;

/// The values of `WISHBOARD_LIMITS`, in words.
const LIMIT_FACTOR_RANGE: &str = "a whole number from 1 to 1,000,000";

/// Everything that can be set, read once.
#[derive(Clone, Debug)]
pub struct Config {
    /// `WISHBOARD_ADDR`: where the local server listens; port 0 is any free port.
    pub addr: SocketAddr,
    /// `WISHBOARD_DATA`: the folder of the embedded database.
    pub data: PathBuf,
    /// `WISHBOARD_SITE`: the folder of the built site, where the local server shall serve it too.
    pub site: Option<PathBuf>,
    /// `WISHBOARD_TABLE`: the table; its key ring is in `<table>-keys`.
    pub table: String,
    /// `WISHBOARD_SHARDS`: over how many partitions a feed is spread; may only grow.
    pub shards: u32,
    /// `WISHBOARD_ISSUER`: the `iss` of our tokens, where the `.well-known` documents are.
    pub issuer: String,
    /// `WISHBOARD_ORIGINS`: the origins whose pages may use the session cookie.
    pub origins: Vec<String>,
    /// `WISHBOARD_TRUSTED_PROXIES`: reverse proxies that report the client's address. Only the local server asks them.
    pub trusted_proxies: TrustedProxies,
    /// Whether this is a server for development. Production until [`Config::listening_on`] decides.
    pub mode: Mode,
    /// Whose tokens are accepted beside our own, if anybody's.
    pub external_issuer: Option<ExternalIssuer>,
    /// `WISHBOARD_CORS_ORIGINS`: the origins whose pages may call the API with a token, never with
    /// the cookie. None by default: the site and the API are one origin.
    pub cors_origins: Vec<String>,
    /// `WISHBOARD_LIMITS`: a factor on the maximum of each rate limit, for tests and load runs. Always 1
    /// in Lambda.
    pub limit_factor: u32,
    /// `WISHBOARD_EDGE_SECRET`: what CloudFront adds to each request, so that what it says about the
    /// client can be believed. Set by the template.
    pub edge_secret: Option<EdgeSecret>,
}

/// An outside issuer of tokens: Auth0, Amazon Cognito, Keycloak or alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalIssuer {
    /// `WISHBOARD_TRUSTED_ISSUER`: the exact `iss` of its tokens.
    pub issuer: String,
    /// `WISHBOARD_TRUSTED_AUDIENCE`: what it calls us; the `aud` of the tokens that are for us.
    pub audience: String,
    /// `WISHBOARD_TRUSTED_MAX_LIFETIME`: longest accepted lifetime of its tokens, in seconds.
    pub max_lifetime: SignedDuration,
}

/// Bounds of `WISHBOARD_TRUSTED_MAX_LIFETIME`, in seconds: a minute to a year.
const MAX_LIFETIME_SECONDS: std::ops::RangeInclusive<i64> = 60..=31_536_000;

/// What only our own CloudFront knows. Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct EdgeSecret(String);

impl EdgeSecret {
    /// Whether this header value is it.
    pub fn is(&self, value: &[u8]) -> bool {
        aws_lc_rs::constant_time::verify_slices_are_equal(self.0.as_bytes(), value).is_ok()
    }
}

impl std::fmt::Debug for EdgeSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EdgeSecret(..)")
    }
}

/// What is wrong with the environment: every variable at once.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigErrors(Vec<String>);

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// One error that names every wrong variable.
    pub fn from_env() -> Result<Self, ConfigErrors> {
        Self::read(Env::default())
    }

    /// Reads the environment of a Lambda function, where nothing can be derived from an address.
    ///
    /// # Errors
    /// One error that names every missing or wrong variable.
    pub fn from_lambda_env() -> Result<Self, ConfigErrors> {
        let mut env = Env::default();
        for name in ["WISHBOARD_TABLE", "WISHBOARD_ISSUER", "WISHBOARD_ORIGINS"] {
            let is_there = env.text(name).is_some();
            env.require(is_there, &format!("{name} must be set"));
        }
        let has_limit_factor = env.text("WISHBOARD_LIMITS").is_some();
        env.require(!has_limit_factor, "WISHBOARD_LIMITS must not be set here: it is for the local server");
        Self::read(env)
    }

    fn read(mut env: Env) -> Result<Self, ConfigErrors> {
        let addr: SocketAddr =
            env.parse("WISHBOARD_ADDR", "127.0.0.1:3000", "an address and a port, like 127.0.0.1:3000");
        let issuer = env.text("WISHBOARD_ISSUER");
        let config = Self {
            addr,
            data: env.parse("WISHBOARD_DATA", ".wishboard", "a folder"),
            site: env.text("WISHBOARD_SITE").map(PathBuf::from),
            table: env.parse("WISHBOARD_TABLE", "wishboard", "a table's name"),
            shards: env.parse("WISHBOARD_SHARDS", "1", "a number from 1 to 100"),
            issuer: issuer.unwrap_or_default(),
            trusted_proxies: env.trusted_proxies(),
            mode: Mode::Production,
            external_issuer: env.external_issuer(),
            origins: env.origins("WISHBOARD_ORIGINS"),
            cors_origins: env.origins("WISHBOARD_CORS_ORIGINS"),
            limit_factor: env.parse("WISHBOARD_LIMITS", "1", LIMIT_FACTOR_RANGE),
            edge_secret: env.text("WISHBOARD_EDGE_SECRET").map(EdgeSecret),
        };
        env.require(
            (1..=MAX_LIMIT_FACTOR).contains(&config.limit_factor),
            &format!("WISHBOARD_LIMITS must be {LIMIT_FACTOR_RANGE}"),
        );
        env.require((1..=100).contains(&config.shards), "WISHBOARD_SHARDS must be a number from 1 to 100");
        env.require(
            config.table.len() >= 3
                && config.table.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c)),
            "WISHBOARD_TABLE must have at least 3 of a-z, A-Z, 0-9, _, - and .",
        );
        env.require(
            config.issuer.is_empty() || is_base_url(&config.issuer),
            "WISHBOARD_ISSUER must be a URL without a slash at its end, like https://api.example.com",
        );
        env.require(
            config
                .external_issuer
                .as_ref()
                .is_none_or(|external_issuer| external_issuer.issuer != config.issuer),
            "WISHBOARD_TRUSTED_ISSUER must be another issuer than WISHBOARD_ISSUER",
        );
        if env.errors.is_empty() { Ok(config) } else { Err(ConfigErrors(env.errors)) }
    }

    /// Completes the configuration of a local server with the address that it really listens on: the issuer and the
    /// origins, if they are not set (this server's own and `trunk serve`'s), and the mode.
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

fn is_base_url(text: &str) -> bool {
    text.parse::<http::Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.authority().is_some()
            && uri.query().is_none()
            && !text.ends_with('/')
    })
}

/// An address that nobody on the way can answer for: https, or http that never leaves this machine.
pub fn is_private(address: &http::Uri) -> bool {
    let is_loopback = |host: &str| {
        let host = host.trim_matches(['[', ']']);
        host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
    };
    // A name and a password before the host: nobody means that.
    let is_plain = address.authority().is_some_and(|authority| !authority.as_str().contains('@'));
    is_plain
        && match address.scheme_str() {
            Some("https") => true,
            Some("http") => address.host().is_some_and(is_loopback),
            _ => false,
        }
}

/// As browsers write it in `Origin`: RFC 6454, section 6.2.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    is_base_url(text) && !host.contains(['/', '@', '*']) && !host.contains(char::is_uppercase)
}
