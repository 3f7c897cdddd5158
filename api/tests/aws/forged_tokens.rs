//! Forged tokens at both gateways: each has one wrong claim, or a wrong signature.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::cloud::{GATEWAYS, Gateway, aws, is_from_api};

/// A valid token, and our signing key, which only the owner of the AWS account can read.
struct Forger {
    header: Header,
    claims: Value,
    signer: EncodingKey,
}

impl Forger {
    async fn start(gateway: Gateway) -> Self {
        let read_half = |half: &str| {
            let key = json!({"pk": {"S": format!("ring#{half}")}}).to_string();
            aws(&["dynamodb", "get-item", "--table-name", "wishboard-keys", "--key", &key])["Item"].clone()
        };
        let (public, private) = (read_half("public"), read_half("private"));
        let pem = &private["keys"]["M"][public["current"]["S"].as_str().unwrap()]["S"];
        let ann = gateway.sign_up().await;
        Self {
            header: jsonwebtoken::decode_header(ann.token()).unwrap(),
            claims: jsonwebtoken::dangerous::insecure_decode::<Value>(ann.token()).unwrap().claims,
            signer: EncodingKey::from_rsa_pem(pem.as_str().unwrap().as_bytes()).unwrap(),
        }
    }

    /// Signs the valid claims, with this value for one of them.
    fn sign_with(&self, claim: &str, value: Value) -> String {
        let mut claims = self.claims.clone();
        claims[claim] = value;
        jsonwebtoken::encode(&self.header, &claims, &self.signer).unwrap()
    }
}

/// Returns the status of a request with this token, and whether the API has sent the response.
async fn get_me_with(gateway: Gateway, token: &str) -> (u16, bool) {
    let reply = gateway.guest().with_token(token).get("/api/me").await;
    (reply.status, is_from_api(&reply))
}

#[tokio::test]
async fn the_gateway_refuses_wrong_claims_and_signatures() {
    for gateway in GATEWAYS {
        let forger = Forger::start(gateway).await;
        let iat = forger.claims["iat"].as_i64().unwrap();
        assert_eq!(
            get_me_with(gateway, &forger.sign_with("iat", json!(iat))).await,
            (200, true),
            "a valid token"
        );
        for (claim, wrong) in [
            ("aud", json!("another-app")),
            ("iss", json!("https://elsewhere.example")),
            ("exp", json!(iat - 60)),
            ("iat", json!(iat + 3600)),
        ] {
            assert_eq!(
                get_me_with(gateway, &forger.sign_with(claim, wrong)).await,
                (401, false),
                "{gateway:?} {claim}"
            );
        }
        let valid = forger.sign_with("iat", json!(iat));
        assert_eq!(get_me_with(gateway, &valid[..valid.len() - 8]).await, (401, false), "{gateway:?}");
        let symmetric = Header { alg: Algorithm::HS256, ..forger.header.clone() };
        let secret = EncodingKey::from_secret(b"wishboard");
        let symmetric = jsonwebtoken::encode(&symmetric, &forger.claims, &secret).unwrap();
        assert_eq!(get_me_with(gateway, &symmetric).await, (401, false), "{gateway:?}");
    }
}

#[tokio::test]
async fn a_token_with_another_scope_is_refused() {
    let forger = Forger::start(Gateway::Http).await;
    let other = forger.sign_with("scope", json!("something-else"));
    assert_eq!(get_me_with(Gateway::Http, &other).await, (403, false));
    assert_eq!(get_me_with(Gateway::Rest, &other).await, (401, false));
}

#[tokio::test]
async fn the_api_refuses_tokens_that_the_jwt_authorizer_accepts() {
    let forger = Forger::start(Gateway::Http).await;
    // The JWT authorizer checks neither of these claims.
    for (claim, wrong) in [("client_id", json!("another-app")), ("sid", json!("no such session"))] {
        assert_eq!(
            get_me_with(Gateway::Http, &forger.sign_with(claim, wrong.clone())).await,
            (401, true),
            "{claim}"
        );
        assert_eq!(
            get_me_with(Gateway::Rest, &forger.sign_with(claim, wrong)).await,
            (401, false),
            "{claim}"
        );
    }
}
