//! Which tokens of the external identity provider are accepted: claims, headers and signatures.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::support::identity_provider::{
    AUDIENCE, AppWithProvider, IdentityProvider, provider_keys, sign_token, token_header,
};
use crate::support::{TestApp, with_members};

/// A provider's access tokens: the path of its issuer, the `typ` of the header, and claims besides the minimal ones.
type TokenProfile = (&'static str, Option<&'static str>, Value);

#[tokio::test]
async fn tokens_like_those_of_auth0_cognito_and_keycloak_are_accepted() {
    let profiles: [TokenProfile; 5] = [
        (
            "/",
            Some("JWT"),
            json!({"sub": "auth0|507f1f77", "aud": [AUDIENCE, "https://tenant/userinfo"],
                "azp": "client", "scope": "openid profile", "permissions": []}),
        ),
        ("/", Some("JWT"), json!({"sub": "client@clients", "gty": "client-credentials"})),
        (
            "/us-east-1_AbCdEf",
            None,
            json!({"sub": "9b1deb4d", "aud": null, "client_id": AUDIENCE, "token_use": "access",
                "username": "ann", "auth_time": 1, "version": 2, "cognito:groups": ["a"]}),
        ),
        (
            "/realms/board",
            Some("JWT"),
            json!({"sub": "f5e1", "typ": "Bearer", "name": "Ann B.", "sid": "x",
                "aud": [AUDIENCE, "account"], "realm_access": {"roles": []}, "nbf": 0, "acr": "1"}),
        ),
        ("", Some("at+jwt"), json!({"sub": "1", "jti": "x"})),
    ];
    for profile in profiles {
        assert_is_accepted(profile).await;
    }
}

async fn assert_is_accepted((path, typ, claims): TokenProfile) {
    let app = AppWithProvider::start(path).await;
    let name = claims.get("name").cloned();
    let claims = app.claims_with(&claims);
    let token = sign_token(&Header { typ: typ.map(str::to_owned), ..token_header("first") }, &claims);
    let first = app.get_me(&token).await;
    assert_eq!(first.status, 200, "{path} {claims}: {first:?}");
    let username = first.body["username"].as_str().unwrap();
    assert!(username.len() == 18 && username.starts_with("u-"), "{username}");
    assert_eq!(first.body["name"], name.unwrap_or(json!(username)));
    assert_eq!(app.get_me(&token).await.body, first.body, "the same user again");

    let ann = app.app.guest().with_token(&token);
    let posted = ann.post("/api/messages", json!({"body": "hello"})).await;
    assert_eq!((posted.status, &posted.body["author"]["username"]), (201, &json!(username)));
    let private = ann.get("/api/private").await.body;
    for claim in ["sub", "exp"] {
        assert_eq!(private["input"]["claims"][claim], claims[claim]);
    }
}

#[tokio::test]
async fn a_fraction_of_a_second_in_exp_is_accepted() {
    let app = AppWithProvider::start("").await;
    let exp = app.app.unix_time() as f64 + 600.5;
    assert_eq!(app.status_with_claims("first", &app.claims_with(&json!({"exp": exp}))).await, 200);
}

#[tokio::test]
async fn id_tokens_and_tokens_with_wrong_claims_are_refused() {
    let app = AppWithProvider::start("").await;
    let now = app.app.unix_time();
    for wrong in [
        // The token has expired, or is not valid yet.
        json!({"exp": now - 6}),
        json!({"nbf": now + 60}),
        json!({"iat": now + 60}),
        // ID tokens and other types.
        json!({"nonce": "x"}),
        json!({"nonce": 7}),
        json!({"at_hash": "x"}),
        json!({"c_hash": "x"}),
        json!({"token_use": "id"}),
        json!({"token_use": ["access"]}),
        json!({"typ": "ID"}),
        json!({"typ": "Refresh"}),
        // Other audiences and issuers.
        json!({"aud": "https://board.example/api/"}),
        json!({"aud": ["another API"]}),
        json!({"aud": []}),
        json!({"aud": 7}),
        json!({"aud": [AUDIENCE, 7]}),
        json!({"aud": null}),
        json!({"iss": "https://evil.example"}),
        json!({"iss": format!("{}/", app.provider.issuer())}),
        json!({"iss": null}),
        // Missing or malformed claims.
        json!({"sub": null}),
        json!({"sub": ""}),
        json!({"sub": 7}),
        json!({"exp": null}),
        json!({"exp": (now + 60).to_string()}),
        json!({"exp": -1}),
        json!({"nbf": "0"}),
        json!({"iat": {}}),
    ] {
        assert_eq!(app.status_with_claims("first", &app.claims_with(&wrong)).await, 401, "{wrong}");
    }
}

#[tokio::test]
async fn the_client_id_counts_only_if_there_is_no_audience() {
    let app = AppWithProvider::start("").await;
    let claims = app.claims_with(&json!({"client_id": AUDIENCE, "aud": "another API"}));
    assert_eq!(app.status_with_claims("first", &claims).await, 401);
    let mut null_audience = claims.clone();
    null_audience["aud"] = Value::Null;
    assert_eq!(app.status_with_claims("first", &null_audience).await, 401);
    let no_audience = with_members(&claims, &json!({"aud": null}));
    assert_eq!(app.status_with_claims("first", &no_audience).await, 200);
}

#[tokio::test]
async fn tokens_with_wrong_headers_are_refused() {
    let app = AppWithProvider::start("").await;
    let first = token_header("first");
    for header in [
        Header { kid: None, ..first.clone() },
        Header { kid: Some("unknown".to_owned()), ..first.clone() },
        Header { typ: Some("id+jwt".to_owned()), ..first.clone() },
        Header { typ: Some("logout+jwt".to_owned()), ..first.clone() },
        Header { crit: Some(vec!["exp".to_owned()]), ..first.clone() },
        Header { crit: Some(Vec::new()), ..first.clone() },
        Header { alg: Algorithm::RS384, ..first.clone() },
        Header { alg: Algorithm::PS256, ..first.clone() },
    ] {
        let reply = app.get_me(&sign_token(&header, &app.claims())).await;
        assert_eq!(reply.status, 401, "{header:?}: {reply:?}");
    }
}

#[tokio::test]
async fn tokens_with_wrong_signatures_are_refused() {
    let app = AppWithProvider::start("").await;
    let (header, claims) = (token_header("first"), app.claims());
    let [first, second] = provider_keys();
    let symmetric_header = Header { alg: Algorithm::HS256, ..header.clone() };
    let symmetric_key = EncodingKey::from_secret(first.jwk["n"].as_str().unwrap().as_bytes());
    let valid = sign_token(&header, &claims);
    let (signed, _) = valid.rsplit_once('.').unwrap();
    let (_, our_key) = app.app.state.key_ring.signer().await.unwrap();
    for token in [
        jsonwebtoken::encode(&symmetric_header, &claims, &symmetric_key).unwrap(),
        jsonwebtoken::encode(&header, &claims, &second.private).unwrap(),
        jsonwebtoken::encode(&header, &claims, &our_key).unwrap(),
        valid[..valid.len() - 4].to_owned(),
        format!("{signed}."),
    ] {
        assert_eq!(app.get_me(&token).await.status, 401, "{token}");
    }
}

#[tokio::test]
async fn a_key_of_the_provider_does_not_verify_our_own_tokens() {
    let app = AppWithProvider::start("").await;
    let header = Header { typ: Some("at+jwt".to_owned()), ..token_header("first") };
    let claims = app.claims_with(&json!({"iss": app.app.url}));
    app.get_me(&sign_token(&header, &claims)).await.assert_problem(401, "not-logged-in");
}

#[tokio::test]
async fn tokens_of_a_provider_that_is_not_configured_are_refused() {
    let app = AppWithProvider { app: TestApp::start().await, provider: IdentityProvider::start("").await };
    app.get_me(&app.token()).await.assert_problem(401, "not-logged-in");
    assert_eq!(app.provider.request_count(), 0);
}
