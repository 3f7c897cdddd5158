//! Tokens with another algorithm: none, a symmetric one, or another asymmetric one (RFC 8725, section 3.1).

use serde_json::{Value, json};

use super::forger::parts;
use super::{assert_all_are_refused, bearer};

#[tokio::test]
async fn a_token_without_a_signature_is_refused() {
    assert_all_are_refused(async |forger| {
        let names = ["none", "None", "NONE", "nOnE", "none ", " none", "null", "", "no\u{0}ne", "ｎｏｎｅ"];
        let other_types = [Value::Null, json!([]), json!(["none"]), json!(0)];
        let mut attacks = Vec::new();
        for alg in names.map(Value::from).into_iter().chain(other_types) {
            let unsigned = forger.unsigned(&alg);
            let signature = parts(&forger.token)[2];
            attacks.push(bearer(format!("alg {alg}"), &format!("{unsigned}.")));
            attacks.push(bearer(format!("alg {alg} with a signature"), &format!("{unsigned}.{signature}")));
        }
        let without_alg = forger.sign(&forger.without_header("alg"), &forger.claims);
        attacks.push(bearer("no alg", &without_alg));
        attacks
    })
    .await;
}

#[tokio::test]
async fn our_public_key_is_not_accepted_as_a_shared_secret() {
    assert_all_are_refused(async |forger| {
        let mut attacks = Vec::new();
        for algorithm in ["HS256", "HS384", "HS512"] {
            for (encoding, secret) in forger.encodings_of_public_key() {
                let token = forger.sign_symmetric(algorithm, &secret);
                attacks.push(bearer(format!("{algorithm} with our public key as {encoding}"), &token));
            }
        }
        attacks
    })
    .await;
}

#[tokio::test]
async fn other_asymmetric_algorithms_are_refused() {
    assert_all_are_refused(async |forger| {
        let tokens = forger.sign_with_other_rsa_algorithms().into_iter().chain(forger.sign_with_curves());
        let lower_case = forger.sign(&forger.with_header("alg", "rs256"), &forger.claims);
        tokens.chain([("rs256", lower_case)]).map(|(name, token)| bearer(name, &token)).collect()
    })
    .await;
}
