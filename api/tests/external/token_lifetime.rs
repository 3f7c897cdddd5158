//! The lifetime and the times of tokens from the external identity provider.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::identity_provider::{AppWithProvider, IdentityProvider, provider_keys, token_header};

/// A day in seconds.
const DAY: i64 = 24 * 3600;

/// Returns the status of a request whose token has these times. Null removes the claim.
async fn status(app: &AppWithProvider, times: &Value) -> u16 {
    app.status_with_claims("first", &app.claims_with(times)).await
}

#[tokio::test]
async fn a_lifetime_of_at_most_24_hours_is_accepted() {
    let app = AppWithProvider::start("").await;
    let times: [fn(i64) -> Value; 9] = [
        |now| json!({"iat": now, "exp": now + DAY}),
        |now| json!({"iat": now - 3600, "exp": now - 3600 + DAY}),
        |now| json!({"iat": now + 4, "exp": now + 4 + DAY}),
        |now| json!({"iat": null, "exp": now + DAY}),
        |now| json!({"iat": null, "exp": now + 60}),
        |now| json!({"iat": now as f64 + 0.5, "exp": now as f64 + 3600.5}),
        |now| json!({"iat": now as f64, "exp": 1e-3 * (1000.0 * now as f64 + 3.6e6)}),
        |now| json!({"iat": now, "exp": now + DAY, "nbf": 0}),
        |now| json!({"iat": now, "exp": now + DAY, "nbf": now - 366 * DAY}),
    ];
    for times in times {
        let times = times(app.app.unix_time());
        assert_eq!(status(&app, &times).await, 200, "{times}");
    }
}

#[tokio::test]
async fn a_longer_lifetime_is_rejected() {
    let app = AppWithProvider::start("").await;
    let times: [fn(i64) -> Value; 9] = [
        |now| json!({"iat": now, "exp": now + DAY + 1}),
        |now| json!({"iat": now - 10, "exp": now + DAY}),
        |now| json!({"iat": now - 366 * DAY, "exp": now + 60}),
        |now| json!({"iat": 0, "exp": now + 60}),
        |now| json!({"iat": null, "exp": now + DAY + 60}),
        |now| json!({"iat": null, "exp": now + 10 * 365 * DAY}),
        |now| json!({"iat": now, "exp": 4_102_444_800_i64}),
        // Milliseconds instead of seconds.
        |now| json!({"iat": now, "exp": (now + 3600) * 1000}),
        |now| json!({"iat": now * 1000, "exp": (now + 3600) * 1000}),
    ];
    for times in times {
        let times = times(app.app.unix_time());
        assert_eq!(status(&app, &times).await, 401, "{times}");
    }
}

#[tokio::test]
async fn the_maximum_lifetime_is_configurable() {
    let provider = IdentityProvider::start("").await;
    let app = TestApp::with_config(|config| {
        provider.configure(config);
        config.external_issuer.as_mut().unwrap().max_lifetime = SignedDuration::from_mins(10);
    })
    .await;
    let app = AppWithProvider { app, provider };
    let now = app.app.unix_time();
    assert_eq!(status(&app, &json!({"iat": now, "exp": now + 600})).await, 200);
    assert_eq!(status(&app, &json!({"iat": now, "exp": now + 601})).await, 401);
}

#[tokio::test]
async fn numbers_out_of_range_are_rejected_in_every_time_claim() {
    let app = AppWithProvider::start("").await;
    for number in [
        json!(1e18),
        json!(1e19),
        json!(1e300),
        json!(f64::MAX),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(9_007_199_254_740_993_i64),
        json!(253_402_300_800_i64),
        json!(-1),
        json!(-0.5),
        json!(-1e18),
        json!(-1e300),
    ] {
        for claim in ["exp", "nbf", "iat"] {
            assert_eq!(status(&app, &json!({ claim: number })).await, 401, "{claim}: {number}");
        }
    }
}

#[tokio::test]
async fn numbers_that_json_or_a_float_cannot_represent_are_rejected() {
    let app = AppWithProvider::start("").await;
    for number in ["1e400", "-1e400", "NaN", "Infinity", "-Infinity", "1e", "0x7fffffff", "1_000", "01"] {
        for claim in ["exp", "nbf", "iat"] {
            // `serde_json` does not write such numbers.
            let claims = app.claims_with(&json!({claim: "PLACEHOLDER"}));
            let claims = claims.to_string().replace("\"PLACEHOLDER\"", number);
            assert_eq!(app.get_me(&sign_text(&claims)).await.status, 401, "{claims}");
        }
    }
    let valid = sign_text(&app.claims().to_string());
    assert_eq!(app.get_me(&valid).await.status, 200);
}

/// Signs claims that need not be JSON.
fn sign_text(claims: &str) -> String {
    let header = serde_json::to_string(&token_header("first")).unwrap();
    let [header, claims] = [&header, claims].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part));
    let message = format!("{header}.{claims}");
    let private = &provider_keys()[0].private;
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), private, Algorithm::RS256).unwrap();
    format!("{message}.{signature}")
}
