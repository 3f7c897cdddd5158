//! Reads a user's live sessions from the index `owner`.
//!
//! The index sorts sessions by generation, so the query never reads sessions that a higher generation has
//! ended. The index is eventually consistent, so each session that it returns is read from the table before it is
//! listed.

use std::cmp::Reverse;

use jiff::Timestamp;

use crate::store::key_schema::{session_pk, session_sort_key_prefix, user_pk};
use crate::store::sessions::Session;
use crate::store::users::User;
use crate::store::{Item, Store, database_error, from_item, number_value, string_attribute, string_value};
use crate::web::error::Result;

/// Maximum number of sessions that one Query reads: as many as one BatchGetItem can read.
const PAGE_SIZE: i32 = 100;

/// Maximum number of Queries for each range of sort keys. The second one is needed only if many sessions have expired
/// and DynamoDB has not deleted them yet.
const MAX_PAGES: usize = 10;

/// The bounds of sort keys without a generation: `session#<created>#<sid>`, where `<created>` begins with a digit. An
/// earlier version of Wishboard wrote these keys. The last such session expires 90 days after that version is replaced.
const SORT_KEY_BOUNDS_WITHOUT_GENERATION: [&str; 2] = ["session#0", "session#:"];

/// A range of a user's sessions in the index `owner`, by the first and the last sort key.
struct SortKeyRange<'a> {
    user: &'a User,
    first: &'a str,
    last: &'a str,
    now: Timestamp,
}

impl Store {
    /// Lists the live sessions of a user, the newest first, at most `max`. A session that was created a moment ago may
    /// be missing.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn list_sessions(
        &self,
        user: &User,
        now: Timestamp,
        max: usize,
        is_live: impl Fn(&Session) -> bool,
    ) -> Result<Vec<Session>> {
        let first = session_sort_key_prefix(user.generation);
        let last = format!("{first}~");
        let range = SortKeyRange { user, first: &first, last: &last, now };
        let mut live = self.live_sessions_in(&range, max, &is_live).await?;
        if live.len() < max {
            let [first, last] = SORT_KEY_BOUNDS_WITHOUT_GENERATION;
            let range = SortKeyRange { user, first, last, now };
            live.extend(self.live_sessions_in(&range, max, &is_live).await?);
        }
        live.sort_by_key(|session| Reverse(session.created_at));
        live.truncate(max);
        Ok(live)
    }

    async fn live_sessions_in(
        &self,
        range: &SortKeyRange<'_>,
        max: usize,
        is_live: &impl Fn(&Session) -> bool,
    ) -> Result<Vec<Session>> {
        let (mut live, mut start) = (Vec::new(), None);
        for _ in 0..MAX_PAGES {
            let (pks, next_start) = self.query_session_pks(range, start).await?;
            let items = if pks.is_empty() { Vec::new() } else { self.get_batch(pks).await? };
            let sessions = items.into_iter().map(from_item).collect::<Result<Vec<Session>>>()?;
            live.extend(sessions.into_iter().filter(is_live));
            if live.len() >= max || next_start.is_none() {
                break;
            }
            start = next_start;
        }
        Ok(live)
    }

    /// Sends one Query. Returns the keys of the newest sessions that may be live, and where the next Query starts.
    async fn query_session_pks(
        &self,
        range: &SortKeyRange<'_>,
        start: Option<Item>,
    ) -> Result<(Vec<String>, Option<Item>)> {
        let query = self
            .db
            .query()
            .table_name(&self.table)
            .index_name("owner")
            .key_condition_expression("#owner = :owner AND owner_at BETWEEN :first AND :last")
            .filter_expression("generation = :generation AND expires > :now")
            .expression_attribute_names("#owner", "owner")
            .expression_attribute_values(":owner", string_value(user_pk(&range.user.username)))
            .expression_attribute_values(":first", string_value(range.first))
            .expression_attribute_values(":last", string_value(range.last))
            .expression_attribute_values(":generation", number_value(range.user.generation))
            .expression_attribute_values(":now", number_value(range.now.as_second()))
            .set_exclusive_start_key(start)
            .scan_index_forward(false)
            .limit(PAGE_SIZE);
        let page = query.send().await.map_err(database_error)?;
        let items = page.items.unwrap_or_default();
        let pks = items.iter().map(|item| session_pk(string_attribute(item, "sid"))).collect();
        Ok((pks, page.last_evaluated_key))
    }
}
