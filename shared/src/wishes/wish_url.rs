//! Links of wishes.

use serde::{Deserialize, Serialize};

use crate::validation::{self, ValidationError};

/// The link of a wish: an http or https URL of at most 2,048 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("maxLength" = WishUrl::MAX_LEN, "pattern" = WishUrl::PATTERN, "examples" = ["https://shop.example/bells/12"])))]
pub struct WishUrl(String);

impl WishUrl {
    /// Maximum length in characters.
    pub const MAX_LEN: usize = 2_048;

    /// The pattern of a URL, for its JSON Schema: the scheme, a host without user information, and characters that are
    /// safe in a URL. The last part is the path, query and fragment.
    #[cfg(feature = "schema")]
    const PATTERN: &str = concat!(
        r"^[Hh][Tt][Tt][Pp][Ss]?://",
        r"[^\x00-/:-@\\-`{-\xa0]",
        r##"[^\x00-\x20"#/<>?@\\\x7f-\xa0]*"##,
        r##"([#/?][^\x00-\x20"<>\\\x7f-\xa0]*)?$"##,
    );

    /// Parses and validates a URL. Rejects URLs that a reader and a browser could interpret differently, for example
    /// URLs with user information before the host, backslashes or white space.
    ///
    /// # Errors
    /// `Empty`, `TooLong` or `NotALink`.
    pub fn parse(text: &str) -> Result<Self, ValidationError> {
        let link = validation::parse_line(text, Self::MAX_LEN).map_err(|error| match error {
            ValidationError::ControlCharacter | ValidationError::NoVisibleCharacter => {
                ValidationError::NotALink
            }
            error => error,
        })?;
        let host = Self(link.clone()).host().map(str::to_owned).unwrap_or_default();
        let has_safe_chars = !link.contains(|c: char| {
            c.is_whitespace() || validation::is_invisible_in_url(c) || matches!(c, '\\' | '"' | '<' | '>')
        });
        // Every character outside ASCII counts as a letter, because a table of all letters would add a kilobyte to the
        // app.
        let has_valid_host =
            host.starts_with(|c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || c == '[');
        let has_valid_host = has_valid_host && !host.contains('@');
        if has_safe_chars && has_valid_host { Ok(Self(link)) } else { Err(ValidationError::NotALink) }
    }

    /// Parses the field of a form for a link. Adds `https://` to a link without a scheme, such as `shop.example/x` or
    /// `//shop.example`. An empty field has no link.
    ///
    /// # Errors
    /// `TooLong` or `NotALink`.
    pub fn parse_field(text: &str) -> Result<Option<Self>, ValidationError> {
        let link = text.trim();
        let without_slashes = link.strip_prefix("//").unwrap_or(link);
        match () {
            () if link.is_empty() => Ok(None),
            () if starts_with_host_name(without_slashes) => {
                Self::parse(&format!("https://{without_slashes}")).map(Some)
            }
            () => Self::parse(link).map(Some),
        }
    }

    /// Returns the URL as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the host, with the port if there is one.
    pub fn host(&self) -> Option<&str> {
        // Splits at a single character, because the search for a longer text would add code to the app.
        let (scheme, rest) = self.0.split_once(':')?;
        let rest = rest.strip_prefix("//")?;
        let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        is_web.then(|| rest.split(['/', '?', '#']).next().unwrap_or_default())
    }
}

validation::try_from_string!(WishUrl);

/// Returns whether a link without a scheme starts with the name of a host on the internet, and with a port if there is
/// a colon. Such a name has a dot. Its last label has at least two characters and does not start with a digit, so
/// `Hello.` and `19.99` are not links.
fn starts_with_host_name(link: &str) -> bool {
    let authority = link.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = authority.split_once(':').unwrap_or((authority, "443"));
    let is_port = (1..=5).contains(&port.len()) && port.bytes().all(|byte| byte.is_ascii_digit());
    let (labels, last_label) = name.rsplit_once('.').unwrap_or_default();
    let has_labels = labels.split('.').all(|label| !label.is_empty());
    is_port && has_labels && last_label.len() > 1 && !last_label.starts_with(|c: char| c.is_ascii_digit())
}
