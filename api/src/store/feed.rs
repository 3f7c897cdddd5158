//! Feeds: things in the order of their making, newest first, spread over shards.
//!
//! The newest `n` cost one Query per shard, however many things there are. A cursor is the sort key
//! of the last thing of a page; it is opaque to clients and checked when it comes back.

use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;

use super::{Item, Store, from_item, text, unavailable};
use crate::error::{Error, Result};

/// Some things of a feed, and where the next page begins, if there is more.
pub(super) struct Page<T> {
    pub things: Vec<T>,
    pub next: Option<String>,
}

impl Store {
    /// The shard that a thing belongs to: the same for good, as long as their number is.
    pub(super) fn feed_of(&self, name: &str, id: uuid::Uuid) -> String {
        let shard = id.as_u128() % u128::from(self.shards);
        format!("{name}#{shard}")
    }

    /// The newest `limit` things of a feed, before the cursor if there is one.
    ///
    /// # Errors
    /// `Invalid` where the cursor is none of ours.
    pub(super) async fn newest<T: DeserializeOwned>(
        &self,
        name: &str,
        before: Option<&str>,
        limit: usize,
    ) -> Result<Page<T>> {
        let before = before.map(from_cursor).transpose()?;
        let mut items = Vec::new();
        for shard in 0..self.shards {
            items.extend(self.newest_of_shard(&format!("{name}#{shard}"), before.as_deref(), limit).await?);
        }
        items.sort_by(|a, b| at(b).cmp(at(a)));
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(|last| BASE64_URL_SAFE_NO_PAD.encode(at(last)));
        let things = items.into_iter().map(from_item).collect::<Result<_>>()?;
        Ok(Page { things, next })
    }

    /// One more than the limit, so that a page knows whether it is the last.
    async fn newest_of_shard(&self, feed: &str, before: Option<&str>, limit: usize) -> Result<Vec<Item>> {
        let query = self
            .db
            .query()
            .table_name(&self.table)
            .index_name("feed")
            .scan_index_forward(false)
            .limit(i32::try_from(limit + 1).unwrap_or(i32::MAX))
            .expression_attribute_values(":feed", text(feed));
        let query = match before {
            None => query.key_condition_expression("feed = :feed"),
            Some(before) => query
                .key_condition_expression("feed = :feed AND feed_at < :before")
                .expression_attribute_values(":before", text(before)),
        };
        Ok(query.send().await.map_err(unavailable)?.items.unwrap_or_default())
    }
}

fn at(item: &Item) -> &str {
    item.get("feed_at").and_then(|at: &AttributeValue| at.as_s().ok()).map_or("", String::as_str)
}

/// The sort key in a cursor: `<created>#<uuid>`.
fn from_cursor(cursor: &str) -> Result<String> {
    let decoded = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded
        .filter(|at| {
            at.split_once('#').is_some_and(|(created, id)| {
                created.len() == 24
                    && created.parse::<jiff::Timestamp>().is_ok()
                    && id.parse::<uuid::Uuid>().is_ok()
            })
        })
        .ok_or_else(|| Error::Invalid {
            field: "before".into(),
            detail: "must be the next of an earlier page".to_owned(),
        })
}
