//! Tokens that are cut, joined, bent or shown in another way.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::json;

use super::attack;
use super::bearer;
use super::forger::input;
use super::forger::joined;
use super::forger::parts;

#[tokio::test]
async fn signatures_cut_flipped_swapped_and_malleable() {
    attack(async |forger| {
        let [header, claims, signature] = parts(&forger.token);
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
        let signed = format!("{header}.{claims}");
        let mut attacks = Vec::new();
        for cut in [1, 4, 100, signature.len()] {
            let shorter = &signature[..signature.len() - cut];
            attacks.push(bearer(format!("{cut} characters cut"), &format!("{signed}.{shorter}")));
        }
        for bit in [0, 7, 1_000, 3_071] {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            attacks.push(bearer(format!("bit {bit} flipped"), &joined(&signed, &flipped)));
        }
        attacks.push(bearer("a longer one", &joined(&signed, &[&[0], bytes.as_slice()].concat())));
        attacks.push(bearer("zeros after it", &joined(&signed, &[bytes.as_slice(), &[0]].concat())));
        attacks.push(bearer("all zeros", &joined(&signed, &vec![0; bytes.len()])));
        attacks.push(bearer("all ones", &joined(&signed, &vec![255; bytes.len()])));
        attacks.push(bearer("one", &joined(&signed, &[&vec![0; bytes.len() - 1][..], &[1]].concat())));
        let others = forger.sign(&forger.header, &forger.with_claim("sub", "bob"));
        let swapped = format!("{}.{}.{signature}", parts(&others)[0], parts(&others)[1]);
        attacks.push(bearer("another token's", &swapped));
        let standard = signature.replace('-', "+").replace('_', "/");
        if standard != signature {
            attacks.push(bearer("in standard base64", &format!("{signed}.{standard}")));
        }
        attacks
    })
    .await;
}

#[tokio::test]
async fn what_is_no_token() {
    attack(async |forger| {
        let token = &forger.token;
        let [header, claims, signature] = parts(token);
        let json = json!({"protected": header, "payload": claims, "signature": signature}).to_string();
        let not_json = input("not json", "{}");
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
        .map(|wrong| bearer(format!("{wrong:.60}"), &wrong))
        .collect()
    })
    .await;
}

#[tokio::test]
async fn other_ways_to_show_a_token() {
    attack(async |forger| {
        let honest = format!("Bearer {}", forger.token);
        let [header, claims, signature] = parts(&forger.token);
        let headers = [
            vec![],
            vec![String::new()],
            vec!["Bearer".to_owned()],
            vec![format!("Basic {}", forger.token)],
            vec![format!("Bearer Bearer {}", forger.token)],
            vec![format!("Bearer={}", forger.token)],
            vec![format!("Bearer\u{b}{}", forger.token)],
            vec![format!("Digest token={}", forger.token)],
            vec![format!("Bearer {header}.\n{claims}.{signature}")],
            vec![format!("Bearer {header}.{claims}\n .{signature}")],
            vec![format!("Bearer\n{}", forger.token)],
            vec![honest.clone(), honest.clone()],
            vec![honest.clone(), "Bearer x".to_owned()],
            vec!["Bearer x".to_owned(), honest.clone()],
            vec![honest, String::new()],
        ];
        let headers = headers.into_iter().enumerate();
        headers.map(|(number, headers)| (format!("the {number}th of the list"), headers)).collect()
    })
    .await;
}
