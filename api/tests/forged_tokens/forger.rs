//! Somebody who knows how tokens are made, and holds keys: ours, to change one thing only, and their own.

use std::sync::OnceLock;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    self, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RsaEncoding,
};
use aws_lc_rs::{encoding, hmac};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::support::entry_point::EntryPoint;
use crate::support::test_key_ring;

/// A door's honest token, taken apart, and what signs changed ones.
pub struct Forger {
    pub token: String,
    pub header: Value,
    pub claims: Value,
    ours: KeyPair,
}

impl Forger {
    pub async fn at(entry_point: &EntryPoint, username: &str) -> Self {
        let token = entry_point.sign_up(username).await;
        let [header, claims, _] = parts(&token).map(|part| BASE64_URL_SAFE_NO_PAD.decode(part).unwrap());
        let ours = KeyPair::from_pkcs8(&pkcs8(&test_key_ring().1.keys[&test_key_ring().0.current])).unwrap();
        Self {
            token,
            header: serde_json::from_slice(&header).unwrap(),
            claims: serde_json::from_slice(&claims).unwrap(),
            ours,
        }
    }

    /// Signed as ours are.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        self.sign_text(&header.to_string(), &claims.to_string())
    }

    /// Signed as ours are, whatever the texts.
    pub fn sign_text(&self, header: &str, claims: &str) -> String {
        rsa(&self.ours, &signature::RSA_PKCS1_SHA256, &input(header, claims))
    }

    pub fn with_header(&self, name: &str, value: impl Into<Value>) -> Value {
        changed(&self.header, name, value.into())
    }

    pub fn with_claim(&self, name: &str, value: impl Into<Value>) -> Value {
        changed(&self.claims, name, value.into())
    }

    /// The honest token without its signature, under another algorithm's name.
    pub fn unsigned(&self, algorithm: &Value) -> String {
        input(&self.with_header("alg", algorithm.clone()).to_string(), &self.claims.to_string())
    }

    /// Signed with a key that everybody may know.
    pub fn symmetric(&self, name: &str, secret: &[u8]) -> String {
        let algorithm = match name {
            "HS256" => hmac::HMAC_SHA256,
            "HS384" => hmac::HMAC_SHA384,
            _ => hmac::HMAC_SHA512,
        };
        let input = self.unsigned(&json!(name));
        let tag = hmac::sign(&hmac::Key::new(algorithm, secret), input.as_bytes());
        joined(&input, tag.as_ref())
    }

    /// Signed with our own key by another of its algorithms.
    pub fn by_another_rsa_algorithm(&self) -> Vec<(&'static str, String)> {
        let algorithms: [(&str, &dyn RsaEncoding); 5] = [
            ("RS384", &signature::RSA_PKCS1_SHA384),
            ("RS512", &signature::RSA_PKCS1_SHA512),
            ("PS256", &signature::RSA_PSS_SHA256),
            ("PS384", &signature::RSA_PSS_SHA384),
            ("PS512", &signature::RSA_PSS_SHA512),
        ];
        let sign = |(name, encoding)| (name, rsa(&self.ours, encoding, &self.unsigned(&json!(name))));
        algorithms.map(sign).into()
    }

    /// Signed with somebody's elliptic curve.
    pub fn by_curves(&self) -> [(&'static str, String); 2] {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let es256 = self.unsigned(&json!("ES256"));
        let es256 = joined(&es256, pair.sign(&SystemRandom::new(), es256.as_bytes()).unwrap().as_ref());
        let eddsa = self.unsigned(&json!("EdDSA"));
        let eddsa = joined(&eddsa, Ed25519KeyPair::generate().unwrap().sign(eddsa.as_bytes()).as_ref());
        [("ES256", es256), ("EdDSA", eddsa)]
    }

    /// Signed with a stranger's RSA key, under any header.
    pub fn by_stranger(&self, header: &Value) -> String {
        rsa(stranger(), &signature::RSA_PKCS1_SHA256, &input(&header.to_string(), &self.claims.to_string()))
    }

    /// Everything that our public key can be written as, with a name for it.
    pub fn public_key(&self) -> Vec<(&'static str, Vec<u8>)> {
        let spki: encoding::PublicKeyX509Der<'_> = self.ours.public_key().as_der().unwrap();
        let pkcs1 = self.ours.public_key().as_ref();
        let key = &test_key_ring().0.keys[&test_key_ring().0.current];
        let jwk = json!({"kty": "RSA", "n": key.n, "e": key.e});
        vec![
            ("PEM", pem("PUBLIC KEY", spki.as_ref()).into_bytes()),
            ("PEM without its last line end", pem("PUBLIC KEY", spki.as_ref()).trim_end().into()),
            ("PKCS#1 PEM", pem("RSA PUBLIC KEY", pkcs1).into_bytes()),
            ("DER", spki.as_ref().to_vec()),
            ("PKCS#1 DER", pkcs1.to_vec()),
            ("JWK", jwk.to_string().into_bytes()),
            ("modulus", BASE64_URL_SAFE_NO_PAD.decode(&key.n).unwrap()),
            ("modulus in base64url", key.n.clone().into_bytes()),
            ("nothing", Vec::new()),
        ]
    }
}

/// A stranger's public key, as a JWK that names itself as ours.
pub fn strangers_jwk(kid: &Value) -> Value {
    let public = stranger().public_key();
    let n = BASE64_URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero());
    json!({"kty": "RSA", "alg": "RS256", "use": "sig", "kid": kid, "n": n, "e": "AQAB"})
}

/// Header, claims and signature.
pub fn parts(token: &str) -> [&str; 3] {
    token.split('.').collect::<Vec<_>>().try_into().unwrap()
}

/// Header and claims, as they are signed.
pub fn input(header: &str, claims: &str) -> String {
    format!("{}.{}", BASE64_URL_SAFE_NO_PAD.encode(header), BASE64_URL_SAFE_NO_PAD.encode(claims))
}

/// What was signed, and its signature.
pub fn joined(input: &str, signature: &[u8]) -> String {
    format!("{input}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

/// With a member set, or taken out by `null`.
pub fn changed(object: &Value, name: &str, value: Value) -> Value {
    let mut changed = object.clone();
    changed[name] = value;
    changed
}

fn stranger() -> &'static KeyPair {
    static STRANGER: OnceLock<KeyPair> = OnceLock::new();
    STRANGER.get_or_init(|| KeyPair::generate(KeySize::Rsa3072).unwrap())
}

fn rsa(key: &KeyPair, encoding: &'static dyn RsaEncoding, input: &str) -> String {
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(encoding, &SystemRandom::new(), input.as_bytes(), &mut signature).unwrap();
    joined(input, &signature)
}

fn pkcs8(pem: &str) -> Vec<u8> {
    let text: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    BASE64_STANDARD.decode(text).unwrap()
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(der);
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}
