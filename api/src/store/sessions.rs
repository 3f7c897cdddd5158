//! Sessions, as they are stored.

use aws_sdk_dynamodb::types::{Delete, Put, TransactWriteItem};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::auth::user_agent::UserAgent;
use crate::rfc3339_millis;
use crate::store::known_devices::KnownDevice;
use crate::store::users::{User, is_active, user_pk};
use crate::store::{Store, done, from_item, number, text, to_item};
use crate::web::error::{Error, Result};

/// A session, as stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Session {
    /// The SHA-256 of the cookie, in base64url.
    pub sid: String,
    /// Whose it is.
    pub username: String,
    /// The user's generation when it was made; it lives only as long as they are equal.
    pub generation: u64,
    /// When the user logged in.
    #[serde(with = "rfc3339_millis")]
    pub created_at: Timestamp,
    /// When the session was last used; written at most every ten minutes.
    #[serde(with = "rfc3339_millis")]
    pub used_at: Timestamp,
    /// Unix seconds.
    pub expires: i64,
    /// What it was made with.
    #[serde(default)]
    pub device: UserAgent,
}

impl Store {
    /// Adds a session of a user and makes its device known, if the user's generation is still this one. Ends the session
    /// that the browser had before.
    ///
    /// # Errors
    /// `WrongLogin` if the generation has changed since the password was checked.
    pub async fn log_in(
        &self,
        user: &User,
        session: &Session,
        device: &KnownDevice,
        before: Option<&str>,
    ) -> Result<()> {
        let mut writes = vec![self.remember_device(user, device)?];
        writes.extend(self.put_session(session, before)?);
        self.transact(writes).await?.then_some(()).ok_or(Error::WrongLogin)
    }

    /// The writes that put one session in the place of another.
    pub(super) fn put_session(
        &self,
        session: &Session,
        before: Option<&str>,
    ) -> Result<Vec<TransactWriteItem>> {
        let keys = [
            ("pk", session_pk(&session.sid)),
            ("owner", user_pk(&session.username)),
            ("owner_at", owner_at(session, session.generation)),
        ];
        let put = Put::builder().table_name(&self.table).set_item(Some(to_item(session, keys)?)).build()?;
        let mut writes = vec![TransactWriteItem::builder().put(put).build()];
        if let Some(before) = before {
            writes.push(self.delete_session(before)?);
        }
        Ok(writes)
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
        let user = user.filter(is_active);
        Ok((session.map(from_item).transpose()?, user.map(from_item).transpose()?))
    }

    /// Notes that a session was used. One that has ended stays ended.
    pub async fn update_last_used(&self, session: &Session) -> Result<()> {
        let update = self
            .db
            .update_item()
            .table_name(&self.table)
            .key("pk", text(session_pk(&session.sid)))
            .update_expression("SET used_at = :used_at, expires = :expires")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":used_at", text(rfc3339_millis::format(session.used_at)))
            .expression_attribute_values(":expires", number(session.expires));
        done(update.send().await).map(drop)
    }

    /// Ends one session of this owner.
    ///
    /// # Errors
    /// `NotFound` where there is no such session, or it is somebody else's.
    pub async fn end_session_of(&self, owner: &str, sid: &str) -> Result<()> {
        let delete = self
            .db
            .delete_item()
            .table_name(&self.table)
            .key("pk", text(session_pk(sid)))
            .condition_expression("username = :owner")
            .expression_attribute_values(":owner", text(owner));
        done(delete.send().await)?.then_some(()).ok_or(Error::NotFound)
    }

    /// Ends sessions, all or none, whether or not they are there. No two of them may be the same.
    pub async fn end_sessions(&self, sids: &[&str]) -> Result<()> {
        let writes = sids.iter().map(|sid| self.delete_session(sid)).collect::<Result<_>>()?;
        self.transact(writes).await.map(drop)
    }

    pub(super) fn delete_session(&self, sid: &str) -> Result<TransactWriteItem> {
        let delete = Delete::builder().table_name(&self.table).key("pk", text(session_pk(sid))).build()?;
        Ok(TransactWriteItem::builder().delete(delete).build())
    }
}

pub(super) fn session_pk(sid: &str) -> String {
    format!("session#{sid}")
}

/// The sort key of a session in the index `owner`. It begins with the generation, so that the sessions that a raised
/// generation has ended are in no one's way.
pub(super) fn owner_at(session: &Session, generation: u64) -> String {
    let created_at = rfc3339_millis::format(session.created_at);
    format!("{}{created_at}#{}", of_generation(generation), session.sid)
}

/// What the sort keys of one generation begin with.
pub(super) fn of_generation(generation: u64) -> String {
    format!("session#g{generation}#")
}
