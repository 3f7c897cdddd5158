//! Sessions, as they are stored.

use aws_sdk_dynamodb::types::{ConditionCheck, Delete, Put, TransactWriteItem};
use serde::{Deserialize, Serialize};

use super::account::{User, is_open, user_pk};
use super::{Store, done, from_item, number, text, to_item};
use crate::error::{Error, Result};

/// A session, as stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Session {
    /// The SHA-256 of the cookie, in base64url.
    pub sid: String,
    /// Whose it is.
    pub username: String,
    /// The user's generation when it was made; it lives only as long as they are equal.
    pub generation: u64,
    /// RFC 3339 UTC in milliseconds.
    pub created_at: String,
    /// As `created_at`; written at most every ten minutes.
    pub used_at: String,
    /// Unix seconds.
    pub expires: i64,
}

impl Store {
    /// Adds a session, if the user's generation is still that of the session.
    ///
    /// # Errors
    /// `WrongLogin` where the generation has changed since its password was checked.
    pub async fn log_in(&self, session: &Session) -> Result<()> {
        let same_generation = ConditionCheck::builder()
            .table_name(&self.table)
            .key("pk", text(user_pk(&session.username)))
            .condition_expression("generation = :generation")
            .expression_attribute_values(":generation", number(session.generation))
            .build()?;
        let same_generation = TransactWriteItem::builder().condition_check(same_generation).build();
        let writes = vec![same_generation, self.put_session(session)?];
        self.transact(writes).await?.then_some(()).ok_or(Error::WrongLogin)
    }

    pub(super) fn put_session(&self, session: &Session) -> Result<TransactWriteItem> {
        let keys = [
            ("pk", session_pk(&session.sid)),
            ("owner", user_pk(&session.username)),
            ("owner_at", format!("session#{}#{}", session.created_at, session.sid)),
        ];
        let put = Put::builder().table_name(&self.table).set_item(Some(to_item(session, keys)?)).build()?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    /// The session, as it is now, whether or not it still counts.
    pub async fn session(&self, sid: &str) -> Result<Option<Session>> {
        self.get(&self.table, session_pk(sid)).await
    }

    /// A session and a user in one read, as they are now, whether or not they belong together.
    pub async fn session_and_user(
        &self,
        sid: &str,
        username: &str,
    ) -> Result<(Option<Session>, Option<User>)> {
        let [session, user] = self.get_both([session_pk(sid), user_pk(username)]).await?;
        let user = user.filter(is_open);
        Ok((session.map(from_item).transpose()?, user.map(from_item).transpose()?))
    }

    /// Notes that a session was used. One that has ended stays ended.
    pub async fn use_session(&self, session: &Session) -> Result<()> {
        let update = self
            .db
            .update_item()
            .table_name(&self.table)
            .key("pk", text(session_pk(&session.sid)))
            .update_expression("SET used_at = :used_at, expires = :expires")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":used_at", text(&session.used_at))
            .expression_attribute_values(":expires", number(session.expires));
        done(update.send().await).map(drop)
    }

    /// Ends sessions, all or none, whether or not they are there. No two of them may be the same.
    pub async fn end_sessions(&self, sids: &[&str]) -> Result<()> {
        let mut writes = Vec::new();
        for sid in sids {
            let delete =
                Delete::builder().table_name(&self.table).key("pk", text(session_pk(sid))).build()?;
            writes.push(TransactWriteItem::builder().delete(delete).build());
        }
        self.transact(writes).await.map(drop)
    }
}

pub(super) fn session_pk(sid: &str) -> String {
    format!("session#{sid}")
}
