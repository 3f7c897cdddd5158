//! Which published keys of the external identity provider verify its tokens (RFC 7517).

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::identity_provider::{AppWithProvider, provider_keys, token_header};
use crate::support::with_members;

/// The age at which the API fetches the keys again before it responds.
const MAX_KEYS_AGE: SignedDuration = SignedDuration::from_hours(1);

/// Returns the first key of the provider with these members added or replaced. Null removes a member.
fn jwk_with(members: &Value) -> Value {
    with_members(&provider_keys()[0].jwk, members)
}

/// Returns the status of a request with a valid token of the first key, while the provider publishes `keys`.
async fn status_if_published(app: &AppWithProvider, keys: Value) -> u16 {
    app.provider.publish(keys);
    app.app.advance(MAX_KEYS_AGE);
    app.status_with_key("first").await
}

/// Checks that this key verifies no token. A usable key with the same `kid` still does, so the key itself is skipped.
async fn assert_is_skipped(app: &AppWithProvider, jwk: Value) {
    assert_eq!(status_if_published(app, json!([jwk])).await, 401, "{jwk}");
    assert_eq!(status_if_published(app, json!([jwk, provider_keys()[0].jwk])).await, 200, "{jwk}");
}

#[tokio::test]
async fn a_key_for_signatures_is_used() {
    let app = AppWithProvider::start("").await;
    for members in [
        json!({"use": null, "alg": null}),
        json!({"use": "sig", "alg": null}),
        json!({"use": null, "key_ops": ["verify"]}),
        json!({"use": "sig", "key_ops": ["verify"]}),
        json!({"use": null, "key_ops": ["sign", "verify"]}),
        json!({"x5t": "x", "x5c": ["x"], "ext": true, "key_operations": ["encrypt"]}),
        json!({"n": format!("AAAA{}", provider_keys()[0].jwk["n"].as_str().unwrap())}),
        json!({"n": format!("{}==", provider_keys()[0].jwk["n"].as_str().unwrap())}),
    ] {
        assert_eq!(status_if_published(&app, json!([jwk_with(&members)])).await, 200, "{members}");
    }
}

#[tokio::test]
async fn a_key_for_another_purpose_is_skipped() {
    let app = AppWithProvider::start("").await;
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
        assert_is_skipped(&app, jwk_with(&members)).await;
    }
    for name in ["use", "key_ops", "alg"] {
        let mut jwk = provider_keys()[0].jwk.clone();
        jwk[name] = Value::Null;
        assert_is_skipped(&app, jwk).await;
    }
}

#[tokio::test]
async fn a_malformed_or_weak_key_is_skipped() {
    let app = AppWithProvider::start("").await;
    let modulus = provider_keys()[0].jwk["n"].as_str().unwrap();
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
        // An even modulus.
        json!({"n": format!("{}A", &modulus[..modulus.len() - 1])}),
        // 16,392 bits.
        json!({"n": "_".repeat(2732)}),
        json!({"n": format!("{modulus} ")}),
        json!({"e": null}),
        json!({"e": ""}),
        // The exponents 0, 1, 2, 65536, 2^33 + 1, and one as large as the modulus.
        json!({"e": "AA"}),
        json!({"e": "AQ"}),
        json!({"e": "Ag"}),
        json!({"e": "AQAA"}),
        json!({"e": "AgAAAAE"}),
        json!({"e": modulus}),
        json!({"e": 65537}),
    ] {
        assert_is_skipped(&app, jwk_with(&members)).await;
    }
}

#[tokio::test]
async fn keys_that_share_a_kid_are_all_skipped() {
    let [first, second] = provider_keys().each_ref().map(|key| &key.jwk);
    let impostor = with_members(second, &json!({"kid": "first"}));
    for keys in [
        json!([first, impostor]),
        json!([impostor, first]),
        json!([first, second, impostor]),
        json!([first, impostor, impostor]),
        json!([first, impostor, first]),
        json!([first, first]),
    ] {
        let app = AppWithProvider::start("").await;
        app.provider.publish(keys.clone());
        assert_eq!(app.status_with_key("first").await, 401, "{keys}");
        let impostor_key = &provider_keys()[1].private;
        let by_impostor = jsonwebtoken::encode(&token_header("first"), &app.claims(), impostor_key).unwrap();
        assert_eq!(app.get_me(&by_impostor).await.status, 401, "{keys}");
    }
}

#[tokio::test]
async fn a_key_with_a_unique_kid_is_used_even_if_others_share_one() {
    let app = AppWithProvider::start("").await;
    let [first, second] = provider_keys().each_ref().map(|key| &key.jwk);
    let impostor = with_members(first, &json!({"n": second["n"]}));
    app.provider.publish(json!([first, impostor, second]));
    assert_eq!(app.status_with_key("second").await, 200);
    assert_eq!(app.status_with_key("first").await, 401);
}
