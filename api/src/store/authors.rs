//! The current names of the authors of posts. A post is stored with the name that its author had when it was written;
//! the current one is read with each page of a list, so that renaming takes effect everywhere.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::types::KeysAndAttributes;

use crate::store::feeds::at;
use crate::store::posts::PostKind;
use crate::store::users::{is_active, user_pk};
use crate::store::{Item, Store, text, unavailable};
use crate::web::error::Result;

/// Maximum attempts to read the names that DynamoDB left unprocessed, because it was throttled.
const MAX_READ_ATTEMPTS: u32 = 3;

/// The pause before the second attempt; it doubles with each further one.
const FIRST_PAUSE: Duration = Duration::from_millis(20);

impl Store {
    /// Posts with the current names of their authors, from one BatchGetItem. Posts of a deleted author are left out:
    /// the index may still have them for a moment. If a name can't be read in time, the stored one stays.
    ///
    /// Reads eventually consistently: that costs half, and the index that has the posts lags in the same way.
    ///
    /// # Errors
    /// When the database doesn't answer.
    pub(super) async fn with_current_names<T: PostKind>(&self, posts: Vec<T>) -> Result<Vec<T>> {
        let mut pks: Vec<String> = posts.iter().map(|post| user_pk(&post.owner().username)).collect();
        pks.sort_unstable();
        pks.dedup();
        let authors = self.authors(pks).await?;
        let current = |mut post: T| {
            let owner = post.owner_mut();
            match authors.get(&user_pk(&owner.username)) {
                Some(author) if !is_active(author) => return None,
                Some(author) => at(author, "name").clone_into(&mut owner.name),
                None => {}
            }
            Some(post)
        };
        Ok(posts.into_iter().filter_map(current).collect())
    }

    /// Users by their keys, at most 100: only what tells their names and whether they are deleted.
    async fn authors(&self, pks: Vec<String>) -> Result<HashMap<String, Item>> {
        let mut authors = HashMap::new();
        if pks.is_empty() {
            return Ok(authors);
        }
        let keys = pks.into_iter().map(|pk| Item::from([("pk".to_owned(), text(pk))])).collect();
        let keys = KeysAndAttributes::builder()
            .set_keys(Some(keys))
            .projection_expression("pk, #name, closed_at")
            .expression_attribute_names("#name", "name");
        let (mut keys, mut pause) = (keys.build()?, FIRST_PAUSE);
        for attempt in 1..=MAX_READ_ATTEMPTS {
            let reply = self
                .db
                .batch_get_item()
                .request_items(&self.table, keys)
                .send()
                .await
                .map_err(unavailable)?;
            let found = reply.responses.and_then(|mut tables| tables.remove(&self.table)).unwrap_or_default();
            authors.extend(found.into_iter().map(|author| (at(&author, "pk").to_owned(), author)));
            match reply.unprocessed_keys.and_then(|mut tables| tables.remove(&self.table)) {
                Some(rest) if attempt < MAX_READ_ATTEMPTS => keys = rest,
                _ => break,
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
        Ok(authors)
    }
}
