//! The kinds of posts that the store holds, and the prefixes of their keys.

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::messages::Message;
use shared::posts::{Post, PostFields};
use shared::wishes::Wish;

/// A kind of post: [`Message`] or [`Wish`].
pub trait PostKind: PostFields + Clone + Serialize + DeserializeOwned + Send + Sync + Into<Post> {
    /// The prefix of the post's key, and of its sort key in the index `owner`.
    const NAME: &str;
    /// The prefix of the partitions of the kind's feed in the index `feed`.
    const FEED: &str;
}

impl PostKind for Message {
    const NAME: &str = "message";
    const FEED: &str = "board";
}

impl PostKind for Wish {
    const NAME: &str = "wish";
    const FEED: &str = "wishes";
}
