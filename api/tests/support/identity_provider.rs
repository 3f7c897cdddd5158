//! An outside issuer on a port of its own: keys, discovery, JWKS, and every way to get them wrong.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use api::config::{Config, ExternalIssuer};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::Reply;
use super::TestApp;

pub const AUDIENCE: &str = "https://board.example/api";

/// What the server does when it is asked.
#[derive(Clone, Debug)]
pub enum Behavior {
    Honest,
    Silent,
    Slow,
    Broken,
    NotFound,
    NotJson,
    Huge,
    Endless,
    AnotherIssuer,
    NoKeys,
    RedirectsTo(String),
    KeysAt(String),
}

/// A key pair and its public half as a JWK.
pub struct Key {
    pub signer: EncodingKey,
    pub jwk: Value,
}

/// Two keys for all tests: making them takes long.
pub fn keys() -> &'static [Key; 2] {
    static KEYS: OnceLock<[Key; 2]> = OnceLock::new();
    KEYS.get_or_init(|| ["first", "second"].map(key))
}

fn key(kid: &str) -> Key {
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
    let pem = format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        BASE64_STANDARD.encode(der.as_ref())
    );
    let part = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let public = pair.public_key();
    let n = part(public.modulus().big_endian_without_leading_zero());
    let e = part(public.exponent().big_endian_without_leading_zero());
    Key {
        signer: EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap(),
        jwk: json!({"kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": n, "e": e}),
    }
}

struct Shown {
    issuer: String,
    origin: String,
    keys: Mutex<Value>,
    manner: Mutex<Behavior>,
    asked: AtomicUsize,
}

#[derive(Clone)]
pub struct IdentityProvider(Arc<Shown>);

impl IdentityProvider {
    /// An issuer whose `iss` is its origin and this path.
    pub async fn start(path: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let shown = Shown {
            issuer: format!("{origin}{path}"),
            origin,
            keys: Mutex::new(json!([keys()[0].jwk])),
            manner: Mutex::new(Behavior::Honest),
            asked: AtomicUsize::new(0),
        };
        let issuer = Self(Arc::new(shown));
        let router = Router::new().fallback(answer).with_state(issuer.clone());
        tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        issuer
    }

    pub fn url(&self) -> &str {
        &self.0.issuer
    }

    pub fn origin(&self) -> &str {
        &self.0.origin
    }

    /// Makes a server trust this issuer.
    pub fn trusted(&self, config: &mut Config) {
        config.external_issuer = Some(ExternalIssuer {
            issuer: self.url().to_owned(),
            audience: AUDIENCE.to_owned(),
            max_lifetime: SignedDuration::from_hours(24),
        });
    }

    pub fn shows(&self, keys: Value) {
        *self.0.keys.lock().unwrap() = keys;
    }

    pub fn is(&self, manner: Behavior) {
        *self.0.manner.lock().unwrap() = manner;
    }

    /// How many requests it got.
    pub fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }

    /// An access token of the plainest kind, made at this time.
    pub fn claims(&self, now: jiff::Timestamp) -> Value {
        let now = now.as_second();
        json!({"iss": self.url(), "sub": "somebody", "aud": AUDIENCE, "iat": now, "exp": now + 3600})
    }
}

pub fn header(kid: &str) -> Header {
    Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::RS256) }
}

/// Signed by the first key, or by the second where the `kid` says so.
pub fn sign(header: &Header, claims: &Value) -> String {
    let second = header.kid.as_deref() == Some("second");
    jsonwebtoken::encode(header, claims, &keys()[usize::from(second)].signer).unwrap()
}

/// A Wishboard that trusts an issuer, whose `iss` ends in this path.
pub async fn app_with_provider(path: &str) -> (TestApp, IdentityProvider) {
    let issuer = IdentityProvider::start(path).await;
    let app = TestApp::with(|config| issuer.trusted(config)).await;
    (app, issuer)
}

/// An honest token, made now.
pub fn token(app: &TestApp, issuer: &IdentityProvider) -> String {
    sign(&header("first"), &issuer.claims(app.state.clock.now()))
}

/// Who the API says this is.
pub async fn me(app: &TestApp, token: &str) -> Reply {
    app.guest().with_token(token).get("/api/me").await
}

async fn answer(State(IdentityProvider(shown)): State<IdentityProvider>, uri: Uri) -> Response {
    shown.asked.fetch_add(1, Ordering::SeqCst);
    let manner = shown.manner.lock().unwrap().clone();
    let is_discovery = uri.path().ends_with("/.well-known/openid-configuration");
    let mut discovery =
        json!({"issuer": shown.issuer, "jwks_uri": format!("{}/jwks", shown.origin), "extra": [1]});
    let mut keys = shown.keys.lock().unwrap().clone();
    match manner {
        Behavior::Honest => {}
        Behavior::Silent => std::future::pending().await,
        Behavior::Slow => tokio::time::sleep(Duration::from_secs(2)).await,
        Behavior::Broken => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Behavior::NotFound => return (StatusCode::NOT_FOUND, "{}").into_response(),
        Behavior::NotJson => return "<html>".into_response(),
        Behavior::Huge => keys[0]["x"] = "x".repeat(70_000).into(),
        Behavior::Endless => {
            let chunk = || Ok::<_, std::io::Error>(vec![b' '; 1000]);
            return axum::body::Body::from_stream(futures_util::stream::repeat_with(chunk)).into_response();
        }
        Behavior::AnotherIssuer => discovery["issuer"] = format!("{}/", shown.issuer).into(),
        Behavior::NoKeys => keys = json!([]),
        Behavior::RedirectsTo(place) => {
            return (StatusCode::FOUND, [(header::LOCATION, place)]).into_response();
        }
        Behavior::KeysAt(place) => discovery["jwks_uri"] = place.into(),
    }
    let document = if is_discovery { discovery } else { json!({ "keys": keys }) };
    axum::Json(document).into_response()
}
