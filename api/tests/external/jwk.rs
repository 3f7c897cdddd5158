//! Which keys of the external identity provider verify its tokens (RFC 7517).

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::identity_provider::{IdentityProvider, app_with_provider, header, keys, me, sign, token};

/// The provider's first key with other members; `null` removes a member.
fn jwk(members: &Value) -> Value {
    let mut jwk = keys()[0].jwk.clone();
    for (name, value) in members.as_object().unwrap() {
        jwk[name] = value.clone();
    }
    jwk.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    jwk
}

/// Status of a request with a valid token of the first key, while the provider publishes `keys`.
async fn status(keys: Value) -> u16 {
    let (app, issuer) = app_with_provider("").await;
    issuer.shows(keys);
    me(&app, &token(&app, &issuer)).await.status
}

/// Checks that this key verifies nothing. That a usable key of the same `kid` still does shows that
/// the key itself was skipped, not that the signature was wrong.
async fn assert_is_skipped(jwk: Value) {
    assert_eq!(status(json!([jwk])).await, 401, "{jwk}");
    assert_eq!(status(json!([jwk, keys()[0].jwk])).await, 200, "{jwk}");
}

#[tokio::test]
async fn a_key_for_signatures_is_used() {
    for members in [
        json!({"use": null, "alg": null}),
        json!({"use": "sig", "alg": null}),
        json!({"use": null, "key_ops": ["verify"]}),
        json!({"use": "sig", "key_ops": ["verify"]}),
        json!({"use": null, "key_ops": ["sign", "verify"]}),
        json!({"x5t": "x", "x5c": ["x"], "ext": true, "key_operations": ["encrypt"]}),
        json!({"n": format!("AAAA{}", keys()[0].jwk["n"].as_str().unwrap())}),
    ] {
        assert_eq!(status(json!([jwk(&members)])).await, 200, "{members}");
    }
}

#[tokio::test]
async fn a_key_for_another_purpose_is_not_used() {
    for members in [
        json!({"use": "enc"}),
        json!({"use": "SIG"}),
        json!({"use": ""}),
        json!({"use": ["sig"]}),
        json!({"use": null, "key_ops": ["encrypt"]}),
        json!({"use": null, "key_ops": ["sign"]}),
        json!({"use": null, "key_ops": []}),
        json!({"use": null, "key_ops": ["Verify"]}),
        json!({"use": null, "key_ops": ["wrapKey", "unwrapKey"]}),
        json!({"use": null, "key_ops": ["deriveKey"]}),
        json!({"use": null, "key_ops": ["verify", "encrypt"]}),
        json!({"use": null, "key_ops": ["verify", "verify"]}),
        json!({"use": null, "key_ops": "verify"}),
        json!({"use": null, "key_ops": ["verify", 7]}),
        json!({"use": null, "key_ops": {"verify": true}}),
        json!({"use": "sig", "key_ops": ["decrypt"]}),
        json!({"use": "sig", "key_ops": ["verify", "decrypt"]}),
        json!({"use": "enc", "key_ops": ["verify"]}),
        json!({"alg": "RS384"}),
        json!({"alg": "PS256"}),
        json!({"alg": "RSA-OAEP-256"}),
        json!({"alg": "rs256"}),
        json!({"alg": ""}),
    ] {
        assert_is_skipped(jwk(&members)).await;
    }
    for name in ["use", "key_ops", "alg"] {
        let mut jwk = jwk(&json!({}));
        jwk[name] = Value::Null;
        assert_is_skipped(jwk).await;
    }
}

#[tokio::test]
async fn a_key_that_is_no_strong_rsa_key_is_not_used() {
    let modulus = keys()[0].jwk["n"].as_str().unwrap();
    for members in [
        json!({"kid": null}),
        json!({"kid": 7}),
        json!({"kid": ["first"]}),
        json!({"kty": null}),
        json!({"kty": "rsa"}),
        json!({"kty": "EC"}),
        json!({"kty": "oct", "k": modulus}),
        json!({"n": null}),
        json!({"n": ""}),
        json!({"n": "AAAA"}),
        // 1,024 bits.
        json!({"n": format!("{}8", &modulus[..170])}),
        // Even.
        json!({"n": format!("{}A", &modulus[..modulus.len() - 1])}),
        // 16,392 bits.
        json!({"n": "_".repeat(2732)}),
        json!({"n": format!("{modulus} ")}),
        json!({"e": null}),
        json!({"e": ""}),
        // 0, 1, 2, 65536, 2^33 + 1, and the modulus.
        json!({"e": "AA"}),
        json!({"e": "AQ"}),
        json!({"e": "Ag"}),
        json!({"e": "AQAA"}),
        json!({"e": "AgAAAAE"}),
        json!({"e": modulus}),
        json!({"e": 65537}),
    ] {
        assert_is_skipped(jwk(&members)).await;
    }
}

#[tokio::test]
async fn of_keys_that_share_a_kid_none_is_used() {
    let [first, second] = keys().each_ref().map(|key| &key.jwk);
    let mut impostor = second.clone();
    impostor["kid"] = json!("first");
    for shown in [
        json!([first, impostor]),
        json!([impostor, first]),
        json!([first, second, impostor]),
        json!([first, impostor, impostor]),
        json!([first, impostor, first]),
        json!([first, first]),
    ] {
        let (app, issuer) = app_with_provider("").await;
        issuer.shows(shown.clone());
        assert_eq!(me(&app, &token(&app, &issuer)).await.status, 401, "{shown}");
        let claims = issuer.claims(app.state.clock.now());
        let by_impostor = jsonwebtoken::encode(&header("first"), &claims, &keys()[1].signer).unwrap();
        assert_eq!(me(&app, &by_impostor).await.status, 401, "{shown}");
    }
}

#[tokio::test]
async fn other_keys_of_the_set_are_still_used() {
    let (app, issuer) = app_with_provider("").await;
    let mut impostor = jwk(&json!({}));
    impostor["n"] = keys()[1].jwk["n"].clone();
    issuer.shows(json!([keys()[0].jwk, impostor, keys()[1].jwk]));
    assert_eq!(second_key_status(&app, &issuer).await, 200);
    assert_eq!(me(&app, &token(&app, &issuer)).await.status, 401);
}

async fn second_key_status(app: &TestApp, issuer: &IdentityProvider) -> u16 {
    me(app, &sign(&header("second"), &issuer.claims(app.state.clock.now()))).await.status
}
