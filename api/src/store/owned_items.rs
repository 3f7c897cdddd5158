//! Everything that a user owns, for the export and for deleting the account.

use jiff::Timestamp;
use shared::messages::Message;
use shared::users::PublicUser;
use shared::wishes::Wish;
use uuid::Uuid;

use crate::auth::session::Sid;
use crate::store::feeds::{from_cursor, to_cursor};
use crate::store::posts::{DELETION_MARKER, PostKind, is_deleted, stored, with_owner};
use crate::store::sessions::{Session, session_pk};
use crate::store::{Item, Store, from_item, text, unavailable};
use crate::web::canonical::Canonical;
use crate::web::error::Result;

/// How many items a page of an export has at most.
const EXPORT_PAGE_SIZE: usize = 500;

/// How many items one call deletes at most.
const MAX_DELETIONS: usize = 200;

/// One page of what a user owns.
#[derive(Default)]
pub struct OwnedItems {
    /// Logins, whether or not they still count.
    pub sessions: Vec<Session>,
    /// On the board.
    pub messages: Vec<Message>,
    /// On the wish list.
    pub wishes: Vec<Wish>,
    /// Where the rest begins, if there is more.
    pub next: Option<String>,
}

impl Store {
    /// A page of what a user owns.
    ///
    /// # Errors
    /// `Invalid` where the cursor is none of ours.
    pub async fn owned_items(&self, owner: &PublicUser, before: Option<&str>) -> Result<OwnedItems> {
        let before = before.map(|cursor| from_cursor(cursor, is_sort_key)).transpose()?;
        let (items, rest) = self.owned_by(&owner.username, before, EXPORT_PAGE_SIZE).await?;
        let mut owned_items = OwnedItems { next: rest.map(|at| to_cursor(&at)), ..OwnedItems::default() };
        for item in items.into_iter().filter(|item| !is_deleted(item)) {
            match pk(&item).split('#').next() {
                Some("session") => owned_items.sessions.push(from_item(item)?),
                Some(Message::NAME) => owned_items.messages.push(with_owner(owner, stored(item)?)),
                Some(Wish::NAME) => owned_items.wishes.push(with_owner(owner, stored(item)?)),
                _ => {}
            }
        }
        Ok(owned_items)
    }

    /// Deletes some of what somebody owns, but this session. Says whether there is more.
    pub async fn delete_owned_items(&self, owner: &str, but: Option<&str>) -> Result<bool> {
        let kept = but.map(session_pk);
        let (mut before, mut deleted) = (None, 0);
        loop {
            let (items, rest) = self.owned_by(owner, before, MAX_DELETIONS).await?;
            for pk in items.iter().map(pk).filter(|pk| Some(*pk) != kept.as_deref()) {
                let delete = self.db.delete_item().table_name(&self.table).key("pk", text(pk));
                delete.send().await.map_err(unavailable)?;
                deleted += 1;
            }
            match rest {
                None => return Ok(false),
                Some(_) if deleted >= MAX_DELETIONS => return Ok(true),
                Some(_) => before = rest,
            }
        }
    }
}

fn pk(item: &Item) -> &str {
    item.get("pk").and_then(|pk| pk.as_s().ok()).map_or("", String::as_str)
}

/// What is in the cursor of an export: a sort key of the index `owner`.
fn is_sort_key(at: &str) -> bool {
    let is_time = |text| Timestamp::parse_canonical(text).is_some();
    let is_id = |text| Uuid::parse_canonical(text).is_some();
    let is_session = |created, sid| is_time(created) && Sid::parse_canonical(sid).is_some();
    match at.split('#').collect::<Vec<_>>()[..] {
        [Message::NAME | Wish::NAME, created, id] => is_time(created) && is_id(id),
        [DELETION_MARKER, deleted, Message::NAME | Wish::NAME, id] => is_time(deleted) && is_id(id),
        ["session", generation, created, sid] => is_generation(generation) && is_session(created, sid),
        // From before sessions were sorted by generation.
        ["session", created, sid] => is_session(created, sid),
        _ => false,
    }
}

/// `g` and a number.
fn is_generation(text: &str) -> bool {
    let number = text.strip_prefix('g').and_then(|number| number.parse::<u64>().ok());
    number.is_some_and(|number| format!("g{number}") == text)
}
