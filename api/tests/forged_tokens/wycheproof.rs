//! The vectors of Wycheproof for RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2).
//!
//! `jsonwebtoken` verifies all tokens, so its verifier gets the original vectors. The entry points get re-signed
//! vectors: tokens with the same mistakes in their signatures, made with our own key.

use api::crypto::sha256;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use num_bigint::BigUint;
use serde_json::json;
use simple_asn1::ASN1Block;
use wycheproof::TestResult;
use wycheproof::rsa_pkcs1_verify::{TestFlag, TestName, TestSet};

use super::forger::{joined, signing_input};
use super::{assert_all_are_refused, bearer};
use crate::support::identity_provider::{AppWithProvider, token_header};
use crate::support::key_ring::test_key_ring;

/// Maximum number of vectors with the same flags that each entry point gets. Re-signing is slow.
const VECTORS_PER_FLAGS: usize = 3;

/// A vector whose signature is as long as its modulus, in a form that any key can sign. `forged_tokens/encoding.rs`
/// tests signatures of other lengths.
struct Vector {
    description: String,
    is_valid: bool,
    message: Vec<u8>,
    /// The encoded message (RFC 8017, section 9.2), which the signature contains.
    encoded: Vec<u8>,
    /// The signature, divided by the modulus without remainder: 0, unless the signature is too large.
    quotient: BigUint,
}

/// The vectors of keys of 3,072 bits, like ours.
fn vectors() -> Vec<Vector> {
    let mut vectors = Vec::new();
    for group in TestSet::load(TestName::Rsa3072Sha256).unwrap().test_groups {
        let (mut flags, n) = (Vec::<Vec<TestFlag>>::new(), BigUint::from_bytes_be(&group.key.n));
        let e = BigUint::from_bytes_be(&group.key.e);
        for test in group.tests {
            let has_enough = flags.iter().filter(|flags| **flags == test.flags).count() >= VECTORS_PER_FLAGS;
            if has_enough || test.sig.len() * 8 != group.key_size {
                continue;
            }
            let signature = BigUint::from_bytes_be(&test.sig);
            vectors.push(Vector {
                description: format!("{} {}", test.tc_id, test.comment),
                is_valid: test.result == TestResult::Valid,
                message: test.msg.to_vec(),
                encoded: padded(&signature.modpow(&e, &n)),
                quotient: signature / &n,
            });
            flags.push(test.flags);
        }
    }
    vectors
}

impl Vector {
    /// Signs a token with our key, and repeats the mistake of this vector's signature, if it has one.
    fn sign(&self, input: &str, key: &PrivateKey) -> Vec<u8> {
        let (old, new) = (sha256(&self.message), sha256(input));
        let mut encoded = self.encoded.clone();
        if let Some(start) = encoded.windows(old.len()).position(|window| window == old) {
            encoded[start..start + new.len()].copy_from_slice(&new);
        }
        padded(&(key.sign(&BigUint::from_bytes_be(&encoded)) + &self.quotient * &key.p * &key.q))
    }
}

/// Returns an integer as at least 384 bytes, the size of a modulus of 3,072 bits.
fn padded(integer: &BigUint) -> Vec<u8> {
    let bytes = integer.to_bytes_be();
    [vec![0; 384_usize.saturating_sub(bytes.len())], bytes].concat()
}

/// An RSA private key with which the tests sign any integer: its primes and their exponents and coefficient (RFC 8017,
/// section 3.2).
struct PrivateKey {
    p: BigUint,
    q: BigUint,
    d_p: BigUint,
    d_q: BigUint,
    q_inv: BigUint,
}

impl PrivateKey {
    /// Returns our signing key.
    fn ours() -> Self {
        let (public, private) = test_key_ring();
        let pkcs8 = sequence(pem::parse(&private.keys[&public.current]).unwrap().contents());
        let ASN1Block::OctetString(_, pkcs1) = &pkcs8[2] else { panic!("{pkcs8:?}") };
        // The version, n, e and d come first (RFC 8017, appendix A.1.2).
        let integers = sequence(pkcs1).into_iter().skip(4).map(|block| match block {
            ASN1Block::Integer(_, integer) => integer.to_biguint().unwrap(),
            other => panic!("{other:?}"),
        });
        let [p, q, d_p, d_q, q_inv] = integers.collect::<Vec<_>>().try_into().unwrap();
        Self { p, q, d_p, d_q, q_inv }
    }

    /// RSASP1 (RFC 8017, section 5.2.1).
    fn sign(&self, message: &BigUint) -> BigUint {
        let (s_1, s_2) = (message.modpow(&self.d_p, &self.p), message.modpow(&self.d_q, &self.q));
        let h = (s_1 + &self.p - &s_2 % &self.p) * &self.q_inv % &self.p;
        s_2 + &self.q * h
    }
}

fn sequence(der: &[u8]) -> Vec<ASN1Block> {
    match simple_asn1::from_der(der).unwrap().swap_remove(0) {
        ASN1Block::Sequence(_, blocks) => blocks,
        other => panic!("{other:?}"),
    }
}

/// The only vectors whose result is open lack the NULL parameter of the hash algorithm. We refuse them.
#[test]
fn exactly_the_valid_signatures_are_accepted() {
    for name in [TestName::Rsa2048Sha256, TestName::Rsa3072Sha256, TestName::Rsa4096Sha256] {
        for group in TestSet::load(name).unwrap().test_groups {
            let base64url = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
            let [n, e] =
                [&group.key.n, &group.key.e].map(|integer| BigUint::from_bytes_be(integer).to_bytes_be());
            // Our keys are created from base64url, and those of the external identity provider from bytes.
            let keys = [
                DecodingKey::from_rsa_components(&base64url(&n), &base64url(&e)).unwrap(),
                DecodingKey::from_rsa_raw_components(&n, &e),
            ];
            for test in &group.tests {
                let is_accepted = keys.each_ref().map(|key| {
                    crypto::verify(&base64url(&test.sig), &test.msg, key, Algorithm::RS256).unwrap()
                });
                let is_valid = test.result == TestResult::Valid;
                assert_eq!(is_accepted, [is_valid; 2], "{name:?}: {} {}", test.tc_id, test.comment);
            }
        }
    }
}

#[tokio::test]
async fn re_signed_invalid_signatures_are_refused() {
    let (vectors, key) = (vectors(), PrivateKey::ours());
    assert_all_are_refused(async |forger| {
        let input = signing_input(&forger.header.to_string(), &forger.claims.to_string());
        let valid_token = forger.sign(&forger.header, &forger.claims);
        let mut attacks = Vec::new();
        for vector in &vectors {
            let token = joined(&input, &vector.sign(&input, &key));
            assert_eq!(token == valid_token, vector.is_valid, "{}", vector.description);
            if !vector.is_valid {
                attacks.push(bearer(&vector.description, &token));
            }
        }
        attacks
    })
    .await;
}

#[tokio::test]
async fn re_signed_invalid_signatures_of_the_external_identity_provider_are_refused() {
    let app = AppWithProvider::start("").await;
    let (public, _) = test_key_ring();
    let public_key = &public.keys[&public.current];
    app.provider.publish(json!([{"kty": "RSA", "kid": "first", "n": public_key.n, "e": public_key.e}]));
    let input = signing_input(&json!(token_header("first")).to_string(), &app.claims().to_string());
    let key = PrivateKey::ours();
    for vector in vectors() {
        let reply = app.get_me(&joined(&input, &vector.sign(&input, &key))).await;
        assert_eq!(reply.status, if vector.is_valid { 200 } else { 401 }, "{}", vector.description);
    }
}
