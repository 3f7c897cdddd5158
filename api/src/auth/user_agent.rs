//! Parses the `User-Agent` header into the names that the list of sessions shows.

use http::HeaderMap;
use http::header::USER_AGENT;
use woothee::parser::Parser;

use crate::store::sessions::UserAgent;

impl UserAgent {
    /// Reads the browser and the operating system from a request.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let user_agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
        user_agent.map(Self::parse).unwrap_or_default()
    }

    fn parse(user_agent: &str) -> Self {
        let Some(parsed) = Parser::new().parse(user_agent) else { return Self::default() };
        Self { browser: display_name(parsed.name), system: display_name(parsed.os) }
    }
}

/// Returns the usual name of a browser or system, or `None` if it is unknown. All versions of Windows have one name,
/// because browsers no longer send the version.
fn display_name(name: &str) -> Option<String> {
    let name = match name {
        "" | "UNKNOWN" => return None,
        "SamsungBrowser" => "Samsung Internet",
        "Mac OSX" => "macOS",
        name if name.starts_with("Windows") && name != "Windows Phone OS" => "Windows",
        name => name,
    };
    Some(name.to_owned())
}
