//! What messages and wishes have in common, for the code that stores them alike.

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::messages::Message;
use shared::posts::Post;
use shared::timestamp::Timestamp;
use shared::users::PublicUser;
use shared::wishes::Wish;

/// A kind of thing.
pub trait PostKind: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + Into<Post> {
    /// What its key begins with.
    const NAME: &str;
    /// The feed it appears in.
    const FEED: &str;

    /// A UUID.
    fn id(&self) -> &str;
    /// Who made it.
    fn owner(&self) -> &PublicUser;
    /// The same, to give it the owner's current name.
    fn owner_mut(&mut self) -> &mut PublicUser;
    /// When.
    fn created_at(&self) -> &Timestamp;
    /// How often it was written.
    fn version(&self) -> u64;
}

impl PostKind for Message {
    const NAME: &str = "message";
    const FEED: &str = "board";

    fn id(&self) -> &str {
        &self.id
    }

    fn owner(&self) -> &PublicUser {
        &self.author
    }

    fn owner_mut(&mut self) -> &mut PublicUser {
        &mut self.author
    }

    fn created_at(&self) -> &Timestamp {
        &self.created_at
    }

    fn version(&self) -> u64 {
        self.version
    }
}

impl PostKind for Wish {
    const NAME: &str = "wish";
    const FEED: &str = "wishes";

    fn id(&self) -> &str {
        &self.id
    }

    fn owner(&self) -> &PublicUser {
        &self.owner
    }

    fn owner_mut(&mut self) -> &mut PublicUser {
        &mut self.owner
    }

    fn created_at(&self) -> &Timestamp {
        &self.created_at
    }

    fn version(&self) -> u64 {
        self.version
    }
}
