//! Tokens that our own key has signed, and that are wrong in one thing.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::cloud::{ENTRY_POINTS, EntryPoint, aws};

/// Somebody with our own signing key, read as only the owner of the account can.
struct Forger {
    header: Header,
    claims: Value,
    signer: EncodingKey,
}

impl Forger {
    async fn of(entry_point: EntryPoint) -> Self {
        let ring = |half: &str| {
            let key = json!({"pk": {"S": format!("ring#{half}")}}).to_string();
            aws(&["dynamodb", "get-item", "--table-name", "wishboard-keys", "--key", &key])["Item"].clone()
        };
        let (public, private) = (ring("public"), ring("private"));
        let pem = &private["keys"]["M"][public["current"]["S"].as_str().unwrap()]["S"];
        let ann = entry_point.sign_up().await;
        Self {
            header: jsonwebtoken::decode_header(ann.token()).unwrap(),
            claims: jsonwebtoken::dangerous::insecure_decode::<Value>(ann.token()).unwrap().claims,
            signer: EncodingKey::from_rsa_pem(pem.as_str().unwrap().as_bytes()).unwrap(),
        }
    }

    fn with(&self, claim: &str, value: Value) -> String {
        let mut claims = self.claims.clone();
        claims[claim] = value;
        jsonwebtoken::encode(&self.header, &claims, &self.signer).unwrap()
    }
}

/// The status, and whether the API itself answered.
async fn tried(entry_point: EntryPoint, token: &str) -> (u16, bool) {
    let reply = entry_point.guest().with("authorization", &format!("Bearer {token}")).get("/api/me").await;
    (reply.status, reply.is_the_apis())
}

#[tokio::test]
async fn the_gateway_refuses_what_is_wrong_in_one_thing() {
    for entry_point in ENTRY_POINTS {
        let forger = Forger::of(entry_point).await;
        let iat = forger.claims["iat"].as_i64().unwrap();
        assert_eq!(
            tried(entry_point, &forger.with("iat", json!(iat))).await,
            (200, true),
            "the forger can do it right"
        );
        for (claim, wrong) in [
            ("aud", json!("another-app")),
            ("iss", json!("https://elsewhere.example")),
            ("exp", json!(iat - 60)),
            ("iat", json!(iat + 3600)),
        ] {
            assert_eq!(
                tried(entry_point, &forger.with(claim, wrong)).await,
                (401, false),
                "{entry_point:?} {claim}"
            );
        }
        let cut = forger.with("iat", json!(iat));
        assert_eq!(tried(entry_point, &cut[..cut.len() - 8]).await, (401, false), "{entry_point:?}");
        let symmetric = Header { alg: Algorithm::HS256, ..forger.header.clone() };
        let secret = EncodingKey::from_secret(b"wishboard");
        let symmetric = jsonwebtoken::encode(&symmetric, &forger.claims, &secret).unwrap();
        assert_eq!(tried(entry_point, &symmetric).await, (401, false), "{entry_point:?}");
    }
}

#[tokio::test]
async fn a_token_of_another_scope_is_refused() {
    let forger = Forger::of(EntryPoint::Http).await;
    let other = forger.with("scope", json!("something-else"));
    assert_eq!(tried(EntryPoint::Http, &other).await, (403, false));
    assert_eq!(tried(EntryPoint::Rest, &other).await, (401, false));
}

#[tokio::test]
async fn what_a_gateway_lets_pass_the_api_still_refuses() {
    let forger = Forger::of(EntryPoint::Http).await;
    // The JWT authorizer asks for neither of these.
    for (claim, wrong) in [("client_id", json!("another-app")), ("sid", json!("no such session"))] {
        assert_eq!(tried(EntryPoint::Http, &forger.with(claim, wrong.clone())).await, (401, true), "{claim}");
        assert_eq!(tried(EntryPoint::Rest, &forger.with(claim, wrong)).await, (401, false), "{claim}");
    }
}
