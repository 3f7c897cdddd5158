//! Tokens with the header of another type of token, or with a repeated member.

use serde_json::{Value, json};

use super::{assert_all_are_refused, bearer};

#[tokio::test]
async fn a_token_of_another_type_is_refused() {
    assert_all_are_refused(async |forger| {
        let types =
            [json!("JWT"), json!("jwt"), json!("at+JWT "), json!("id+jwt"), json!(""), json!(7), Value::Null];
        let mut attacks = vec![bearer("no typ", &forger.sign(&forger.without_header("typ"), &forger.claims))];
        for typ in types {
            let token = forger.sign(&forger.with_header("typ", typ.clone()), &forger.claims);
            attacks.push(bearer(format!("typ {typ}"), &token));
        }
        attacks
    })
    .await;
}

#[tokio::test]
async fn a_header_that_repeats_a_member_is_refused() {
    assert_all_are_refused(async |forger| {
        let mut attacks = Vec::new();
        for (name, value) in [("alg", "none"), ("alg", "RS256"), ("typ", "at+jwt"), ("kid", "x")] {
            let repeated = forger.header.to_string().replacen('{', &format!("{{\"{name}\":\"{value}\","), 1);
            attacks.push(bearer(
                format!("two {name}"),
                &forger.sign_text(&repeated, &forger.claims.to_string()),
            ));
        }
        attacks
    })
    .await;
}
