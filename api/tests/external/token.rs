//! What a token of an outside issuer must be.

use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::identity_provider::{
    AUDIENCE, IdentityProvider, app_with_provider, header, keys, me, sign, token,
};

#[tokio::test]
async fn tokens_like_those_of_auth0_cognito_and_keycloak_are_accepted() {
    for (path, typ, own) in [
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
            json!({"sub": "9b1deb4d", "aud": null, "client_id": AUDIENCE,
            "token_use": "access", "username": "ann", "auth_time": 1, "version": 2, "cognito:groups": ["a"]}),
        ),
        (
            "/realms/board",
            Some("JWT"),
            json!({"sub": "f5e1", "typ": "Bearer", "name": "Ann B.", "sid": "x",
            "aud": [AUDIENCE, "account"], "realm_access": {"roles": []}, "nbf": 0, "acr": "1"}),
        ),
        (
            "",
            Some("at+jwt"),
            json!({"sub": "1", "jti": "x", "exp": Timestamp::now().as_second() as f64 + 600.5}),
        ),
    ] {
        let (app, issuer) = app_with_provider(path).await;
        let mut claims = issuer.claims(app.state.clock.now());
        for (name, value) in own.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        let token = sign(&Header { typ: typ.map(str::to_owned), ..header("first") }, &claims);
        let first = me(&app, &token).await;
        assert_eq!(first.status, 200, "{path} {claims}: {first:?}");
        let username = first.body["username"].as_str().unwrap();
        assert!(username.len() == 18 && username.starts_with("u-"), "{username}");
        assert_eq!(first.body["name"], own.get("name").unwrap_or(&json!(username)).clone());
        assert_eq!(me(&app, &token).await.body, first.body, "the same person again");

        let ann = app.guest().with_token(&token);
        let posted = ann.post("/api/messages", json!({"body": "hello"})).await;
        assert_eq!((posted.status, &posted.body["author"]["username"]), (201, &json!(username)));
        let probe = ann.get("/api/private").await.body;
        assert_eq!(
            (&probe["input"]["claims"]["sub"], &probe["input"]["claims"]["exp"]),
            (&claims["sub"], &claims["exp"])
        );
    }
}

#[tokio::test]
async fn what_is_no_access_token_for_us_is_refused() {
    let (app, issuer) = app_with_provider("").await;
    let claims = issuer.claims(app.state.clock.now());
    let now = claims["iat"].as_i64().unwrap();
    let absent = Value::Null;
    for (name, value) in [
        ("nonce", json!("x")),
        ("nonce", json!(7)),
        ("at_hash", json!("x")),
        ("c_hash", json!("x")),
        ("token_use", json!("id")),
        ("token_use", json!(["access"])),
        ("typ", json!("ID")),
        ("typ", json!("Refresh")),
        ("aud", json!("https://board.example/api/")),
        ("aud", json!(["somebody else's"])),
        ("aud", json!([])),
        ("aud", json!(7)),
        ("aud", json!([AUDIENCE, 7])),
        ("aud", absent.clone()),
        ("iss", json!("https://evil.example")),
        ("iss", json!(format!("{}/", issuer.url()))),
        ("iss", absent.clone()),
        ("sub", absent.clone()),
        ("sub", json!("")),
        ("sub", json!(7)),
        ("exp", absent.clone()),
        ("exp", json!(now - 6)),
        ("exp", json!((now + 60).to_string())),
        ("exp", json!(-1)),
        ("nbf", json!(now + 60)),
        ("nbf", json!("0")),
        ("iat", json!(now + 60)),
        ("iat", json!({})),
    ] {
        let mut crooked = claims.clone();
        crooked[name] = value;
        crooked.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        let reply = me(&app, &sign(&header("first"), &crooked)).await;
        assert_eq!(reply.status, 401, "{crooked}: {reply:?}");
    }
    let mut other_client = claims.clone();
    other_client["client_id"] = json!(AUDIENCE);
    other_client["aud"] = json!("another API");
    me(&app, &sign(&header("first"), &other_client)).await.assert_problem(401, "not-logged-in");
    other_client["aud"] = Value::Null;
    me(&app, &sign(&header("first"), &other_client)).await.assert_problem(401, "not-logged-in");
    other_client.as_object_mut().unwrap().remove("aud");
    assert_eq!(
        me(&app, &sign(&header("first"), &other_client)).await.status,
        200,
        "client_id stands in for aud"
    );
}

#[tokio::test]
async fn headers_and_signatures_of_other_kinds_are_refused() {
    let (app, issuer) = app_with_provider("").await;
    let claims = issuer.claims(app.state.clock.now());
    let first = header("first");
    let refused = [
        Header { kid: None, ..first.clone() },
        Header { kid: Some("unknown".to_owned()), ..first.clone() },
        Header { typ: Some("id+jwt".to_owned()), ..first.clone() },
        Header { typ: Some("logout+jwt".to_owned()), ..first.clone() },
        Header { crit: Some(vec!["exp".to_owned()]), ..first.clone() },
        Header { crit: Some(Vec::new()), ..first.clone() },
        Header { alg: Algorithm::RS384, ..first.clone() },
        Header { alg: Algorithm::PS256, ..first.clone() },
    ];
    for header in refused {
        let reply = me(&app, &sign(&header, &claims)).await;
        assert_eq!(reply.status, 401, "{header:?}: {reply:?}");
    }
    let modulus = keys()[0].jwk["n"].as_str().unwrap();
    let symmetric = Header { alg: Algorithm::HS256, ..first.clone() };
    let by_modulus = EncodingKey::from_secret(modulus.as_bytes());
    let others = jsonwebtoken::encode(&first, &claims, &keys()[1].signer).unwrap();
    let good = sign(&first, &claims);
    let ours = app.state.key_ring.signer().await.unwrap().1;
    for token in [
        jsonwebtoken::encode(&symmetric, &claims, &by_modulus).unwrap(),
        others,
        good[..good.len() - 4].to_owned(),
        format!("{}.{}.", good.split('.').next().unwrap(), good.split('.').nth(1).unwrap()),
        jsonwebtoken::encode(&first, &claims, &ours).unwrap(),
    ] {
        assert_eq!(me(&app, &token).await.status, 401, "{token}");
    }
    // Nor does its key sign for us.
    let mut as_ours = claims.clone();
    as_ours["iss"] = json!(app.url);
    me(&app, &sign(&Header { typ: Some("at+jwt".to_owned()), ..first }, &as_ours))
        .await
        .assert_problem(401, "not-logged-in");
}

#[tokio::test]
async fn without_a_trusted_issuer_its_tokens_are_nothing() {
    let issuer = IdentityProvider::start("").await;
    let app = TestApp::start().await;
    me(&app, &token(&app, &issuer)).await.assert_problem(401, "not-logged-in");
    assert_eq!(issuer.asked(), 0);
}
