//! Wish lists.

use serde::{Deserialize, Deserializer, Serialize};

use crate::account::Person;
use crate::rule::{self, Invalid};

/// What is wished for: 1 to 120 characters on one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct WishName(String);

impl WishName {
    /// The longest, in characters.
    pub const MOST: usize = 120;

    /// # Errors
    /// As [`rule::line`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        rule::line(text, Self::MOST).map(Self)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// More about a wish: 0 to 2,000 characters on any number of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Description(String);

impl Description {
    /// The longest, in characters.
    pub const MOST: usize = 2_000;

    /// # Errors
    /// As [`rule::lines`], but that it may be empty.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match rule::lines(text, Self::MOST) {
            Err(Invalid::Empty | Invalid::NoVisibleCharacter) => Ok(Self::default()),
            parsed => parsed.map(Self),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where to find what is wished for: an http or https address of at most 2,048 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Link(String);

impl Link {
    /// The longest, in characters.
    pub const MOST: usize = 2_048;

    /// Whatever a browser could read in another way than a person is refused: user info before the
    /// host, backslashes, white space within.
    ///
    /// # Errors
    /// `Empty`, `TooLong` or `NotALink`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let link = rule::line(text, Self::MOST).map_err(|why| match why {
            Invalid::ControlCharacter | Invalid::NoVisibleCharacter => Invalid::NotALink,
            why => why,
        })?;
        let host = Self(link.clone()).host().map(str::to_owned).unwrap_or_default();
        let plain = !link.contains(|c: char| {
            c.is_whitespace() || rule::is_unseen(c) || matches!(c, '\\' | '"' | '<' | '>')
        });
        // Letters of all alphabets are anything but ASCII here: a table of them would weigh a kilobyte.
        let named = host.starts_with(|c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || c == '[');
        let named = named && !host.contains('@');
        if plain && named { Ok(Self(link)) } else { Err(Invalid::NotALink) }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where it leads: the host, with the port if there is one.
    pub fn host(&self) -> Option<&str> {
        // By single characters: the search for a longer text weighs more in a browser.
        let (scheme, rest) = self.0.split_once(':')?;
        let rest = rest.strip_prefix("//")?;
        let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        is_web.then(|| rest.split(['/', '?', '#']).next().unwrap_or_default())
    }
}

rule::from_text!(WishName, Description, Link);

/// `POST /api/wishes`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewWish {
    /// What is wished for.
    pub name: WishName,
    /// More about it.
    #[serde(default)]
    pub description: Description,
    /// Where to find it.
    #[serde(default)]
    pub url: Option<Link>,
}

/// `PATCH /api/wishes/{id}`: what is not there stays as it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditWish {
    /// What is wished for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<WishName>,
    /// More about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Description>,
    /// Where to find it; `null` takes the address away.
    #[serde(default, deserialize_with = "there", skip_serializing_if = "Option::is_none")]
    pub url: Option<Option<Link>>,
    /// Whether the wish came true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<bool>,
}

/// Tells `null` from a field that is not there.
fn there<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<Link>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A wish on somebody's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// A UUID.
    pub id: String,
    /// Whose wish it is.
    pub owner: Person,
    /// What is wished for.
    pub name: String,
    /// More about it; may be empty.
    pub description: String,
    /// Where to find it.
    pub url: Option<String>,
    /// Whether it came true.
    pub received: bool,
    /// RFC 3339 UTC in milliseconds.
    pub created_at: String,
    /// 1, and one more with each edit.
    pub version: u64,
}

/// `GET /api/wishes` and `GET /api/users/{username}/wishes`: newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// At most 20.
    pub wishes: Vec<Wish>,
    /// Where the next page begins (pass it as `before`); none on the last page.
    pub next: Option<String>,
}
