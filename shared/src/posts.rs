//! Posts: the common shape of messages and wishes.

use serde::{Deserialize, Serialize};

use crate::messages::Message;
use crate::timestamp::Timestamp;
use crate::users::PublicUser;
use crate::wishes::Wish;

/// A message or a wish. The wire format is that of the message or the wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, try_from = "RawPost")]
pub enum Post {
    /// A message.
    Message(Message),
    /// A wish.
    Wish(Wish),
}

impl Post {
    /// Returns the id, a UUID.
    pub fn id(&self) -> &str {
        self.fields().id()
    }

    /// Returns the author or owner, the only user who may change the post.
    pub fn owner(&self) -> &PublicUser {
        self.fields().owner()
    }

    /// Returns the author or owner mutably, so that the display name can be updated.
    pub fn owner_mut(&mut self) -> &mut PublicUser {
        match self {
            Self::Message(message) => message.owner_mut(),
            Self::Wish(wish) => wish.owner_mut(),
        }
    }

    /// Returns when the post was created.
    pub fn created_at(&self) -> &Timestamp {
        self.fields().created_at()
    }

    /// Returns the version: 1 at first; each edit adds 1.
    pub fn version(&self) -> u64 {
        self.fields().version()
    }

    fn fields(&self) -> &dyn PostFields {
        match self {
            Self::Message(message) => message,
            Self::Wish(wish) => wish,
        }
    }
}

/// The fields that messages and wishes have in common.
pub trait PostFields {
    /// As [`Post::id`].
    fn id(&self) -> &str;

    /// As [`Post::owner`].
    fn owner(&self) -> &PublicUser;

    /// As [`Post::owner_mut`].
    fn owner_mut(&mut self) -> &mut PublicUser;

    /// As [`Post::created_at`].
    fn created_at(&self) -> &Timestamp;

    /// As [`Post::version`].
    fn version(&self) -> u64;
}

/// Implements [`PostFields`] for a type. The second argument is the name of the field with the owner.
macro_rules! impl_post_fields {
    ($post:ty, $owner:ident) => {
        impl PostFields for $post {
            fn id(&self) -> &str {
                &self.id
            }

            fn owner(&self) -> &PublicUser {
                &self.$owner
            }

            fn owner_mut(&mut self) -> &mut PublicUser {
                &mut self.$owner
            }

            fn created_at(&self) -> &Timestamp {
                &self.created_at
            }

            fn version(&self) -> u64 {
                self.version
            }
        }
    };
}

impl_post_fields!(Message, author);
impl_post_fields!(Wish, owner);

impl From<Message> for Post {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

impl From<Wish> for Post {
    fn from(wish: Wish) -> Self {
        Self::Wish(wish)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Post {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Post".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let posts = [generator.subschema_for::<Message>(), generator.subschema_for::<Wish>()];
        schemars::json_schema!({ "anyOf": posts })
    }
}

/// A page of posts, read from a [`MessagePage`](crate::messages::MessagePage) or a
/// [`WishPage`](crate::wishes::WishPage).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PostPage {
    /// The posts, at most 20, newest first.
    #[serde(alias = "messages", alias = "wishes")]
    pub posts: Vec<Post>,
    /// The cursor of the next page, to send as `before`; null on the last page.
    pub next: Option<String>,
}

/// The fields of both kinds of post, as received, before the kind is known.
///
/// One deserializer for both kinds needs a fifth of the code that serde generates to try one kind after the other.
// size: one struct for both kinds, docs/size-tricks.md#one-list-for-messages-and-wishes
#[derive(Deserialize)]
struct RawPost {
    id: String,
    #[serde(alias = "author")]
    owner: PublicUser,
    created_at: Timestamp,
    version: u64,
    // Only messages.
    body: Option<String>,
    edited_at: Option<Timestamp>,
    // Only wishes.
    name: Option<String>,
    description: Option<String>,
    url: Option<String>,
    received: Option<bool>,
}

impl TryFrom<RawPost> for Post {
    type Error = &'static str;

    fn try_from(fields: RawPost) -> Result<Self, Self::Error> {
        let RawPost { id, owner, created_at, version, body, edited_at, name, description, url, received } =
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
