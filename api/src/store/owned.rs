//! Whatever somebody owns, for those who want to take it along or leave nothing behind.

use shared::board::Message;
use shared::wishlist::Wish;

use super::feed::{from_cursor, to_cursor};
use super::session::{Session, session_pk};
use super::thing::{Kind, stored};
use super::{Item, Store, from_item, text, unavailable};
use crate::error::Result;

/// How many items a page of an export has at most.
const EXPORTED: usize = 500;

/// How many items one call deletes at most.
const DELETED: usize = 200;

/// What somebody owns.
#[derive(Default)]
pub struct Owned {
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
    /// A page of what somebody owns.
    ///
    /// # Errors
    /// `Invalid` where the cursor is none of ours.
    pub async fn owned(&self, owner: &str, before: Option<&str>) -> Result<Owned> {
        let (items, rest) = self
            .owned_by(owner, before.map(|cursor| from_cursor(cursor, is_sort_key)).transpose()?, EXPORTED)
            .await?;
        let mut owned = Owned { next: rest.map(|at| to_cursor(&at)), ..Owned::default() };
        for item in items {
            match pk(&item).split('#').next() {
                Some("session") => owned.sessions.push(from_item(item)?),
                Some(Message::NAME) => owned.messages.push(stored(item)?),
                Some(Wish::NAME) => owned.wishes.push(stored(item)?),
                _ => {}
            }
        }
        Ok(owned)
    }

    /// Deletes some of what somebody owns, but this session. Says whether there is more.
    pub async fn delete_some_of(&self, owner: &str, but: Option<&str>) -> Result<bool> {
        let kept = but.map(session_pk);
        let (mut before, mut deleted) = (None, 0);
        loop {
            let (items, rest) = self.owned_by(owner, before, DELETED).await?;
            for pk in items.iter().map(pk).filter(|pk| Some(*pk) != kept.as_deref()) {
                let delete = self.db.delete_item().table_name(&self.table).key("pk", text(pk));
                delete.send().await.map_err(unavailable)?;
                deleted += 1;
            }
            match rest {
                None => return Ok(false),
                Some(_) if deleted >= DELETED => return Ok(true),
                Some(_) => before = rest,
            }
        }
    }
}

fn pk(item: &Item) -> &str {
    item.get("pk").and_then(|pk| pk.as_s().ok()).map_or("", String::as_str)
}

/// What is in the cursor of an export: `<kind>#<created>#<id>`.
fn is_sort_key(at: &str) -> bool {
    let [kind, created, id] = at.split('#').collect::<Vec<_>>()[..] else { return false };
    ["session", Message::NAME, Wish::NAME].contains(&kind)
        // Not by its syntax alone: a timestamp may have annotations of any length (RFC 9557), and
        // DynamoDB rejects a sort key of more than 1,024 bytes.
        && created.len() == 24
        && created.parse::<jiff::Timestamp>().is_ok()
        && id.len() < 64
        && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}
