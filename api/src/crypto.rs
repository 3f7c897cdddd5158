//! SHA-256 hashes and random bytes. Both come from aws-lc.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::web::error::{Error, Result};

/// Returns the SHA-256 of `content`.
pub fn sha256(content: impl AsRef<[u8]>) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, content.as_ref()).as_ref());
    hash
}

/// Returns the SHA-256 of `content` in base64url without padding: 43 characters.
pub fn sha256_base64url(content: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(sha256(content))
}

/// Returns `N` random bytes that are suitable for secrets.
///
/// # Errors
/// `Internal` if the operating system provides no randomness.
pub fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).map_err(Error::internal)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From NIST FIPS 180-4, example `abc`.
    #[test]
    fn sha256_matches_the_example_of_the_standard() {
        assert_eq!(sha256("abc")[..4], [0xba, 0x78, 0x16, 0xbf]);
        assert_eq!(sha256_base64url("abc"), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    }
}
