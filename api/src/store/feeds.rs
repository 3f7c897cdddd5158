//! Feeds: posts by creation time, newest first. The feed of all users is spread over shards; the feed of one owner is not.
//!
//! A page of the feed of all users costs one Query per shard and one BatchGetItem for the owners' names, at any number of
//! posts. A cursor holds the sort key of the last post of a page; it is opaque to clients and validated.

use aws_sdk_dynamodb::operation::query::QueryOutput;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use shared::users::PublicUser;
use uuid::Uuid;

use crate::crypto::sha256;
use crate::store::posts::{PostKind, stored, with_owner};
use crate::store::users::user_pk;
use crate::store::{Item, Store, text, unavailable};
use crate::web::canonical::Canonical;
use crate::web::error::{Error, Result};

/// Greater than every sort key.
const AFTER_ALL_KEYS: &str = "~";

/// Some things, and where the next page begins, if there is more.
pub struct Page<T> {
    /// Newest first.
    pub posts: Vec<T>,
    /// A cursor.
    pub next: Option<String>,
}

impl Store {
    /// The newest `limit` things of a kind, before the cursor if there is one.
    ///
    /// # Errors
    /// `Invalid` where the cursor is none of ours.
    pub async fn newest<T: PostKind>(&self, before: Option<&str>, limit: usize) -> Result<Page<T>> {
        let before =
            before.map_or(Ok(AFTER_ALL_KEYS.to_owned()), |cursor| from_cursor(cursor, is_list_position))?;
        let mut items = Vec::new();
        for shard in 0..self.shards {
            let feed = format!("{}#{shard}", T::FEED);
            // One more than the limit, so that a page knows whether it is the last.
            items.extend(
                self.query_backwards("feed", feed, before.clone(), limit + 1)
                    .await?
                    .items
                    .unwrap_or_default(),
            );
        }
        items.sort_by(|a, b| at(b, "feed_at").cmp(at(a, "feed_at")));
        let Page { posts, next } = page(items, limit)?;
        Ok(Page { posts: self.with_current_names(posts).await?, next })
    }

    /// The newest `limit` things of a kind that this user owns, before the cursor if there is one.
    ///
    /// # Errors
    /// `Invalid` where the cursor is none of ours.
    pub async fn newest_by<T: PostKind>(
        &self,
        owner: &PublicUser,
        before: Option<&str>,
        limit: usize,
    ) -> Result<Page<T>> {
        let before =
            before.map_or(Ok(AFTER_ALL_KEYS.to_owned()), |cursor| from_cursor(cursor, is_list_position))?;
        let kind = format!("{}#", T::NAME);
        let find_owned = user_pk(&owner.username);
        let found = self.query_backwards("owner", find_owned, format!("{kind}{before}"), limit + 1).await?;
        let mut items = found.items.unwrap_or_default();
        items.retain(|item| at(item, "owner_at").starts_with(&kind));
        let Page { posts, next } = page(items, limit)?;
        Ok(Page { posts: posts.into_iter().map(|post| with_owner(owner, post)).collect(), next })
    }

    /// What a user owns: at most `limit` items, and the cursor of the next page.
    pub(super) async fn owned_by(
        &self,
        owner: &str,
        before: Option<String>,
        limit: usize,
    ) -> Result<(Vec<Item>, Option<String>)> {
        let before = before.unwrap_or_else(|| AFTER_ALL_KEYS.to_owned());
        let found = self.query_backwards("owner", user_pk(owner), before, limit).await?;
        // Not by their number: DynamoDB ends a page at 1 MB too.
        let rest = found.last_evaluated_key.map(|last| at(&last, "owner_at").to_owned());
        Ok((found.items.unwrap_or_default(), rest))
    }

    /// One Query: the items of a partition of an index that sort before this, the last ones first.
    async fn query_backwards(
        &self,
        index: &str,
        partition: String,
        before: String,
        limit: usize,
    ) -> Result<QueryOutput> {
        let query = self
            .db
            .query()
            .table_name(&self.table)
            .index_name(index)
            .key_condition_expression("#partition = :partition AND #at < :before")
            .expression_attribute_names("#partition", index)
            .expression_attribute_names("#at", format!("{index}_at"))
            .expression_attribute_values(":partition", text(partition))
            .expression_attribute_values(":before", text(before))
            .scan_index_forward(false)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX));
        query.send().await.map_err(unavailable)
    }

    /// The shard of a feed that a thing appears in: by a hash, because clients choose ids.
    pub(super) fn feed_shard(&self, feed: &str, id: Uuid) -> String {
        let [a, b, c, d, ..] = sha256(id.as_bytes());
        format!("{feed}#{}", u32::from_be_bytes([a, b, c, d]) % self.shards)
    }
}

fn page<T: PostKind>(mut items: Vec<Item>, limit: usize) -> Result<Page<T>> {
    let more = items.len() > limit;
    items.truncate(limit);
    let posts = items.into_iter().map(stored).collect::<Result<Vec<T>>>()?;
    let next = posts.last().filter(|_| more).map(|last| format!("{}#{}", last.created_at(), last.id()));
    Ok(Page { posts, next: next.map(|at| to_cursor(&at)) })
}

pub(super) fn at<'a>(item: &'a Item, name: &str) -> &'a str {
    item.get(name).and_then(|at| at.as_s().ok()).map_or("", String::as_str)
}

/// What is in the cursor of a list: `<created>#<uuid>`.
fn is_list_position(at: &str) -> bool {
    at.split_once('#').is_some_and(|(created, id)| {
        Timestamp::parse_canonical(created).is_some() && Uuid::parse_canonical(id).is_some()
    })
}

/// The cursor of a place in a list: opaque to clients.
pub(super) fn to_cursor(at: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(at)
}

/// The place that a cursor stands for.
///
/// # Errors
/// `Invalid` where it is no such place, so that no page has given it out.
pub(super) fn from_cursor(cursor: &str, is_list_position: fn(&str) -> bool) -> Result<String> {
    let decoded = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded.filter(|at| is_list_position(at)).ok_or_else(|| Error::Invalid {
        field: "before".into(),
        detail: "must be the next of an earlier page".to_owned(),
    })
}
