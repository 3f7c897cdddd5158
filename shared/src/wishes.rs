//! Wishes. Each user has a public list of them.

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;
use crate::users::PublicUser;
use crate::validation::{self, ValidationError};

/// The name of a wish: 1 to 120 characters on one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct WishName(String);

impl WishName {
    /// Maximum length in characters.
    pub const MAX_LEN: usize = 120;

    /// Parses and validates the name of a wish.
    ///
    /// # Errors
    /// As [`validation::parse_line`].
    pub fn parse(text: &str) -> Result<Self, ValidationError> {
        validation::parse_line(text, Self::MAX_LEN).map(Self)
    }

    /// Returns the value as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The description of a wish: 0 to 2,000 characters on any number of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct WishDescription(String);

impl WishDescription {
    /// Maximum length in characters.
    pub const MAX_LEN: usize = 2_000;

    /// Parses and validates the description of a wish.
    ///
    /// # Errors
    /// `TooLong` or `ControlCharacter`. A text without a visible character becomes the empty description.
    pub fn parse(text: &str) -> Result<Self, ValidationError> {
        match validation::parse_lines(text, Self::MAX_LEN) {
            Err(ValidationError::Empty | ValidationError::NoVisibleCharacter) => Ok(Self::default()),
            parsed => parsed.map(Self),
        }
    }

    /// Returns the value as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The link of a wish: an http or https URL of at most 2,048 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct WishUrl(String);

impl WishUrl {
    /// Maximum length in characters.
    pub const MAX_LEN: usize = 2_048;

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

validation::try_from_string!(WishName, WishDescription, WishUrl);

/// The body of `POST /api/wishes`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewWish {
    /// What the user wishes for.
    pub name: WishName,
    /// Details; empty by default.
    #[serde(default)]
    pub description: WishDescription,
    /// A link, for example to a shop; none by default.
    #[serde(default)]
    pub url: Option<WishUrl>,
}

/// The body of `PATCH /api/wishes/{id}`. A missing field is not changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditWish {
    /// The new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<WishName>,
    /// The new description, which may be empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<WishDescription>,
    /// The new link; `null` removes it.
    #[serde(default, with = "serde_with::rust::double_option", skip_serializing_if = "Option::is_none")]
    pub url: Option<Option<WishUrl>>,
    /// Whether the owner has received it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<bool>,
}

/// A wish on a user's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The id: a UUID.
    pub id: String,
    /// The user who owns the wish list.
    pub owner: PublicUser,
    /// What the user wishes for.
    pub name: String,
    /// Details, which may be empty.
    pub description: String,
    /// A link, if the wish has one.
    pub url: Option<String>,
    /// Whether the owner has received it.
    pub received: bool,
    /// When it was added.
    pub created_at: Timestamp,
    /// 1 at first; each edit adds 1.
    pub version: u64,
}

/// The response of `GET /api/wishes` and `GET /api/users/{username}/wishes`, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishPage {
    /// The wishes, at most 20.
    pub wishes: Vec<Wish>,
    /// The cursor of the next page, to send as `before`; `None` on the last page.
    pub next: Option<String>,
}
