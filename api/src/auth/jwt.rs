//! JWT parsing (RFC 7519) that our own access tokens and those of the external identity provider have in common.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Maximum difference between the clocks of the issuer and of this process: 5 seconds.
pub(crate) const CLOCK_LEEWAY: SignedDuration = SignedDuration::from_secs(5);

/// Decodes the header of a token. Returns `None` if it is malformed.
pub(crate) fn decode_header<T: DeserializeOwned>(token: &str) -> Option<T> {
    let (header, _) = token.split_once('.')?;
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(header).ok()?).ok()
}

/// Returns whether a token claims to be issued by this issuer. The claim is not verified: it only selects the rules by
/// which the token is verified.
pub(crate) fn claims_issuer(token: &str, issuer: &str) -> bool {
    #[derive(Deserialize)]
    struct IssuerClaim {
        iss: String,
    }
    let claim = jsonwebtoken::dangerous::insecure_decode_claims::<IssuerClaim>(token);
    claim.is_ok_and(|claim| claim.iss == issuer)
}
