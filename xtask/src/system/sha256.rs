//! SHA-256 digests of content, for names that change with the content.

use sha2::{Digest, Sha256};

/// Returns the SHA-256 of a list of parts as 64 hexadecimal digits.
///
/// The digest includes the length of each part, so `["ab", "c"]` and `["a", "bc"]` differ.
pub(crate) fn hex_digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_depends_on_content_and_part_boundaries() {
        assert_eq!(hex_digest(&[b"ab", b"c"]), hex_digest(&[b"ab", b"c"]));
        assert_ne!(hex_digest(&[b"ab", b"c"]), hex_digest(&[b"a", b"bc"]));
        assert_eq!(hex_digest(&[]).len(), 64);
    }
}
