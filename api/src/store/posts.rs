//! What people make: things that have an owner, a place in a feed and a version. Messages and wishes.
//!
//! A create is retried safely: the idempotency key is the id, and the thing remembers the request
//! that made it. A deleted thing leaves a marker for a week, so that a late retry does not make it
//! again. An edit counts only on top of the version it was made from.

use aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use shared::users::PublicUser;
use uuid::Uuid;

use crate::rfc3339_millis;
pub use crate::store::post_kind::PostKind;
use crate::store::users::user_pk;
use crate::store::{Item, Store, done, from_item, number, to_item};
use crate::web::error::{Error, Result};

/// How long it is remembered that a thing was deleted.
const DELETION_MARKER_LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What the sort key of the marker of a deleted thing begins with, in the index `owner`. The marker has the owner's
/// username, so it has to go when the account goes.
pub(super) const DELETION_MARKER: &str = "deleted";

/// A thing, and how it came to be so.
#[derive(Serialize, Deserialize)]
struct Stored<T> {
    // Released data has this attribute name.
    #[serde(rename = "thing")]
    post: T,
    /// The SHA-256 of the request that made it.
    request: String,
    /// A name for the edit that made it as it is; none if there was none.
    #[serde(default)]
    edit: Option<Uuid>,
}

/// What is left of a deleted thing.
#[derive(Serialize, Deserialize)]
struct Deleted {
    deleted_by: String,
    expires: i64,
}

/// When a thing was added.
pub enum Creation<T> {
    /// By this call.
    Now(T),
    /// By an earlier call for the same request.
    Before(T),
}

/// What is found under a key.
enum Found<T> {
    Existing(Stored<T>),
    Deleted(Deleted),
    Missing,
}

impl Store {
    /// Adds a thing under its id, unless the same request of the same owner has added it before. Then
    /// it returns what is stored, with the owner's current name.
    ///
    /// # Errors
    /// `Gone` where it was deleted meanwhile, `KeyReused` where something else has the id.
    pub async fn add<T: PostKind>(
        &self,
        id: Uuid,
        post: T,
        request: String,
        now: Timestamp,
    ) -> Result<Creation<T>> {
        let stored = Stored { post, request, edit: None };
        let put = self
            .put(id, &stored)?
            .condition_expression("attribute_not_exists(pk) OR expires < :now")
            .expression_attribute_values(":now", number(now.as_second()));
        if done(put.send().await)? {
            return Ok(Creation::Now(stored.post));
        }
        let before = self.find_replay(id, &stored.post, &stored.request).await?;
        before.map(Creation::Before).ok_or(Error::KeyReused)
    }

    /// Finds what the same request of the same owner has added before; none if the id is free.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub async fn find_replay<T: PostKind>(&self, id: Uuid, new: &T, request: &str) -> Result<Option<T>> {
        let owner = &new.owner().username;
        match self.find::<T>(id).await? {
            Found::Existing(old) if old.post.owner().username == *owner && old.request == request => {
                Ok(Some(with_owner(new.owner(), old.post)))
            }
            Found::Deleted(marker) if marker.deleted_by == *owner => Err(Error::Gone),
            Found::Existing(_) | Found::Deleted(_) => Err(Error::KeyReused),
            Found::Missing => Ok(None),
        }
    }

    /// Changes a thing of this owner, if it still has this version. It gets the owner's current name.
    ///
    /// # Errors
    /// `NotFound`, `NotYours`, or `ChangedMeanwhile` with the thing as it is now.
    pub async fn edit<T: PostKind>(
        &self,
        id: Uuid,
        owner: &PublicUser,
        version: u64,
        change: impl FnOnce(T) -> T,
    ) -> Result<T> {
        let Stored::<T> { post, request, .. } = self.find_owned(id, owner).await?;
        if post.version() != version {
            return Err(Error::ChangedMeanwhile(Box::new(post.into())));
        }
        let changed = Stored { post: change(post), request, edit: Some(Uuid::new_v4()) };
        let put = self
            .put(id, &changed)?
            .condition_expression("thing.version = :version")
            .expression_attribute_values(":version", number(version));
        if done(put.send().await)? { Ok(changed.post) } else { self.confirm_edit(id, owner, changed).await }
    }

    /// The SDK may have sent a put again whose answer was lost: then it is ours that is there.
    async fn confirm_edit<T: PostKind>(&self, id: Uuid, owner: &PublicUser, changed: Stored<T>) -> Result<T> {
        let there = self.find_owned::<T>(id, owner).await?;
        if there.edit == changed.edit {
            Ok(changed.post)
        } else {
            Err(Error::ChangedMeanwhile(Box::new(there.post.into())))
        }
    }

    /// Deletes a thing of this owner. Doing it again is no error.
    ///
    /// # Errors
    /// `NotFound` or `NotYours`.
    pub async fn remove<T: PostKind>(&self, id: Uuid, owner: &str, now: Timestamp) -> Result<()> {
        match self.find::<T>(id).await? {
            Found::Existing(stored) if stored.post.owner().username != owner => return Err(Error::NotYours),
            Found::Deleted(marker) if marker.deleted_by == owner => return Ok(()),
            Found::Deleted(_) | Found::Missing => return Err(Error::NotFound),
            Found::Existing(_) => {}
        }
        let marker =
            Deleted { deleted_by: owner.to_owned(), expires: (now + DELETION_MARKER_LIFETIME).as_second() };
        let keys = [
            ("pk", pk::<T>(id)),
            ("owner", user_pk(owner)),
            ("owner_at", format!("{DELETION_MARKER}#{}#{}#{id}", rfc3339_millis::format(now), T::NAME)),
        ];
        let put = self.db.put_item().table_name(&self.table).condition_expression("attribute_exists(pk)");
        let put = put.set_item(Some(to_item(&marker, keys)?));
        done(put.send().await)?.then_some(()).ok_or(Error::NotFound)
    }

    async fn find_owned<T: PostKind>(&self, id: Uuid, owner: &PublicUser) -> Result<Stored<T>> {
        match self.find::<T>(id).await? {
            Found::Existing(stored) if stored.post.owner().username == owner.username => {
                Ok(Stored { post: with_owner(owner, stored.post), ..stored })
            }
            Found::Existing(_) => Err(Error::NotYours),
            Found::Deleted(_) | Found::Missing => Err(Error::NotFound),
        }
    }

    async fn find<T: PostKind>(&self, id: Uuid) -> Result<Found<T>> {
        let item: Option<Item> = self.get_item(&self.table, pk::<T>(id)).await?;
        Ok(match item {
            None => Found::Missing,
            Some(item) if is_deleted(&item) => Found::Deleted(from_item(item)?),
            Some(item) => Found::Existing(from_item(item)?),
        })
    }

    fn put<T: PostKind>(&self, id: Uuid, stored: &Stored<T>) -> Result<PutItemFluentBuilder> {
        let (owner, created_at) = (&stored.post.owner().username, stored.post.created_at());
        let keys = [
            ("pk", pk::<T>(id)),
            ("feed", self.feed_shard(T::FEED, id)),
            ("feed_at", format!("{created_at}#{id}")),
            ("owner", user_pk(owner)),
            ("owner_at", format!("{}#{created_at}#{id}", T::NAME)),
        ];
        Ok(self.db.put_item().table_name(&self.table).set_item(Some(to_item(stored, keys)?)))
    }
}

fn pk<T: PostKind>(id: Uuid) -> String {
    format!("{}#{id}", T::NAME)
}

/// A thing with the current name of its owner: the name that is stored with it may be an older one.
pub(super) fn with_owner<T: PostKind>(owner: &PublicUser, mut post: T) -> T {
    post.owner_mut().clone_from(owner);
    post
}

/// Whether an item is the marker of a deleted thing.
pub(super) fn is_deleted(item: &Item) -> bool {
    item.contains_key("deleted_by")
}

/// The thing in an item.
pub(super) fn stored<T: PostKind>(item: Item) -> Result<T> {
    from_item::<Stored<T>>(item).map(|stored| stored.post)
}
