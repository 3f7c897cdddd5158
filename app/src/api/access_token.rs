//! The access token (a JWT). The rest of the app can store it and send it in requests, but cannot read it.

use std::fmt;

use gloo_net::http::RequestBuilder;
use serde::{Deserialize, Serialize};

/// An access token. It has no `Display`, and its `Debug` is redacted.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct AccessToken(String);

impl AccessToken {
    /// Wraps a token from a response of our API.
    pub fn issued(token: String) -> Self {
        Self(token)
    }

    /// Adds the `Authorization` header (RFC 6750, section 2.1).
    pub fn authorize(&self, request: RequestBuilder) -> RequestBuilder {
        request.header("Authorization", &format!("Bearer {}", self.0))
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(..)")
    }
}

/// Parses a stored token. Other programs can change web storage, so this rejects a text that is not a `b64token` (RFC
/// 6750, section 2.1). Such a text may be invalid in a header.
impl TryFrom<String> for AccessToken {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
        if !text.is_empty() && text.bytes().all(is_allowed) {
            Ok(Self(text))
        } else {
            Err("not an access token")
        }
    }
}
