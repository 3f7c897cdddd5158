//! What people make, whichever kind it is: messages and wishes. A program that treats them alike
//! reads all of them as [`Thing`]s.

use serde::{Deserialize, Serialize};

use crate::account::Person;
use crate::board::Message;
use crate::wishlist::Wish;

/// A message or a wish; on the wire just that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, try_from = "Fields")]
pub enum Thing {
    /// On the board.
    Message(Message),
    /// On a wish list.
    Wish(Wish),
}

impl Thing {
    /// A UUID.
    pub fn id(&self) -> &str {
        match self {
            Self::Message(message) => &message.id,
            Self::Wish(wish) => &wish.id,
        }
    }

    /// Who made it; only they may change it.
    pub fn owner(&self) -> &Person {
        match self {
            Self::Message(message) => &message.author,
            Self::Wish(wish) => &wish.owner,
        }
    }

    /// The same, to give it the owner's current name.
    pub fn owner_mut(&mut self) -> &mut Person {
        match self {
            Self::Message(message) => &mut message.author,
            Self::Wish(wish) => &mut wish.owner,
        }
    }

    /// RFC 3339 UTC in milliseconds.
    pub fn created_at(&self) -> &str {
        match self {
            Self::Message(message) => &message.created_at,
            Self::Wish(wish) => &wish.created_at,
        }
    }

    /// 1, and one more with each edit.
    pub fn version(&self) -> u64 {
        match self {
            Self::Message(message) => message.version,
            Self::Wish(wish) => wish.version,
        }
    }
}

impl From<Message> for Thing {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

impl From<Wish> for Thing {
    fn from(wish: Wish) -> Self {
        Self::Wish(wish)
    }
}

/// A page of [`Messages`](crate::board::Messages) or [`Wishes`](crate::wishlist::Wishes).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Things {
    /// At most 20, newest first.
    #[serde(alias = "messages", alias = "wishes")]
    pub things: Vec<Thing>,
    /// Where the next page begins (pass it as `before`); none on the last page.
    pub next: Option<String>,
}

/// The fields of both kinds. One reader for all of them is a fifth of what serde makes of trying
/// one kind after the other, and a browser has to download it.
#[derive(Deserialize)]
struct Fields {
    id: String,
    #[serde(alias = "author")]
    owner: Person,
    created_at: String,
    version: u64,
    // A message's.
    body: Option<String>,
    edited_at: Option<String>,
    // A wish's.
    name: Option<String>,
    description: Option<String>,
    url: Option<String>,
    received: Option<bool>,
}

impl TryFrom<Fields> for Thing {
    type Error = &'static str;

    fn try_from(fields: Fields) -> Result<Self, Self::Error> {
        let Fields { id, owner, created_at, version, body, edited_at, name, description, url, received } =
            fields;
        match (body, name, description, received) {
            (Some(body), ..) => {
                Ok(Self::Message(Message { id, author: owner, body, created_at, edited_at, version }))
            }
            (None, Some(name), Some(description), Some(received)) => {
                Ok(Self::Wish(Wish { id, owner, name, description, url, received, created_at, version }))
            }
            _ => Err("neither a message nor a wish"),
        }
    }
}
