//! The items that a user owns: sessions, messages, wishes and deletion markers. Lists them for the export and deletes
//! them with the account.

use jiff::Timestamp;
use shared::messages::Message;
use shared::users::PublicUser;
use shared::wishes::Wish;
use uuid::Uuid;

use crate::store::index_query::MAX_SORT_KEY;
use crate::store::key_schema::{session_pk, user_pk};
use crate::store::post_items::{DELETION_MARKER_PREFIX, is_deletion_marker, post_from_item, with_owner};
use crate::store::post_kind::PostKind;
use crate::store::sessions::{Session, SessionId};
use crate::store::{Item, Store, cursor, database_error, from_item, primary_key, string_attribute};
use crate::web::canonical_id::Canonical;
use crate::web::error::Result;

/// Maximum number of items on a page of an export.
const EXPORT_PAGE_SIZE: usize = 500;

/// Number of deletions after which a call returns, even if there are more items. It is also the maximum number of items
/// that one of its queries reads.
const DELETIONS_PER_CALL: usize = 200;

/// A page of the items that a user owns. Deletion markers are left out.
#[derive(Default)]
pub struct OwnedItems {
    /// Sessions, whether or not they are live.
    pub sessions: Vec<Session>,
    /// Messages.
    pub messages: Vec<Message>,
    /// Wishes.
    pub wishes: Vec<Wish>,
    /// The cursor of the next page; `None` on the last page.
    pub next: Option<String>,
}

impl Store {
    /// Lists the items that a user owns. With a cursor, continues after the page that returned the cursor.
    ///
    /// # Errors
    /// `Invalid` if the cursor is malformed.
    pub async fn list_owned_items(&self, owner: &PublicUser, before: Option<&str>) -> Result<OwnedItems> {
        let before = before.map(|cursor| cursor::decode(cursor, is_owner_sort_key)).transpose()?;
        let (items, last) = self.query_owner(&owner.username, before, EXPORT_PAGE_SIZE).await?;
        let next = last.map(|sort_key| cursor::encode(&sort_key));
        let mut owned = OwnedItems { next, ..OwnedItems::default() };
        for item in items.into_iter().filter(|item| !is_deletion_marker(item)) {
            match string_attribute(&item, "pk").split('#').next() {
                Some("session") => owned.sessions.push(from_item(item)?),
                Some(Message::NAME) => owned.messages.push(with_owner(owner, post_from_item(item)?)),
                Some(Wish::NAME) => owned.wishes.push(with_owner(owner, post_from_item(item)?)),
                _ => {}
            }
        }
        Ok(owned)
    }

    /// Deletes items that a user owns, except the session `kept_sid`. Returns whether there are more items to delete.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn delete_owned_items(&self, owner: &str, kept_sid: Option<&str>) -> Result<bool> {
        let kept_pk = kept_sid.map(session_pk);
        let (mut before, mut deleted) = (None, 0);
        loop {
            let (items, last) = self.query_owner(owner, before, DELETIONS_PER_CALL).await?;
            let pks = items.iter().map(|item| string_attribute(item, "pk"));
            for pk in pks.filter(|pk| Some(*pk) != kept_pk.as_deref()) {
                let key = primary_key(pk.to_owned());
                let delete = self.db.delete_item().table_name(&self.table).set_key(Some(key));
                delete.send().await.map_err(database_error)?;
                deleted += 1;
            }
            match last {
                None => return Ok(false),
                Some(_) if deleted >= DELETIONS_PER_CALL => return Ok(true),
                Some(_) => before = last,
            }
        }
    }

    /// Sends one Query for the items of an owner. Returns at most `limit` items, and the sort key of the last one if
    /// there are more.
    async fn query_owner(
        &self,
        owner: &str,
        before: Option<String>,
        limit: usize,
    ) -> Result<(Vec<Item>, Option<String>)> {
        let before = before.unwrap_or_else(|| MAX_SORT_KEY.to_owned());
        let output = self.query_index("owner", user_pk(owner), before, limit).await?;
        // The number of items does not show whether there are more, because DynamoDB also ends a page at 1 MB.
        let last = output.last_evaluated_key.map(|key| string_attribute(&key, "owner_at").to_owned());
        Ok((output.items.unwrap_or_default(), last))
    }
}

/// Returns whether a text is a sort key of the index `owner`.
fn is_owner_sort_key(text: &str) -> bool {
    let is_time = |text| Timestamp::parse_canonical(text).is_some();
    let is_uuid = |text| Uuid::parse_canonical(text).is_some();
    let is_session_id = |text| SessionId::parse_canonical(text).is_some();
    match text.split('#').collect::<Vec<_>>()[..] {
        [Message::NAME | Wish::NAME, created, id] => is_time(created) && is_uuid(id),
        [DELETION_MARKER_PREFIX, deleted, Message::NAME | Wish::NAME, id] => is_time(deleted) && is_uuid(id),
        ["session", generation, created, sid] => {
            is_generation(generation) && is_time(created) && is_session_id(sid)
        }
        // An earlier version of Wishboard wrote sort keys without the generation.
        ["session", created, sid] => is_time(created) && is_session_id(sid),
        _ => false,
    }
}

/// Returns whether a text is `g` and a generation without leading zeros.
fn is_generation(text: &str) -> bool {
    let number = text.strip_prefix('g').and_then(|number| number.parse::<u64>().ok());
    number.is_some_and(|number| format!("g{number}") == text)
}
