//! The list of a user's live sessions.
//!
//! The index `owner` has the sessions of one generation side by side, so those that a raised generation has ended are
//! never read, however many there are. The index lags behind and says nothing about access: each session that it
//! names is read from the table, consistently, before it is listed.

use jiff::Timestamp;

use crate::store::feeds::at;
use crate::store::sessions::{Session, of_generation, session_pk};
use crate::store::users::{User, user_pk};
use crate::store::{Item, Store, from_item, number, text, unavailable};
use crate::web::error::Result;

/// How many sessions one Query reads: as many as one BatchGetItem takes.
const PAGE_SIZE: i32 = 100;

/// Maximum Queries for a list. There is more than one only if so many sessions have expired and are not deleted yet.
const MAX_PAGES: usize = 10;

/// The sort keys of sessions from before they had the generation: `session#<created>#<sid>`, where `<created>` begins
/// with a digit. The last of these sessions expires 90 days after the update.
const WITHOUT_GENERATION: [&str; 2] = ["session#0", "session#:"];

/// A part of a user's sessions in the index `owner`, by its first and last sort key.
struct Range<'a> {
    user: &'a User,
    first: &'a str,
    last: &'a str,
    now: Timestamp,
}

impl Store {
    /// The newest live sessions of a user, at most `max`, as they are now. A session that was made a moment ago may
    /// be missing.
    ///
    /// # Errors
    /// When the database doesn't answer.
    pub async fn sessions(
        &self,
        user: &User,
        now: Timestamp,
        max: usize,
        is_live: impl Fn(&Session) -> bool,
    ) -> Result<Vec<Session>> {
        let first = of_generation(user.generation);
        let last = format!("{first}~");
        let mut live =
            self.live_sessions_in(&Range { user, first: &first, last: &last, now }, max, &is_live).await?;
        if live.len() < max {
            let [first, last] = WITHOUT_GENERATION;
            live.extend(self.live_sessions_in(&Range { user, first, last, now }, max, &is_live).await?);
        }
        live.sort_by(|a, b| b.created_at.cmp(&a.created_at));
        live.truncate(max);
        Ok(live)
    }

    async fn live_sessions_in(
        &self,
        range: &Range<'_>,
        max: usize,
        is_live: &impl Fn(&Session) -> bool,
    ) -> Result<Vec<Session>> {
        let (mut live, mut start) = (Vec::new(), None);
        for _ in 0..MAX_PAGES {
            let (pks, rest) = self.session_pks(range, start).await?;
            let items = if pks.is_empty() { Vec::new() } else { self.get_batch(pks).await? };
            let found = items.into_iter().map(from_item).collect::<Result<Vec<Session>>>()?;
            live.extend(found.into_iter().filter(is_live));
            if live.len() >= max || rest.is_none() {
                break;
            }
            start = rest;
        }
        Ok(live)
    }

    /// One Query: the newest sessions that may be live, and where the rest begins.
    async fn session_pks(
        &self,
        range: &Range<'_>,
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
            .expression_attribute_values(":owner", text(user_pk(&range.user.username)))
            .expression_attribute_values(":first", text(range.first))
            .expression_attribute_values(":last", text(range.last))
            .expression_attribute_values(":generation", number(range.user.generation))
            .expression_attribute_values(":now", number(range.now.as_second()))
            .set_exclusive_start_key(start)
            .scan_index_forward(false)
            .limit(PAGE_SIZE);
        let found = query.send().await.map_err(unavailable)?;
        let pks = found.items.unwrap_or_default().iter().map(|item| session_pk(at(item, "sid"))).collect();
        Ok((pks, found.last_evaluated_key))
    }
}
