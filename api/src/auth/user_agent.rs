//! What somebody logs in with: the names of a browser and a system, so that a login can be told
//! from another one. Never more than these names: a whole `User-Agent` tells people apart.

use http::HeaderMap;
use http::header::USER_AGENT;
use serde::{Deserialize, Serialize};
use woothee::parser::Parser;

/// A browser and what it runs on, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserAgent {
    /// Such as `Firefox`; one of the few names that the parser has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    /// Such as `Windows`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
}

impl UserAgent {
    /// What the request comes from.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let user_agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
        user_agent.map(Self::parse).unwrap_or_default()
    }

    fn parse(user_agent: &str) -> Self {
        let Some(found) = Parser::new().parse(user_agent) else { return Self::default() };
        Self { browser: known(found.name), system: known(found.os) }
    }
}

/// A name, as people know it. Browsers no longer tell one Windows from the next.
fn known(name: &str) -> Option<String> {
    let name = match name {
        "" | "UNKNOWN" => return None,
        "SamsungBrowser" => "Samsung Internet",
        "Mac OSX" => "macOS",
        name if name.starts_with("Windows") && name != "Windows Phone OS" => "Windows",
        name => name,
    };
    Some(name.to_owned())
}
