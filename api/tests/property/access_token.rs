//! Access tokens: only the token that the API has issued is accepted. Everything else is 401.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseResult;
use serde_json::Value;

use super::check;
use super::inputs::{header_bytes, is_header_value, json, mutation};
use crate::forged_tokens::forger::{Forger, changed, parts};
use crate::support::TestApp;
use crate::support::entry_point::EntryPoint;

/// An API with the users `ann` and `bob`, and an attacker who knows ann's token.
struct Attack {
    app: TestApp,
    forger: Forger,
}

impl Attack {
    async fn start() -> Self {
        let entry_point = EntryPoint::Local(TestApp::start().await);
        let forger = Forger::start(&entry_point, "ann").await;
        let EntryPoint::Local(app) = entry_point else { unreachable!("started above") };
        app.sign_up("bob").await;
        let attack = Self { app, forger };
        assert_eq!(attack.status(attack.forger.token.as_bytes()).await, 200);
        assert_eq!(attack.status(attack.sign(&attack.forger.header, &attack.forger.claims)).await, 200);
        attack
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        format!("Bearer {}", self.forger.sign(header, claims))
    }

    async fn status(&self, authorization: impl AsRef<[u8]>) -> u16 {
        self.app.guest().with("authorization", authorization).get("/api/me").await.status
    }

    /// Checks that this `Authorization` header is refused, unless it contains exactly the token.
    async fn assert_refused(&self, authorization: impl AsRef<[u8]>) -> TestCaseResult {
        let authorization = authorization.as_ref();
        prop_assume!(is_header_value(authorization));
        let unscheme = authorization.strip_prefix(b"Bearer ").unwrap_or(authorization);
        prop_assume!(unscheme.trim_ascii() != self.forger.token.as_bytes());
        let reply = self.app.guest().with("authorization", authorization).get("/api/me").await;
        reply.assert_problem(401, "not-logged-in");
        Ok(())
    }
}

#[test]
fn an_arbitrary_authorization_header_is_401() {
    let scheme = select(vec!["", "Bearer ", "bearer ", "Bearer  ", "Basic ", "DPoP "]);
    check((scheme, header_bytes()), Attack::start, async |attack, (scheme, rest)| {
        attack.assert_refused([scheme.as_bytes(), &rest].concat()).await
    });
}

#[test]
fn a_token_with_changed_characters_is_401() {
    check(mutation(), Attack::start, async |attack, mutation| {
        let token = mutation.apply(attack.forger.token.as_bytes());
        attack.assert_refused([b"Bearer ", token.as_slice()].concat()).await
    });
}

#[test]
fn a_token_with_changed_bytes_in_one_part_is_401() {
    check((0..3usize, mutation()), Attack::start, async |attack, (part, mutation)| {
        let mut parts = parts(&attack.forger.token).map(str::to_owned);
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&parts[part]).unwrap();
        parts[part] = BASE64_URL_SAFE_NO_PAD.encode(mutation.apply(&bytes));
        attack.assert_refused(format!("Bearer {}", parts.join("."))).await
    });
}

#[test]
fn a_token_with_arbitrary_json_in_one_part_is_401() {
    check((0..2usize, json()), Attack::start, async |attack, (part, json)| {
        let mut parts = parts(&attack.forger.token).map(str::to_owned);
        parts[part] = BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
        attack.assert_refused(format!("Bearer {}", parts.join("."))).await
    });
}

#[test]
fn a_token_in_another_encoding_is_401() {
    let encoding =
        select(vec![BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD]);
    let encodings = [encoding.clone(), encoding.clone(), encoding];
    check(encodings, Attack::start, async |attack, encodings| {
        let mut parts = parts(&attack.forger.token).map(str::to_owned);
        for (part, encoding) in parts.iter_mut().zip(encodings) {
            *part = encoding.encode(BASE64_URL_SAFE_NO_PAD.decode(&*part).unwrap());
        }
        attack.assert_refused(format!("Bearer {}", parts.join("."))).await
    });
}

/// Without these checks, a token that our key has signed for another purpose would be accepted.
#[test]
fn a_signed_token_with_another_claim_is_401() {
    let names = ["iss", "aud", "client_id", "sub", "sid", "scope", "iat", "exp"];
    let value = prop_oneof![json(), Just("bob".into())];
    check((select(names.to_vec()), value), Attack::start, async |attack, (name, value)| {
        let forger = &attack.forger;
        let original = &forger.claims[name];
        // Our tokens may be younger or older, up to ten minutes.
        let is_near = |(value, original): (i64, i64)| value.abs_diff(original) <= 1_000;
        prop_assume!(&value != original && !value.as_i64().zip(original.as_i64()).is_some_and(is_near));
        attack.assert_refused(attack.sign(&forger.header, &forger.with_claim(name, value))).await
    });
}

#[test]
fn a_signed_token_with_another_header_is_401() {
    let names = ["alg", "kid", "typ", "jku", "jwk", "x5u", "x5c", "crit", "b64", "cty"];
    check((select(names.to_vec()), json()), Attack::start, async |attack, (name, value)| {
        let forger = &attack.forger;
        prop_assume!(forger.header.get(name) != Some(&value));
        attack.assert_refused(attack.sign(&changed(&forger.header, name, value), &forger.claims)).await
    });
}
