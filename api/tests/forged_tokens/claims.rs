//! Tokens with missing, malformed, repeated or wrong claims, signed with our own key.

use serde_json::{Value, json};

use super::forger::changed;
use super::{Attack, assert_all_are_refused, bearer};

#[tokio::test]
async fn missing_malformed_and_repeated_claims_are_refused() {
    assert_all_are_refused(async |forger| {
        let header = forger.header.to_string();
        let mut attacks = Vec::new();
        for name in ["iss", "aud", "client_id", "sub", "sid", "scope", "iat", "exp", "jti"] {
            let mut claims = forger.claims.clone();
            let valid = claims.as_object_mut().unwrap().remove(name).unwrap();
            attacks.push(bearer(format!("no {name}"), &forger.sign(&forger.header, &claims)));
            let other = if name == "jti" { json!(0) } else { json!("someone-else") };
            for wrong in
                [Value::Null, json!({}), json!([valid]), json!([]), json!(true), json!(-1), json!(1.5), other]
            {
                let claims = forger.with_claim(name, wrong.clone());
                attacks.push(bearer(format!("{name} {wrong}"), &forger.sign(&forger.header, &claims)));
            }
            for second in [valid.clone(), json!("someone-else")] {
                let claims = forger.claims.to_string();
                for repeated in [
                    claims.replacen('{', &format!("{{\"{name}\":{second},"), 1),
                    claims.replace('}', &format!(",\"{name}\":{second}}}")),
                ] {
                    attacks.push(bearer(format!("two {name}"), &forger.sign_text(&header, &repeated)));
                }
            }
        }
        for claims in ["", "null", "[]", "\"ann\"", "7", "{", "{}", "{}{}", "\u{feff}{}"] {
            attacks.push(bearer(format!("claims {claims:?}"), &forger.sign_text(&header, claims)));
        }
        attacks
    })
    .await;
}

#[tokio::test]
async fn times_out_of_range_are_refused() {
    assert_all_are_refused(async |forger| {
        let iat = forger.claims["iat"].as_i64().unwrap();
        // The first token becomes valid after a minute, so it must be sent early.
        let times = [
            (iat + 60, iat + 600),
            (iat, iat + 601),
            (iat, iat - 60),
            (iat - 1200, iat - 600),
            (0, i64::MAX),
            (i64::MIN, i64::MAX),
            (i64::MIN, iat + 600),
            (-iat, iat + 600),
            (iat * 1000, (iat + 600) * 1000),
        ];
        let mut attacks: Vec<Attack> = times
            .map(|(iat, exp)| {
                let claims = changed(&forger.with_claim("iat", iat), "exp", exp.into());
                bearer(format!("from {iat} to {exp}"), &forger.sign(&forger.header, &claims))
            })
            .into();
        for (name, number) in
            [("exp", "1e400"), ("exp", "18446744073709551616"), ("iat", "1e999"), ("exp", "NaN")]
        {
            let valid = format!("\"{name}\":{}", forger.claims[name]);
            let claims = forger.claims.to_string().replace(&valid, &format!("\"{name}\":{number}"));
            let token = forger.sign_text(&forger.header.to_string(), &claims);
            attacks.push(bearer(format!("{name} {number}"), &token));
        }
        let claims = forger.with_claim("nbf", iat + 3600);
        attacks.push(bearer("not valid before an hour has passed", &forger.sign(&forger.header, &claims)));
        attacks
    })
    .await;
}

#[tokio::test]
async fn wrong_issuers_audiences_scopes_users_and_sessions_are_refused() {
    assert_all_are_refused(async |forger| {
        let issuer = forger.claims["iss"].as_str().unwrap();
        [
            ("iss", format!("{issuer}/")),
            ("iss", issuer.to_uppercase()),
            ("iss", format!("{issuer}.evil.example")),
            ("aud", "WISHBOARD".to_owned()),
            ("scope", "wishboard admin".to_owned()),
            ("scope", String::new()),
            ("sub", "Ann".to_owned()),
            ("sub", "bob".to_owned()),
            ("sub", "ann#".to_owned()),
            ("sub", String::new()),
            ("sid", String::new()),
            ("sid", "x".repeat(5_000)),
            ("sid", "../ann".to_owned()),
        ]
        .map(|(name, wrong)| {
            let claims = forger.with_claim(name, wrong.clone());
            bearer(format!("{name} {wrong:.60}"), &forger.sign(&forger.header, &claims))
        })
        .into()
    })
    .await;
}
