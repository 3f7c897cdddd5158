//! An external identity provider on its own port. It signs tokens, and serves a discovery document and a JWK Set. It
//! can also simulate many kinds of failure.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use api::config::{Config, ExternalIssuer};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use futures_util::stream;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{Reply, TestApp, TestClient, with_members};

pub const AUDIENCE: &str = "https://board.example/api";

/// How the provider responds.
#[derive(Clone, Debug)]
pub enum Behavior {
    Correct,
    NeverAnswers,
    /// Takes 2 seconds for each document. The API waits at most 3 seconds for both.
    Slow,
    InternalError,
    /// Sends the correct documents, but with the status 404.
    NotFound,
    Html,
    /// A document of more than 64 KiB.
    TooLarge,
    EndlessBody,
    /// The discovery document names another issuer.
    WrongIssuer,
    NoKeys,
    RedirectTo(String),
    /// The discovery document has this `jwks_uri`.
    JwksUri(String),
}

/// A key pair. The public key is a JWK.
pub struct ProviderKey {
    pub private: EncodingKey,
    pub jwk: Value,
}

/// Returns the keys `first` and `second` of all providers, because generating RSA keys is slow.
pub fn provider_keys() -> &'static [ProviderKey; 2] {
    static KEYS: OnceLock<[ProviderKey; 2]> = OnceLock::new();
    KEYS.get_or_init(|| ["first", "second"].map(generate_key))
}

fn generate_key(kid: &str) -> ProviderKey {
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
    let pem = pem::encode(&pem::Pem::new("PRIVATE KEY", der.as_ref()));
    let public = pair.public_key();
    let n = BASE64_URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero());
    let e = BASE64_URL_SAFE_NO_PAD.encode(public.exponent().big_endian_without_leading_zero());
    ProviderKey {
        private: EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap(),
        jwk: json!({"kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": n, "e": e}),
    }
}

/// A running provider. Cheap to clone.
#[derive(Clone)]
pub struct IdentityProvider(Arc<Inner>);

struct Inner {
    issuer: String,
    origin: String,
    keys: Mutex<Value>,
    behavior: Mutex<Behavior>,
    requests: AtomicUsize,
}

impl IdentityProvider {
    /// Starts a provider whose issuer is its origin and this path. It publishes its first key.
    pub async fn start(path: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let provider = Self(Arc::new(Inner {
            issuer: format!("{origin}{path}"),
            origin,
            keys: Mutex::new(json!([provider_keys()[0].jwk])),
            behavior: Mutex::new(Behavior::Correct),
            requests: AtomicUsize::new(0),
        }));
        let router = Router::new().fallback(handle).with_state(provider.clone());
        tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        provider
    }

    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    pub fn origin(&self) -> &str {
        &self.0.origin
    }

    /// Makes an app accept the tokens of this provider.
    pub fn configure(&self, config: &mut Config) {
        config.external_issuer = Some(ExternalIssuer {
            issuer: self.issuer().to_owned(),
            audience: AUDIENCE.to_owned(),
            max_lifetime: SignedDuration::from_hours(24),
        });
    }

    /// Returns the environment variables that make a process accept the tokens of this provider.
    pub fn environment(&self) -> [(&str, &str); 2] {
        [("WISHBOARD_TRUSTED_ISSUER", self.issuer()), ("WISHBOARD_TRUSTED_AUDIENCE", AUDIENCE)]
    }

    /// Replaces the published keys.
    pub fn publish(&self, keys: Value) {
        *self.0.keys.lock().unwrap() = keys;
    }

    pub fn set_behavior(&self, behavior: Behavior) {
        *self.0.behavior.lock().unwrap() = behavior;
    }

    /// Returns how many requests the provider has received.
    pub fn request_count(&self) -> usize {
        self.0.requests.load(Ordering::SeqCst)
    }

    /// Returns the claims of a minimal access token, issued at `now`.
    pub fn claims(&self, now: Timestamp) -> Value {
        let now = now.as_second();
        json!({"iss": self.issuer(), "sub": "subject", "aud": AUDIENCE, "iat": now, "exp": now + 3600})
    }

    /// Returns the claims of a minimal access token with these members added or replaced. Null removes a member.
    pub fn claims_with(&self, now: Timestamp, members: &Value) -> Value {
        with_members(&self.claims(now), members)
    }
}

/// Returns the header of a token that the key with this `kid` signs.
pub fn token_header(kid: &str) -> Header {
    Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::RS256) }
}

/// Signs a token with the second key if the header names it, and with the first key otherwise.
pub fn sign_token(header: &Header, claims: &Value) -> String {
    let is_second = header.kid.as_deref() == Some("second");
    jsonwebtoken::encode(header, claims, &provider_keys()[usize::from(is_second)].private).unwrap()
}

/// An app that accepts the tokens of one provider.
pub struct AppWithProvider {
    pub app: TestApp,
    pub provider: IdentityProvider,
}

impl AppWithProvider {
    /// Starts both. The provider's issuer ends with this path.
    pub async fn start(path: &str) -> Self {
        let provider = IdentityProvider::start(path).await;
        let app = TestApp::with_config(|config| provider.configure(config)).await;
        Self { app, provider }
    }

    /// Returns the claims of a minimal access token, issued now.
    pub fn claims(&self) -> Value {
        self.provider.claims(self.app.state.clock.now())
    }

    /// Returns the claims of a minimal access token, issued now, with these members added or replaced. Null removes a
    /// member.
    pub fn claims_with(&self, members: &Value) -> Value {
        self.provider.claims_with(self.app.state.clock.now(), members)
    }

    /// Returns a valid token of the first key, issued now.
    pub fn token(&self) -> String {
        sign_token(&token_header("first"), &self.claims())
    }

    /// Returns a client with a valid token.
    pub fn client(&self) -> TestClient {
        self.app.guest().with_token(&self.token())
    }

    /// Requests the user of a token.
    pub async fn get_me(&self, token: &str) -> Reply {
        self.app.guest().with_token(token).get("/api/me").await
    }

    /// Returns the status of a request with a valid token of the key with this `kid`, issued now.
    pub async fn status_with_key(&self, kid: &str) -> u16 {
        self.status_with_claims(kid, &self.claims()).await
    }

    /// Returns the status of a request with a token with these claims, signed by the key with this `kid`.
    pub async fn status_with_claims(&self, kid: &str, claims: &Value) -> u16 {
        self.get_me(&sign_token(&token_header(kid), claims)).await.status
    }
}

async fn handle(State(IdentityProvider(inner)): State<IdentityProvider>, uri: Uri) -> Response {
    inner.requests.fetch_add(1, Ordering::SeqCst);
    let behavior = inner.behavior.lock().unwrap().clone();
    let mut discovery =
        json!({"issuer": inner.issuer, "jwks_uri": format!("{}/jwks", inner.origin), "extra": [1]});
    let mut keys = inner.keys.lock().unwrap().clone();
    let mut status = StatusCode::OK;
    match behavior {
        Behavior::Correct => {}
        Behavior::NeverAnswers => std::future::pending().await,
        Behavior::Slow => tokio::time::sleep(Duration::from_secs(2)).await,
        Behavior::InternalError => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Behavior::NotFound => status = StatusCode::NOT_FOUND,
        Behavior::Html => return "<html>".into_response(),
        Behavior::TooLarge => keys[0]["x"] = "x".repeat(70_000).into(),
        Behavior::EndlessBody => {
            let chunk = || Ok::<_, std::io::Error>(vec![b' '; 1000]);
            return Body::from_stream(stream::repeat_with(chunk)).into_response();
        }
        Behavior::WrongIssuer => discovery["issuer"] = format!("{}/", inner.issuer).into(),
        Behavior::NoKeys => keys = json!([]),
        Behavior::RedirectTo(location) => {
            return (StatusCode::FOUND, [(header::LOCATION, location)]).into_response();
        }
        Behavior::JwksUri(uri) => discovery["jwks_uri"] = uri.into(),
    }
    let is_discovery = uri.path().ends_with("/.well-known/openid-configuration");
    let document = if is_discovery { discovery } else { json!({ "keys": keys }) };
    (status, axum::Json(document)).into_response()
}
