//! The secret that our CloudFront distribution adds to each request.

/// Proves that a request came through our CloudFront distribution, so that the client's address in it can be trusted.
/// Its debug output does not contain the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct EdgeSecret(String);

impl EdgeSecret {
    /// Wraps the secret.
    pub fn new(secret: String) -> Self {
        Self(secret)
    }

    /// Returns whether a header value is the secret. Compares in constant time.
    pub fn matches(&self, value: &[u8]) -> bool {
        aws_lc_rs::constant_time::verify_slices_are_equal(self.0.as_bytes(), value).is_ok()
    }
}

impl std::fmt::Debug for EdgeSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EdgeSecret(..)")
    }
}
