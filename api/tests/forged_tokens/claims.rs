//! What a token claims.

use serde_json::{Value, json};

use super::Attack;
use super::attack;
use super::bearer;
use super::forger::changed;

#[tokio::test]
async fn claims_missing_of_the_wrong_type_or_twice() {
    attack(async |forger| {
        let mut attacks = Vec::new();
        for name in ["iss", "aud", "client_id", "sub", "sid", "scope", "iat", "exp", "jti"] {
            let mut without = forger.claims.clone();
            let honest = without.as_object_mut().unwrap().remove(name).unwrap();
            attacks.push(bearer(format!("no {name}"), &forger.sign(&forger.header, &without)));
            let other = if name == "jti" { json!(0) } else { json!("someone-else") };
            let wrongs = [
                Value::Null,
                json!({}),
                json!([honest]),
                json!([]),
                json!(true),
                json!(-1),
                json!(1.5),
                other,
            ];
            for wrong in wrongs {
                let claims = forger.with_claim(name, wrong.clone());
                attacks.push(bearer(format!("{name} {wrong}"), &forger.sign(&forger.header, &claims)));
            }
            for second in [honest.clone(), json!("someone-else")] {
                for twice in [
                    forger.claims.to_string().replacen('{', &format!("{{\"{name}\":{second},"), 1),
                    forger.claims.to_string().replace('}', &format!(",\"{name}\":{second}}}")),
                ] {
                    attacks.push(bearer(
                        format!("{name} twice"),
                        &forger.sign_text(&forger.header.to_string(), &twice),
                    ));
                }
            }
        }
        for not_claims in ["", "null", "[]", "\"ann\"", "7", "{", "{}", "{}{}", "\u{feff}{}"] {
            let token = forger.sign_text(&forger.header.to_string(), not_claims);
            attacks.push(bearer(format!("claims {not_claims:?}"), &token));
        }
        attacks
    })
    .await;
}

#[tokio::test]
async fn times_and_names_out_of_range() {
    attack(async |forger| {
        let iat = forger.claims["iat"].as_i64().unwrap();
        let times = [
            (iat, iat + 601),
            (iat + 60, iat + 600),
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
        for (name, text) in
            [("exp", "1e400"), ("exp", "18446744073709551616"), ("iat", "1e999"), ("exp", "NaN")]
        {
            let honest = format!("\"{name}\":{}", forger.claims[name]);
            let claims = forger.claims.to_string().replace(&honest, &format!("\"{name}\":{text}"));
            let token = forger.sign_text(&forger.header.to_string(), &claims);
            attacks.push(bearer(format!("{name} {text}"), &token));
        }
        let issuer = forger.claims["iss"].as_str().unwrap();
        for (name, wrong) in [
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
        ] {
            let claims = forger.with_claim(name, wrong.clone());
            attacks.push(bearer(format!("{name} {wrong:.60}"), &forger.sign(&forger.header, &claims)));
        }
        let claims = forger.with_claim("nbf", iat + 3600);
        attacks.push(bearer("not before an hour has passed", &forger.sign(&forger.header, &claims)));
        attacks
    })
    .await;
}
