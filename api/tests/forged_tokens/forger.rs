//! An attacker that signs tokens with its own keys. To test one change at a time, it also signs tokens with our signing
//! key.

use std::sync::OnceLock;

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    self, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RsaEncoding,
};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use pem::{EncodeConfig, LineEnding, Pem};
use serde_json::{Value, json};

use crate::support::entry_point::EntryPoint;
use crate::support::key_ring::test_key_ring;
use crate::support::with_members;

/// A valid token of one entry point, its parts, and our signing key.
pub struct Forger {
    pub token: String,
    pub header: Value,
    pub claims: Value,
    our_key: KeyPair,
}

impl Forger {
    /// Signs up a user at an entry point.
    pub async fn start(entry_point: &EntryPoint, username: &str) -> Self {
        let token = entry_point.sign_up(username).await;
        let [header, claims, _] = parts(&token).map(|part| BASE64_URL_SAFE_NO_PAD.decode(part).unwrap());
        let (public, private) = test_key_ring();
        let our_key = pem::parse(&private.keys[&public.current]).unwrap();
        Self {
            token,
            header: serde_json::from_slice(&header).unwrap(),
            claims: serde_json::from_slice(&claims).unwrap(),
            our_key: KeyPair::from_pkcs8(our_key.contents()).unwrap(),
        }
    }

    /// Signs a token with our key.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        self.sign_text(&header.to_string(), &claims.to_string())
    }

    /// Signs texts that need not be JSON with our key.
    pub fn sign_text(&self, header: &str, claims: &str) -> String {
        self.sign_input(&signing_input(header, claims))
    }

    /// Signs an encoded header and claims with our key.
    pub fn sign_input(&self, input: &str) -> String {
        sign_rsa(&self.our_key, &signature::RSA_PKCS1_SHA256, input)
    }

    /// Returns the valid header with this member added or replaced.
    pub fn with_header(&self, name: &str, value: impl Into<Value>) -> Value {
        changed(&self.header, name, value.into())
    }

    /// Returns the valid header without a member.
    pub fn without_header(&self, name: &str) -> Value {
        with_members(&self.header, &json!({ name: null }))
    }

    /// Returns the valid claims with this claim added or replaced.
    pub fn with_claim(&self, name: &str, value: impl Into<Value>) -> Value {
        changed(&self.claims, name, value.into())
    }

    /// Returns the valid header and claims with another algorithm, without a signature.
    pub fn unsigned(&self, algorithm: &Value) -> String {
        signing_input(&self.with_header("alg", algorithm.clone()).to_string(), &self.claims.to_string())
    }

    /// Signs the valid claims with HMAC.
    pub fn sign_symmetric(&self, name: &str, secret: &[u8]) -> String {
        let algorithm = match name {
            "HS256" => hmac::HMAC_SHA256,
            "HS384" => hmac::HMAC_SHA384,
            _ => hmac::HMAC_SHA512,
        };
        let input = self.unsigned(&json!(name));
        let tag = hmac::sign(&hmac::Key::new(algorithm, secret), input.as_bytes());
        joined(&input, tag.as_ref())
    }

    /// Signs the valid claims with our key and other RSA algorithms.
    pub fn sign_with_other_rsa_algorithms(&self) -> Vec<(&'static str, String)> {
        let algorithms: [(&str, &dyn RsaEncoding); 5] = [
            ("RS384", &signature::RSA_PKCS1_SHA384),
            ("RS512", &signature::RSA_PKCS1_SHA512),
            ("PS256", &signature::RSA_PSS_SHA256),
            ("PS384", &signature::RSA_PSS_SHA384),
            ("PS512", &signature::RSA_PSS_SHA512),
        ];
        let sign = |(name, encoding)| (name, sign_rsa(&self.our_key, encoding, &self.unsigned(&json!(name))));
        algorithms.map(sign).into()
    }

    /// Signs the valid claims with new keys on elliptic curves.
    pub fn sign_with_curves(&self) -> [(&'static str, String); 2] {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let es256 = self.unsigned(&json!("ES256"));
        let es256 = joined(&es256, pair.sign(&SystemRandom::new(), es256.as_bytes()).unwrap().as_ref());
        let eddsa = self.unsigned(&json!("EdDSA"));
        let eddsa = joined(&eddsa, Ed25519KeyPair::generate().unwrap().sign(eddsa.as_bytes()).as_ref());
        [("ES256", es256), ("EdDSA", eddsa)]
    }

    /// Signs the valid claims with the attacker's RSA key.
    pub fn sign_as_attacker(&self, header: &Value) -> String {
        let input = signing_input(&header.to_string(), &self.claims.to_string());
        sign_rsa(attacker_key(), &signature::RSA_PKCS1_SHA256, &input)
    }

    /// Returns our public key in all common encodings, with their names.
    pub fn encodings_of_public_key(&self) -> Vec<(&'static str, Vec<u8>)> {
        let spki: PublicKeyX509Der<'_> = self.our_key.public_key().as_der().unwrap();
        let pkcs1 = self.our_key.public_key().as_ref();
        let public = &test_key_ring().0;
        let key = &public.keys[&public.current];
        let jwk = json!({"kty": "RSA", "n": key.n, "e": key.e});
        vec![
            ("PEM", pem("PUBLIC KEY", spki.as_ref()).into_bytes()),
            ("PEM without the last line end", pem("PUBLIC KEY", spki.as_ref()).trim_end().into()),
            ("PKCS#1 PEM", pem("RSA PUBLIC KEY", pkcs1).into_bytes()),
            ("DER", spki.as_ref().to_vec()),
            ("PKCS#1 DER", pkcs1.to_vec()),
            ("JWK", jwk.to_string().into_bytes()),
            ("modulus", BASE64_URL_SAFE_NO_PAD.decode(&key.n).unwrap()),
            ("modulus in base64url", key.n.clone().into_bytes()),
            ("an empty string", Vec::new()),
        ]
    }
}

/// Returns the attacker's public key as a JWK with this `kid`.
pub fn attacker_jwk(kid: &Value) -> Value {
    let public = attacker_key().public_key();
    let n = BASE64_URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero());
    json!({"kty": "RSA", "alg": "RS256", "use": "sig", "kid": kid, "n": n, "e": "AQAB"})
}

/// Returns the encoded header, claims and signature of a token.
pub fn parts(token: &str) -> [&str; 3] {
    token.split('.').collect::<Vec<_>>().try_into().unwrap()
}

/// Returns the encoded header and claims (RFC 7515, section 5.1).
pub fn signing_input(header: &str, claims: &str) -> String {
    format!("{}.{}", BASE64_URL_SAFE_NO_PAD.encode(header), BASE64_URL_SAFE_NO_PAD.encode(claims))
}

/// Returns a token from its signing input and its signature.
pub fn joined(input: &str, signature: &[u8]) -> String {
    format!("{input}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

/// Returns a JSON object with this member added or replaced. Null does not remove it.
pub fn changed(object: &Value, name: &str, value: Value) -> Value {
    let mut changed = object.clone();
    changed[name] = value;
    changed
}

fn attacker_key() -> &'static KeyPair {
    static KEY: OnceLock<KeyPair> = OnceLock::new();
    KEY.get_or_init(|| KeyPair::generate(KeySize::Rsa3072).unwrap())
}

fn sign_rsa(key: &KeyPair, encoding: &'static dyn RsaEncoding, input: &str) -> String {
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(encoding, &SystemRandom::new(), input.as_bytes(), &mut signature).unwrap();
    joined(input, &signature)
}

fn pem(label: &str, der: &[u8]) -> String {
    pem::encode_config(&Pem::new(label, der), EncodeConfig::new().set_line_ending(LineEnding::LF))
}
