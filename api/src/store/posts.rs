//! Creates, edits and deletes posts: messages and wishes.
//!
//! A request that creates a post can be retried: the idempotency key is the post's id, and the item contains a hash of
//! the request. A deleted post leaves a deletion marker for seven days, so that a late retry does not create it again.
//! An edit succeeds only if the post still has the version that the client edited.

use jiff::{SignedDuration, Timestamp};
use shared::users::PublicUser;
use uuid::Uuid;

use crate::rfc3339_millis;
use crate::store::key_schema::user_pk;
use crate::store::post_items::{
    DELETION_MARKER_PREFIX, DeletionMarker, Lookup, StoredPost, post_pk, with_owner,
};
use crate::store::post_kind::PostKind;
use crate::store::users::is_active;
use crate::store::{Store, condition_held, database_error, number_value, string_value, to_item};
use crate::web::error::{Error, Result};

/// How long a deletion marker is kept: 7 days.
const DELETION_MARKER_LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The result of [`Store::create_post`].
pub enum CreateOutcome<T> {
    /// This call has created the post.
    Created(T),
    /// An earlier attempt of the same request has created the post.
    Replayed(T),
}

impl Store {
    /// Creates a post under `id`. If the same request of the same owner has created it before, returns the stored post
    /// with the owner's current name.
    ///
    /// # Errors
    /// `Gone` if the post has been deleted since; `KeyReused` if the id belongs to another post.
    pub async fn create_post<T: PostKind>(
        &self,
        id: Uuid,
        post: T,
        request_hash: String,
        now: Timestamp,
    ) -> Result<CreateOutcome<T>> {
        let new = StoredPost { post, request_hash, write_id: Some(Uuid::new_v4()) };
        let put = self
            .put_post(id, &new)?
            .condition_expression("attribute_not_exists(pk) OR expires < :now")
            .expression_attribute_values(":now", number_value(now.as_second()));
        if condition_held(put.send().await)? {
            return Ok(CreateOutcome::Created(new.post));
        }
        match self.find_post::<T>(id).await? {
            // The SDK has sent the put again because the response to the first one was lost.
            Lookup::Found(stored) if stored.write_id == new.write_id => Ok(CreateOutcome::Created(new.post)),
            found => {
                let replayed = replayed_post(found, &new.post, &new.request_hash)?;
                replayed.map(CreateOutcome::Replayed).ok_or(Error::KeyReused)
            }
        }
    }

    /// Finds the post that the same request of the same owner has created. Returns `None` if the id is not used.
    ///
    /// # Errors
    /// As [`create_post`](Self::create_post).
    pub async fn find_replayed_post<T: PostKind>(
        &self,
        id: Uuid,
        new: &T,
        request_hash: &str,
    ) -> Result<Option<T>> {
        replayed_post(self.find_post::<T>(id).await?, new, request_hash)
    }

    /// Deletes a new post again if its owner has been deleted at the same time. The deletion may have missed the post.
    ///
    /// # Errors
    /// `SessionEnded` if the owner has been deleted.
    pub async fn delete_if_owner_is_deleted<T: PostKind>(&self, id: Uuid, post: &T) -> Result<()> {
        let owner = self.get_item(&self.table, user_pk(&post.owner().username)).await?;
        if owner.as_ref().is_none_or(is_active) {
            return Ok(());
        }
        let delete = self.db.delete_item().table_name(&self.table).key("pk", string_value(post_pk::<T>(id)));
        delete.send().await.map_err(database_error)?;
        Err(Error::SessionEnded)
    }

    /// Edits a post of this owner if it still has this version. The post gets the owner's current name.
    ///
    /// # Errors
    /// `NotFound`; `NotYours` for posts of other users; `EditConflict`, which contains the current post.
    pub async fn edit_post<T: PostKind>(
        &self,
        id: Uuid,
        owner: &PublicUser,
        version: u64,
        edit: impl FnOnce(T) -> T,
    ) -> Result<T> {
        let StoredPost::<T> { post, request_hash, .. } = self.find_own_post(id, owner).await?;
        if post.version() != version {
            return Err(Error::EditConflict(Box::new(post.into())));
        }
        let edited = StoredPost { post: edit(post), request_hash, write_id: Some(Uuid::new_v4()) };
        let put = self
            .put_post(id, &edited)?
            .condition_expression("thing.version = :version")
            .expression_attribute_values(":version", number_value(version));
        if condition_held(put.send().await)? {
            Ok(edited.post)
        } else {
            self.confirm_edit(id, owner, edited).await
        }
    }

    /// Decides whether an edit whose condition failed was written after all. If the response to a put is lost, the SDK
    /// sends it again, and the second put fails because the first one has succeeded.
    async fn confirm_edit<T: PostKind>(
        &self,
        id: Uuid,
        owner: &PublicUser,
        edited: StoredPost<T>,
    ) -> Result<T> {
        let current = self.find_own_post::<T>(id, owner).await?;
        if current.write_id == edited.write_id {
            Ok(edited.post)
        } else {
            Err(Error::EditConflict(Box::new(current.post.into())))
        }
    }

    /// Deletes a post of this owner. Succeeds if it is already deleted.
    ///
    /// # Errors
    /// `NotFound`; `NotYours` for posts of other users.
    pub async fn delete_post<T: PostKind>(&self, id: Uuid, owner: &str, now: Timestamp) -> Result<()> {
        match self.find_post::<T>(id).await? {
            Lookup::Found(stored) if stored.post.owner().username != owner => return Err(Error::NotYours),
            Lookup::Deleted(marker) if marker.deleted_by == owner => return Ok(()),
            Lookup::Deleted(_) | Lookup::Missing => return Err(Error::NotFound),
            Lookup::Found(_) => {}
        }
        let expires = (now + DELETION_MARKER_LIFETIME).as_second();
        let marker = DeletionMarker { deleted_by: owner.to_owned(), expires };
        let deleted_at = rfc3339_millis::format(now);
        let keys = [
            ("pk", post_pk::<T>(id)),
            ("owner", user_pk(owner)),
            ("owner_at", format!("{DELETION_MARKER_PREFIX}#{deleted_at}#{}#{id}", T::NAME)),
        ];
        let put = self.db.put_item().table_name(&self.table).condition_expression("attribute_exists(pk)");
        let put = put.set_item(Some(to_item(&marker, keys)?));
        condition_held(put.send().await)?.then_some(()).ok_or(Error::NotFound)
    }

    /// Finds a post of this owner, with the owner's current name.
    async fn find_own_post<T: PostKind>(&self, id: Uuid, owner: &PublicUser) -> Result<StoredPost<T>> {
        match self.find_post::<T>(id).await? {
            Lookup::Found(stored) if stored.post.owner().username == owner.username => {
                Ok(StoredPost { post: with_owner(owner, stored.post), ..stored })
            }
            Lookup::Found(_) => Err(Error::NotYours),
            Lookup::Deleted(_) | Lookup::Missing => Err(Error::NotFound),
        }
    }
}

/// Returns the post that the same request of the same owner has created, if this is the result of reading its id.
fn replayed_post<T: PostKind>(found: Lookup<T>, new: &T, request_hash: &str) -> Result<Option<T>> {
    let owner = new.owner();
    match found {
        Lookup::Found(stored)
            if stored.post.owner().username == owner.username && stored.request_hash == request_hash =>
        {
            Ok(Some(with_owner(owner, stored.post)))
        }
        Lookup::Deleted(marker) if marker.deleted_by == owner.username => Err(Error::Gone),
        Lookup::Found(_) | Lookup::Deleted(_) => Err(Error::KeyReused),
        Lookup::Missing => Ok(None),
    }
}
