//! Lists of posts by creation time, newest first: the feeds of all users, and the lists of one owner. A feed is spread
//! over shards; the list of one owner is not.
//!
//! A page of a feed costs one Query per shard and one BatchGetItem for the authors' names, regardless of the number of
//! posts. The queries run at the same time, so more shards do not delay the page.

use futures_util::future::try_join_all;
use jiff::Timestamp;
use shared::users::PublicUser;
use uuid::Uuid;

use crate::store::index_query::MAX_SORT_KEY;
use crate::store::key_schema::user_pk;
use crate::store::post_items::{post_from_item, with_owner};
use crate::store::post_kind::PostKind;
use crate::store::{Item, Store, cursor, string_attribute};
use crate::web::canonical_id::Canonical;
use crate::web::error::Result;

/// A page of a feed, or of the list of one owner.
pub struct Page<T> {
    /// The posts, newest first.
    pub posts: Vec<T>,
    /// The cursor of the next page; `None` on the last page.
    pub next: Option<String>,
}

impl Store {
    /// Lists the newest posts of one kind by all users, at most `limit`. With a cursor, continues after the page that
    /// returned the cursor.
    ///
    /// # Errors
    /// `Invalid` if the cursor is malformed.
    pub async fn list_posts<T: PostKind>(&self, before: Option<&str>, limit: usize) -> Result<Page<T>> {
        let before = decode_cursor(before)?;
        let queries = (0..self.shards).map(|shard| {
            let partition = format!("{}#{shard}", T::FEED);
            // One item more than the limit shows whether there is another page.
            self.query_index("feed", partition, before.clone(), limit + 1)
        });
        let outputs = try_join_all(queries).await?;
        let mut items: Vec<Item> =
            outputs.into_iter().flat_map(|output| output.items.unwrap_or_default()).collect();
        items.sort_by(|a, b| string_attribute(b, "feed_at").cmp(string_attribute(a, "feed_at")));
        let Page { posts, next } = page_of(items, limit)?;
        Ok(Page { posts: self.with_current_names(posts).await?, next })
    }

    /// Lists the newest posts of one kind by one owner, at most `limit`. With a cursor, continues after the page that
    /// returned the cursor.
    ///
    /// # Errors
    /// `Invalid` if the cursor is malformed.
    pub async fn list_posts_of_owner<T: PostKind>(
        &self,
        owner: &PublicUser,
        before: Option<&str>,
        limit: usize,
    ) -> Result<Page<T>> {
        let prefix = format!("{}#", T::NAME);
        let before = format!("{prefix}{}", decode_cursor(before)?);
        let output = self.query_index("owner", user_pk(&owner.username), before, limit + 1).await?;
        let mut items = output.items.unwrap_or_default();
        items.retain(|item| string_attribute(item, "owner_at").starts_with(&prefix));
        let Page { posts, next } = page_of(items, limit)?;
        Ok(Page { posts: posts.into_iter().map(|post| with_owner(owner, post)).collect(), next })
    }
}

/// Builds a page from the items of a query for `limit + 1` items.
fn page_of<T: PostKind>(mut items: Vec<Item>, limit: usize) -> Result<Page<T>> {
    let has_next = items.len() > limit;
    items.truncate(limit);
    let posts = items.into_iter().map(post_from_item).collect::<Result<Vec<T>>>()?;
    let last = posts.last().filter(|_| has_next);
    let next = last.map(|last| cursor::encode(&format!("{}#{}", last.created_at(), last.id())));
    Ok(Page { posts, next })
}

fn decode_cursor(cursor: Option<&str>) -> Result<String> {
    match cursor {
        Some(cursor) => cursor::decode(cursor, is_feed_sort_key),
        None => Ok(MAX_SORT_KEY.to_owned()),
    }
}

/// Returns whether a text is a sort key of the index `feed`: `<created>#<uuid>`.
fn is_feed_sort_key(text: &str) -> bool {
    text.split_once('#').is_some_and(|(created, id)| {
        Timestamp::parse_canonical(created).is_some() && Uuid::parse_canonical(id).is_some()
    })
}
