//! Tokens: the strict profile, from outside.

use api::token::Claims;
use aws_lc_rs::encoding::AsDer;
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::support::{Browser, TestApp};

struct Forger {
    ann: Browser,
    header: Header,
    claims: Value,
    signer: EncodingKey,
}

impl Forger {
    /// Somebody with our own signing key: what is refused is refused for the one thing that is changed.
    async fn of(app: &TestApp) -> Self {
        let ann = app.sign_up("ann").await;
        let header = jsonwebtoken::decode_header(ann.token()).unwrap();
        let claims = jsonwebtoken::dangerous::insecure_decode::<Value>(ann.token()).unwrap().claims;
        let (_, signer) = app.state.keys.signer().await.unwrap();
        Self { ann, header, claims, signer }
    }

    fn sign(&self, header: &Header, claims: &Value) -> String {
        jsonwebtoken::encode(header, claims, &self.signer).unwrap()
    }

    async fn is_refused(&self, token: &str) {
        let reply = self.ann.with_token(token).get("/api/me").await;
        reply.is_problem(401, "not-logged-in");
        assert_eq!(reply.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    }
}

#[tokio::test]
async fn a_token_says_what_the_profile_demands() {
    let app = TestApp::start().await;
    let forger = Forger::of(&app).await;
    assert_eq!(forger.header.typ.as_deref(), Some("at+jwt"));
    assert_eq!(forger.header.alg, Algorithm::RS256);
    let claims: Claims = serde_json::from_value(forger.claims.clone()).unwrap();
    assert_eq!(claims.iss, app.url);
    assert_eq!(
        [&*claims.aud, &*claims.client_id, &*claims.scope, &*claims.sub],
        ["wishboard", "wishboard", "wishboard", "ann"]
    );
    assert_eq!(claims.exp - claims.iat, 600);
    let again = forger.sign(&forger.header, &forger.claims);
    assert_eq!(forger.ann.with_token(&again).get("/api/me").await.status, 200, "the forger can do it right");
}

#[tokio::test]
async fn a_token_is_accepted_bare_and_with_bearer_in_any_case() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for value in
        [format!("bearer {}", ann.token()), format!("BEARER  {}", ann.token()), ann.token().to_owned()]
    {
        assert_eq!(app.guest().with("authorization", &value).get("/api/me").await.status, 200);
    }
    for value in [
        format!("Basic {}", ann.token()),
        format!("Bearer {} x", ann.token()),
        "Bearer".to_owned(),
        String::new(),
    ] {
        app.guest().with("authorization", &value).get("/api/me").await.is_problem(401, "not-logged-in");
    }
    let twice = ann.with("authorization", &format!("Bearer {}", ann.token()));
    twice.get("/api/me").await.is_problem(401, "not-logged-in");
}

#[tokio::test]
async fn a_token_lives_ten_minutes() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    app.state.clock.advance(SignedDuration::from_secs(599));
    assert_eq!(ann.get("/api/me").await.status, 200);
    app.state.clock.advance(SignedDuration::from_secs(7));
    ann.get("/api/me").await.is_problem(401, "not-logged-in");
}

#[tokio::test]
async fn every_claim_is_required_and_checked() {
    let app = TestApp::start().await;
    let forger = Forger::of(&app).await;
    let iat = forger.claims["iat"].as_i64().unwrap();
    let names = ["iss", "aud", "client_id", "sub", "sid", "scope", "iat", "exp", "jti"];
    for name in names {
        let mut claims = forger.claims.clone();
        claims.as_object_mut().unwrap().remove(name);
        forger.is_refused(&forger.sign(&forger.header, &claims)).await;
        for wrong in [Value::Null, json!({}), json!([7]), json!(true), json!("someone-else"), json!(-1)] {
            if name == "jti" && wrong.is_string() {
                continue;
            }
            let mut claims = forger.claims.clone();
            claims[name] = wrong;
            forger.is_refused(&forger.sign(&forger.header, &claims)).await;
        }
    }
    let times =
        [(iat, iat + 601), (iat + 60, iat + 600), (iat, iat - 60), (iat - 1200, iat - 600), (0, i64::MAX)];
    for (iat, exp) in times {
        let mut claims = forger.claims.clone();
        (claims["iat"], claims["exp"]) = (iat.into(), exp.into());
        forger.is_refused(&forger.sign(&forger.header, &claims)).await;
    }
}

#[tokio::test]
async fn the_header_must_be_ours() {
    let app = TestApp::start().await;
    let forger = Forger::of(&app).await;
    let ours = &forger.header;
    for header in [
        Header { typ: None, ..ours.clone() },
        Header { typ: Some("JWT".to_owned()), ..ours.clone() },
        Header { kid: None, ..ours.clone() },
        Header { kid: Some("../../etc/passwd".to_owned()), ..ours.clone() },
        Header { crit: Some(vec!["exp".to_owned()]), ..ours.clone() },
        Header { alg: Algorithm::RS384, ..ours.clone() },
        Header { alg: Algorithm::PS256, ..ours.clone() },
    ] {
        forger.is_refused(&forger.sign(&header, &forger.claims)).await;
    }
}

#[tokio::test]
async fn forged_signatures_are_refused() {
    let app = TestApp::start().await;
    let forger = Forger::of(&app).await;
    let token = forger.ann.token().to_owned();
    let [header, claims, signature] = token.split('.').collect::<Vec<_>>().try_into().unwrap();
    let none = BASE64_URL_SAFE_NO_PAD
        .encode(json!({"alg": "none", "typ": "at+jwt", "kid": forger.header.kid}).to_string());
    let pair = aws_lc_rs::rsa::KeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
    let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> = pair.as_der().unwrap();
    let pem = format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        BASE64_STANDARD.encode(der.as_ref())
    );
    let others = EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap();
    let jwks = app.guest().get("/.well-known/jwks.json").await.body;
    let modulus = jwks["keys"][0]["n"].as_str().unwrap();
    let symmetric = Header { alg: Algorithm::HS256, ..forger.header.clone() };
    for forged in [
        format!("{none}.{claims}."),
        format!("{none}.{claims}.{signature}"),
        format!("{header}.{claims}."),
        format!("{header}.{claims}"),
        format!("{header}.{claims}.{}", &signature[..signature.len() - 4]),
        format!("{header}.{claims}.{signature}.{signature}"),
        format!("{header}.{claims}.{signature}="),
        jsonwebtoken::encode(&forger.header, &forger.claims, &others).unwrap(),
        jsonwebtoken::encode(&symmetric, &forger.claims, &EncodingKey::from_secret(modulus.as_bytes()))
            .unwrap(),
        "x".repeat(10_000),
        "..".to_owned(),
    ] {
        forger.is_refused(&forged).await;
    }
}
