//! Tokens with a changed signature or encoding, and strings that are not a JWS in compact serialization (RFC 7515,
//! section 3.1).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::json;

use super::forger::{joined, parts, signing_input};
use super::{assert_all_are_refused, bearer};

#[tokio::test]
async fn a_changed_signature_is_refused() {
    assert_all_are_refused(async |forger| {
        let [header, claims, signature] = parts(&forger.token);
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
        let input = format!("{header}.{claims}");
        let mut attacks = Vec::new();
        for length in [1, 4, 100, signature.len()] {
            let shorter = &signature[..signature.len() - length];
            attacks.push(bearer(format!("{length} characters removed"), &format!("{input}.{shorter}")));
        }
        for bit in [0, 7, 1_000, 3_071] {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            attacks.push(bearer(format!("bit {bit} flipped"), &joined(&input, &flipped)));
        }
        for (description, bytes) in [
            ("a zero before it", [&[0], bytes.as_slice()].concat()),
            ("a zero after it", [bytes.as_slice(), &[0]].concat()),
            ("all zeros", vec![0; bytes.len()]),
            ("all ones", vec![255; bytes.len()]),
            ("the number 1", [&vec![0; bytes.len() - 1][..], &[1]].concat()),
        ] {
            attacks.push(bearer(description, &joined(&input, &bytes)));
        }
        let other = forger.sign(&forger.header, &forger.with_claim("sub", "bob"));
        let [header, claims, _] = parts(&other);
        attacks.push(bearer("the signature of another token", &format!("{header}.{claims}.{signature}")));
        let standard = signature.replace('-', "+").replace('_', "/");
        if standard != signature {
            attacks.push(bearer("in base64, not base64url", &format!("{input}.{standard}")));
        }
        attacks
    })
    .await;
}

#[tokio::test]
async fn a_string_that_is_not_a_compact_jws_is_refused() {
    assert_all_are_refused(async |forger| {
        let token = &forger.token;
        let [header, claims, signature] = parts(token);
        let json = json!({"protected": header, "payload": claims, "signature": signature}).to_string();
        let not_json = signing_input("not json", "{}");
        [
            header.to_owned(),
            format!("{header}.{claims}"),
            format!("{token}.{signature}"),
            format!("{token}.{signature}.{signature}"),
            format!("{header}.{claims}.{signature}="),
            format!("{header}=.{claims}.{signature}"),
            format!("{header}.{claims}==.{signature}"),
            format!("{header}..{signature}"),
            format!(".{claims}.{signature}"),
            format!("{header}.{claims} .{signature}"),
            format!("{token}."),
            format!(".{token}"),
            format!("{token},{token}"),
            format!("{token} {token}"),
            format!("{header}%2E{claims}%2E{signature}"),
            format!("{header}.{claims}.{signature}%00"),
            format!("{not_json}.{signature}"),
            format!("\"{token}\""),
            json,
            "..".to_owned(),
            ".".to_owned(),
            String::new(),
            "null".to_owned(),
            "é.é.é".to_owned(),
            "x".repeat(8_000),
            ".".repeat(8_000),
        ]
        .into_iter()
        .map(|string| bearer(format!("{string:.60}"), &string))
        .collect()
    })
    .await;
}
