//! The JWK Set (RFC 7517) of the external identity provider: selects the keys that verify RS256 signatures. Skips the
//! keys that providers publish for other purposes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::DecodingKey;
use serde::Deserialize;
use serde_json::Value;

/// Accepted sizes of a modulus, in bits. Smaller keys are weak, and verification with larger ones is slow.
const MODULUS_BITS: RangeInclusive<usize> = 2048..=8192;

/// Accepted sizes of a public exponent, in bits. A size of one bit is the exponent 1, for which anyone can create a
/// valid signature. The upper bound is that of aws-lc.
const EXPONENT_BITS: RangeInclusive<usize> = 2..=33;

/// Operations that a signature key may name in `key_ops` (RFC 7517, section 4.3).
const SIGNATURE_OPERATIONS: [&str; 2] = ["sign", "verify"];

/// A JWK Set (RFC 7517, section 5) whose keys are not parsed yet.
#[derive(Deserialize)]
pub(super) struct JwkSet {
    pub(super) keys: Vec<Value>,
}

/// An RSA public key (RFC 7518, section 6.3.1) and its permitted uses. An optional member may be missing, but must not
/// be `null`.
#[derive(Deserialize)]
struct RsaJwk {
    kty: String,
    kid: String,
    n: String,
    e: String,
    #[serde(rename = "use", default, with = "serde_with::rust::unwrap_or_skip")]
    public_key_use: Option<String>,
    #[serde(default, with = "serde_with::rust::unwrap_or_skip")]
    key_ops: Option<Vec<String>>,
    #[serde(default, with = "serde_with::rust::unwrap_or_skip")]
    alg: Option<String>,
}

impl JwkSet {
    /// Returns the keys that verify RS256 signatures, by `kid`. Omits keys that share a `kid`, because a token would
    /// not say which of them has signed it.
    pub(super) fn into_verifiers(self) -> BTreeMap<String, DecodingKey> {
        let mut verifiers = BTreeMap::new();
        for (kid, key) in self.keys.into_iter().filter_map(parse_verifier) {
            verifiers.entry(kid).and_modify(|key| *key = None).or_insert(Some(key));
        }
        for kid in verifiers.iter().filter(|(_, key)| key.is_none()).map(|(kid, _)| kid) {
            tracing::warn!(
                ?kid,
                "several keys of the external identity provider share a kid, so none of them is used"
            );
        }
        verifiers.into_iter().filter_map(|(kid, key)| Some((kid, key?))).collect()
    }
}

fn parse_verifier(jwk: Value) -> Option<(String, DecodingKey)> {
    let jwk: RsaJwk = serde_json::from_value(jwk).ok()?;
    let (modulus, exponent) = (unsigned_integer(&jwk.n)?, unsigned_integer(&jwk.e)?);
    let is_usable = jwk.kty == "RSA"
        && jwk.alg.as_deref().is_none_or(|alg| alg == "RS256")
        && jwk.public_key_use.as_deref().is_none_or(|public_key_use| public_key_use == "sig")
        && jwk.key_ops.as_deref().is_none_or(allows_verification)
        && is_odd(&modulus)
        && is_odd(&exponent)
        && MODULUS_BITS.contains(&bits(&modulus))
        && EXPONENT_BITS.contains(&bits(&exponent));
    is_usable.then(|| (jwk.kid, DecodingKey::from_rsa_raw_components(&modulus, &exponent)))
}

/// Returns whether a key with these `key_ops` verifies signatures: they include `verify`, contain no duplicates, and do
/// not include encryption or key agreement.
fn allows_verification(key_ops: &[String]) -> bool {
    let distinct: BTreeSet<&str> = key_ops.iter().map(String::as_str).collect();
    distinct.len() == key_ops.len()
        && distinct.contains("verify")
        && distinct.iter().all(|operation| SIGNATURE_OPERATIONS.contains(operation))
}

/// Decodes a Base64urlUInt (RFC 7518, section 2) to big-endian bytes. Removes padding and leading zeros, which some
/// providers send.
fn unsigned_integer(text: &str) -> Option<Vec<u8>> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()?;
    Some(bytes.into_iter().skip_while(|byte| *byte == 0).collect())
}

/// Returns the number of significant bits of a big-endian integer without leading zeros.
fn bits(integer: &[u8]) -> usize {
    integer.first().map_or(0, |first| integer.len() * 8 - first.leading_zeros() as usize)
}

fn is_odd(integer: &[u8]) -> bool {
    integer.last().is_some_and(|byte| byte & 1 == 1)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Returns whether a key is used whose modulus and exponent have these sizes in bits.
    fn is_used(modulus_bits: usize, exponent_bits: usize) -> bool {
        let odd = |bits: usize| {
            let mut integer = vec![0; bits.div_ceil(8)];
            integer[0] = 1 << ((bits - 1) % 8);
            *integer.last_mut().unwrap() |= 1;
            BASE64_URL_SAFE_NO_PAD.encode(integer)
        };
        let jwk = json!({"kty": "RSA", "kid": "x", "n": odd(modulus_bits), "e": odd(exponent_bits)});
        parse_verifier(jwk).is_some()
    }

    #[test]
    fn the_sizes_of_modulus_and_exponent_are_limited() {
        for (modulus_bits, exponent_bits) in [(2048, 2), (2048, 33), (3072, 17), (8192, 2), (8192, 33)] {
            assert!(is_used(modulus_bits, exponent_bits), "{modulus_bits} {exponent_bits}");
        }
        for (modulus_bits, exponent_bits) in [(2047, 17), (8193, 17), (2048, 1), (2048, 34)] {
            assert!(!is_used(modulus_bits, exponent_bits), "{modulus_bits} {exponent_bits}");
        }
    }
}
