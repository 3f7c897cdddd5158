//! The items of posts: a post with the data that detects retries, or the marker of a deleted post.

use aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder;
use serde::{Deserialize, Serialize};
use shared::users::PublicUser;
use uuid::Uuid;

use crate::crypto::sha256;
use crate::store::key_schema::user_pk;
use crate::store::post_kind::PostKind;
use crate::store::{Item, Store, from_item, to_item};
use crate::web::error::Result;

/// The prefix of a deletion marker's sort key in the index `owner`. The marker contains the owner's username, so it is
/// deleted with the account.
pub(super) const DELETION_MARKER_PREFIX: &str = "deleted";

/// A post, as stored, with the data that detects retries.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredPost<T> {
    #[serde(rename = "thing")]
    pub(super) post: T,
    /// The SHA-256 of the request that created the post.
    #[serde(rename = "request")]
    pub(super) request_hash: String,
    /// A random id of the write that created or last edited the post. An earlier version of Wishboard stored none when
    /// it created a post.
    #[serde(default, rename = "edit")]
    pub(super) write_id: Option<Uuid>,
}

/// The item that replaces a deleted post.
#[derive(Serialize, Deserialize)]
pub(super) struct DeletionMarker {
    /// The username of the owner.
    pub(super) deleted_by: String,
    /// When DynamoDB deletes the marker, in Unix seconds.
    pub(super) expires: i64,
}

/// The result of reading the item with a post's key.
pub(super) enum Lookup<T> {
    Found(StoredPost<T>),
    Deleted(DeletionMarker),
    Missing,
}

impl Store {
    /// Reads the item of a post.
    pub(super) async fn find_post<T: PostKind>(&self, id: Uuid) -> Result<Lookup<T>> {
        Ok(match self.get_item(&self.table, post_pk::<T>(id)).await? {
            None => Lookup::Missing,
            Some(item) if is_deletion_marker(&item) => Lookup::Deleted(from_item(item)?),
            Some(item) => Lookup::Found(from_item(item)?),
        })
    }

    /// Returns the request that stores a post. The caller adds a condition.
    pub(super) fn put_post<T: PostKind>(
        &self,
        id: Uuid,
        stored: &StoredPost<T>,
    ) -> Result<PutItemFluentBuilder> {
        let (owner, created_at) = (&stored.post.owner().username, stored.post.created_at());
        let keys = [
            ("pk", post_pk::<T>(id)),
            ("feed", feed_partition(T::FEED, id, self.shards)),
            ("feed_at", format!("{created_at}#{id}")),
            ("owner", user_pk(owner)),
            ("owner_at", format!("{}#{created_at}#{id}", T::NAME)),
        ];
        Ok(self.db.put_item().table_name(&self.table).set_item(Some(to_item(stored, keys)?)))
    }
}

/// Returns the key of a post.
pub(super) fn post_pk<T: PostKind>(id: Uuid) -> String {
    format!("{}#{id}", T::NAME)
}

/// Returns the partition of a feed that contains a post. Clients choose the ids, so the hash of the id selects the
/// shard.
fn feed_partition(feed: &str, id: Uuid, shards: u32) -> String {
    let [a, b, c, d, ..] = sha256(id.as_bytes());
    format!("{feed}#{}", u32::from_be_bytes([a, b, c, d]) % shards)
}

/// Replaces the owner's name in a post with the current one.
pub(super) fn with_owner<T: PostKind>(owner: &PublicUser, mut post: T) -> T {
    post.owner_mut().clone_from(owner);
    post
}

/// Returns whether an item is the deletion marker of a post.
pub(super) fn is_deletion_marker(item: &Item) -> bool {
    item.contains_key("deleted_by")
}

/// Deserializes the post in an item.
pub(super) fn post_from_item<T: PostKind>(item: Item) -> Result<T> {
    from_item::<StoredPost<T>>(item).map(|stored| stored.post)
}
