//! Generates RSA keys. A key takes hundreds of milliseconds of CPU time, so the work runs on threads for blocking work.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jsonwebtoken::jwk::{Jwk, KeyAlgorithm, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey};
use pem::{EncodeConfig, LineEnding, Pem};

use crate::store::key_ring::PublicKey;
use crate::web::error::{Error, Result};

/// A new key. Its `kid` is its SHA-256 thumbprint (RFC 7638).
pub(super) struct NewKey {
    pub(super) kid: String,
    pub(super) public: PublicKey,
    /// The private key: PKCS#8 in PEM.
    pub(super) pem: String,
}

/// Generates a key whose publication time is `now`.
///
/// # Errors
/// `Internal` if the operating system provides no randomness.
pub(super) async fn new_key(now: Timestamp) -> Result<NewKey> {
    tokio::task::spawn_blocking(move || new_key_blocking(now)).await.map_err(Error::internal)?
}

/// As [`new_key`], but blocks the calling thread.
pub(super) fn new_key_blocking(now: Timestamp) -> Result<NewKey> {
    let pair = KeyPair::generate(KeySize::Rsa3072).map_err(Error::internal)?;
    let der: Pkcs8V1Der<'_> = pair.as_der().map_err(Error::internal)?;
    let config = EncodeConfig::new().set_line_ending(LineEnding::LF);
    let pem = pem::encode_config(&Pem::new("PRIVATE KEY", der.as_ref()), config);
    let public = pair.public_key();
    let public = PublicKey {
        n: BASE64_URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero()),
        e: BASE64_URL_SAFE_NO_PAD.encode(public.exponent().big_endian_without_leading_zero()),
        published_at: now,
        signs_from: None,
        retired_at: None,
    };
    let kid = to_jwk("", &public)?.thumbprint(ThumbprintHash::SHA256).map_err(Error::internal)?;
    Ok(NewKey { kid, public, pem })
}

/// Returns a public key as a JWK (RFC 7517).
///
/// # Errors
/// `Internal` if the stored key is malformed.
pub(super) fn to_jwk(kid: &str, key: &PublicKey) -> Result<Jwk> {
    let verifier = DecodingKey::from_rsa_components(&key.n, &key.e).map_err(Error::internal)?;
    let mut jwk = Jwk::from_decoding_key(&verifier, Some(Algorithm::RS256)).map_err(Error::internal)?;
    jwk.common.key_id = Some(kid.to_owned());
    jwk.common.key_algorithm = Some(KeyAlgorithm::RS256);
    jwk.common.public_key_use = Some(PublicKeyUse::Signature);
    Ok(jwk)
}
