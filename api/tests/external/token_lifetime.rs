//! Lifetime and time claims of tokens from the external identity provider.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::identity_provider::{IdentityProvider, app_with_provider, header, keys, me, sign};

const DAY: i64 = 24 * 3600;

/// Status of a request whose token has these time claims. `null` leaves the claim out.
async fn status(app: &TestApp, issuer: &IdentityProvider, times: Value) -> u16 {
    let mut claims = issuer.claims(app.state.clock.now());
    for (name, value) in times.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    me(app, &sign(&header("first"), &claims)).await.status
}

#[tokio::test]
async fn a_lifetime_of_at_most_24_hours_is_accepted() {
    let (app, issuer) = app_with_provider("").await;
    let now = app.state.clock.now().as_second();
    for accepted in [
        json!({"iat": now, "exp": now + DAY}),
        json!({"iat": now - 3600, "exp": now - 3600 + DAY}),
        json!({"iat": now + 4, "exp": now + 4 + DAY}),
        json!({"iat": null, "exp": now + DAY}),
        json!({"iat": null, "exp": now + 60}),
        json!({"iat": now as f64 + 0.5, "exp": now as f64 + 3600.5}),
        json!({"iat": now as f64, "exp": 1e-3 * (1000.0 * now as f64 + 3.6e6)}),
        json!({"iat": now, "exp": now + DAY, "nbf": 0}),
        json!({"iat": now, "exp": now + DAY, "nbf": now - 366 * DAY}),
    ] {
        assert_eq!(status(&app, &issuer, accepted.clone()).await, 200, "{accepted}");
    }
    for rejected in [
        json!({"iat": now, "exp": now + DAY + 1}),
        json!({"iat": now - 10, "exp": now + DAY}),
        json!({"iat": now - 366 * DAY, "exp": now + 60}),
        json!({"iat": 0, "exp": now + 60}),
        json!({"iat": null, "exp": now + DAY + 60}),
        json!({"iat": null, "exp": now + 10 * 365 * DAY}),
        json!({"iat": now, "exp": 4_102_444_800_i64}),
        // Milliseconds instead of seconds.
        json!({"iat": now, "exp": (now + 3600) * 1000}),
        json!({"iat": now * 1000, "exp": (now + 3600) * 1000}),
    ] {
        assert_eq!(status(&app, &issuer, rejected.clone()).await, 401, "{rejected}");
    }
}

#[tokio::test]
async fn the_longest_lifetime_is_configurable() {
    let issuer = IdentityProvider::start("").await;
    let app = TestApp::with(|config| {
        issuer.trusted(config);
        config.external_issuer.as_mut().unwrap().max_lifetime = SignedDuration::from_mins(10);
    })
    .await;
    let now = app.state.clock.now().as_second();
    assert_eq!(status(&app, &issuer, json!({"iat": now, "exp": now + 600})).await, 200);
    assert_eq!(status(&app, &issuer, json!({"iat": now, "exp": now + 601})).await, 401);
}

#[tokio::test]
async fn numbers_that_are_no_time_are_rejected_in_every_claim() {
    let (app, issuer) = app_with_provider("").await;
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
            let status = status(&app, &issuer, json!({claim: number})).await;
            assert_eq!(status, 401, "{claim}: {number}");
        }
    }
}

#[tokio::test]
async fn numbers_that_no_float_holds_are_rejected() {
    let (app, issuer) = app_with_provider("").await;
    for number in ["1e400", "-1e400", "NaN", "Infinity", "-Infinity", "1e", "0x7fffffff", "1_000", "01"] {
        for claim in ["exp", "nbf", "iat"] {
            let mut claims = issuer.claims(app.state.clock.now());
            claims[claim] = json!("PLACEHOLDER");
            // `serde_json` does not write such numbers.
            let claims = claims.to_string().replace("\"PLACEHOLDER\"", number);
            assert_eq!(me(&app, &sign_text(&claims)).await.status, 401, "{claims}");
        }
    }
    let claims = issuer.claims(app.state.clock.now()).to_string();
    assert_eq!(me(&app, &sign_text(&claims)).await.status, 200, "the signature is right");
}

/// Signs claims that need not be JSON.
fn sign_text(claims: &str) -> String {
    let part = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
    let header = serde_json::to_string(&header("first")).unwrap();
    let message = format!("{}.{}", part(&header), part(claims));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &keys()[0].signer, Algorithm::RS256);
    format!("{message}.{}", signature.unwrap())
}
