//! The current names of the authors of posts.
//!
//! A post stores the name that its author had when the post was created or last edited. Each page of a list reads the
//! current names, so a changed display name is shown on older posts too.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::types::KeysAndAttributes;

use crate::store::key_schema::user_pk;
use crate::store::post_kind::PostKind;
use crate::store::users::is_active;
use crate::store::{Item, Store, database_error, primary_key, string_attribute};
use crate::web::error::Result;

/// Maximum number of BatchGetItem requests for one page, if throttling leaves keys unprocessed.
const MAX_READ_ATTEMPTS: u32 = 3;

/// The delay before the second attempt: 20 milliseconds. It doubles with each further attempt.
const INITIAL_RETRY_DELAY: Duration = Duration::from_millis(20);

impl Store {
    /// Replaces the names in posts with the current names of their authors, which costs one BatchGetItem. Leaves out
    /// the posts of deleted authors, which the index may still contain. Keeps the stored name if the current one cannot
    /// be read.
    ///
    /// The read is eventually consistent, which halves its cost. The index that lists the posts is eventually
    /// consistent too.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub(super) async fn with_current_names<T: PostKind>(&self, posts: Vec<T>) -> Result<Vec<T>> {
        let mut pks: Vec<String> = posts.iter().map(|post| user_pk(&post.owner().username)).collect();
        pks.sort_unstable();
        pks.dedup();
        let authors = self.read_authors(pks).await?;
        let update_name = |mut post: T| {
            let owner = post.owner_mut();
            match authors.get(&user_pk(&owner.username)) {
                Some(author) if !is_active(author) => return None,
                Some(author) => string_attribute(author, "name").clone_into(&mut owner.name),
                None => {}
            }
            Some(post)
        };
        Ok(posts.into_iter().filter_map(update_name).collect())
    }

    /// Reads at most 100 users by their keys. The items contain only the name and whether the user is deleted.
    async fn read_authors(&self, pks: Vec<String>) -> Result<HashMap<String, Item>> {
        let mut authors = HashMap::new();
        if pks.is_empty() {
            return Ok(authors);
        }
        let keys = KeysAndAttributes::builder()
            .set_keys(Some(pks.into_iter().map(primary_key).collect()))
            .projection_expression("pk, #name, closed_at")
            .expression_attribute_names("#name", "name");
        let (mut keys, mut delay) = (keys.build()?, INITIAL_RETRY_DELAY);
        for attempt in 1..=MAX_READ_ATTEMPTS {
            let request = self.db.batch_get_item().request_items(&self.table, keys);
            let reply = request.send().await.map_err(database_error)?;
            let items = reply.responses.and_then(|mut tables| tables.remove(&self.table)).unwrap_or_default();
            authors.extend(items.into_iter().map(|item| (string_attribute(&item, "pk").to_owned(), item)));
            match reply.unprocessed_keys.and_then(|mut tables| tables.remove(&self.table)) {
                Some(unprocessed) if attempt < MAX_READ_ATTEMPTS => keys = unprocessed,
                _ => break,
            }
            tokio::time::sleep(delay).await;
            delay *= 2;
        }
        Ok(authors)
    }
}
