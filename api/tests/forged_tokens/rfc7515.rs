//! The examples of RFC 7515, appendix A, and encodings that it forbids. `algorithms.rs`, `encoding.rs`, `headers.rs`
//! and `keys.rs` test the other cases of RFC 7515 and RFC 8725.

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde_json::json;

use super::forger::parts;
use super::{assert_all_are_refused, bearer};

const PAYLOAD: &str =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

/// Appendix A.2: RS256.
const RS256_HEADER: &str = "eyJhbGciOiJSUzI1NiJ9";
const RS256_SIGNATURE: &str = "\
cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9\
uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB\
_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rq\
Vt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const RS256_MODULUS: &str = "\
ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yR\
T-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXB\
dQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9ia\
GNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";

/// Appendixes A.1, A.3 and A.5: the headers and signatures of HS256, ES256 and `none`.
const OTHER_EXAMPLES: [(&str, &str); 3] = [
    ("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
    (
        "eyJhbGciOiJFUzI1NiJ9",
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
    ),
    ("eyJhbGciOiJub25lIn0", ""),
];

#[test]
fn the_signature_of_the_rs256_example_is_valid() {
    let key = DecodingKey::from_rsa_components(RS256_MODULUS, "AQAB").unwrap();
    let verify =
        |input: String| crypto::verify(RS256_SIGNATURE, input.as_bytes(), &key, Algorithm::RS256).unwrap();
    assert!(verify(format!("{RS256_HEADER}.{PAYLOAD}")));
    assert!(!verify(format!("{RS256_HEADER}.{PAYLOAD}A")));
}

#[tokio::test]
async fn the_examples_are_not_access_tokens() {
    assert_all_are_refused(async |_| {
        let examples = OTHER_EXAMPLES.into_iter().chain([(RS256_HEADER, RS256_SIGNATURE)]);
        examples
            .map(|(header, signature)| bearer(header, &format!("{header}.{PAYLOAD}.{signature}")))
            .collect()
    })
    .await;
}

/// The last character of the encoding carries bits that decoders must not ignore. Otherwise, one token has
/// several encodings (RFC 4648, section 3.5).
#[tokio::test]
async fn a_signed_token_with_trailing_bits_is_refused() {
    assert_all_are_refused(async |forger| {
        let (header, claims) = (forger.header.to_string(), forger.claims.to_string());
        let mut attacks = Vec::new();
        for spaces in 0..3 {
            // White space after the JSON makes the last character carry unused bits.
            let encode = |json: &str| BASE64_URL_SAFE_NO_PAD.encode(json.to_owned() + &" ".repeat(spaces));
            let (header, claims) = (encode(&header), encode(&claims));
            let changed_header = with_trailing_bits(&header).map(|header| format!("{header}.{claims}"));
            let changed_claims = with_trailing_bits(&claims).map(|claims| format!("{header}.{claims}"));
            for input in changed_header.into_iter().chain(changed_claims) {
                attacks.push(bearer(format!("{spaces} spaces"), &forger.sign_input(&input)));
            }
        }
        assert_eq!(attacks.len(), 4);
        attacks
    })
    .await;
}

/// Sets a bit of the last character that the decoder does not use, or returns `None` if there is none.
fn with_trailing_bits(base64url: &str) -> Option<String> {
    let (start, last) = base64url.split_at(base64url.len() - 1);
    let index = URL_SAFE.as_str().find(last)?;
    let next = URL_SAFE.as_str().get(index + 1..index + 2)?;
    (!base64url.len().is_multiple_of(4)).then(|| format!("{start}{next}"))
}

#[tokio::test]
async fn a_jws_in_general_json_serialization_is_refused() {
    assert_all_are_refused(async |forger| {
        let [header, claims, signature] = parts(&forger.token);
        let signatures = json!([{"protected": header, "signature": signature}]);
        let general = json!({"payload": claims, "signatures": signatures}).to_string();
        vec![bearer("general JSON", &general)]
    })
    .await;
}
