//! Makes keys. Takes a good part of a second of a core each: never on the async threads.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jsonwebtoken::jwk::{Jwk, KeyAlgorithm, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey};
use pem::{EncodeConfig, LineEnding, Pem};

use crate::signing_keys::unusable;
use crate::store::key_ring::PublicKey;
use crate::web::error::{Error, Result};

/// A new key; its `kid` is its thumbprint (RFC 7638).
pub(super) struct NewKey {
    pub(super) kid: String,
    pub(super) public: PublicKey,
    /// PKCS#8 in PEM.
    pub(super) pem: String,
}

/// So many new keys, published as of now.
///
/// # Errors
/// When there is no randomness.
pub(super) async fn keys(number: usize, now: Timestamp) -> Result<Vec<NewKey>> {
    let making = tokio::task::spawn_blocking(move || (0..number).map(|_| key(now)).collect::<Result<_>>());
    making.await.map_err(|panicked| Error::Internal(panicked.into()))?
}

/// One new key. Blocks.
///
/// # Errors
/// When there is no randomness.
pub(super) fn key(now: Timestamp) -> Result<NewKey> {
    let pair = KeyPair::generate(KeySize::Rsa3072).map_err(unusable)?;
    let der: Pkcs8V1Der<'_> = pair.as_der().map_err(unusable)?;
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
    let kid = jwk("", &public)?.thumbprint(ThumbprintHash::SHA256).map_err(unusable)?;
    Ok(NewKey { kid, public, pem })
}

/// The key as everybody may see it.
///
/// # Errors
/// When what is stored is no key.
pub(super) fn jwk(kid: &str, key: &PublicKey) -> Result<Jwk> {
    let verifier = DecodingKey::from_rsa_components(&key.n, &key.e).map_err(unusable)?;
    let mut jwk = Jwk::from_decoding_key(&verifier, Some(Algorithm::RS256)).map_err(unusable)?;
    jwk.common.key_id = Some(kid.to_owned());
    jwk.common.key_algorithm = Some(KeyAlgorithm::RS256);
    jwk.common.public_key_use = Some(PublicKeyUse::Signature);
    Ok(jwk)
}
