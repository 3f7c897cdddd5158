//! Reads, updates and ends sessions. A session is live only while its generation is that of its user.

use aws_sdk_dynamodb::types::{Delete, Put, TransactWriteItem};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::rfc3339_millis;
use crate::store::key_schema::{session_pk, session_sort_key, user_pk};
use crate::store::users::{User, is_active};
use crate::store::{Store, condition_held, from_item, number_value, primary_key, string_value, to_item};
use crate::web::canonical_id::Canonical;
use crate::web::error::{Error, Result};

/// A session, as stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Session {
    /// The id: the SHA-256 of the session cookie's secret, in base64url.
    pub sid: String,
    /// The username of the session's user.
    pub username: String,
    /// The session's generation. The session is live only while it is equal to that of its user.
    pub generation: u64,
    /// When the user logged in.
    #[serde(with = "rfc3339_millis")]
    pub created_at: Timestamp,
    /// When the session was last used; updated at most every ten minutes.
    #[serde(with = "rfc3339_millis")]
    pub used_at: Timestamp,
    /// When the session expires, in Unix seconds.
    pub expires: i64,
    /// The browser that logged in.
    #[serde(default, rename = "device")]
    pub user_agent: UserAgent,
}

/// A browser and its operating system, as far as they are known. Contains no versions, because a complete `User-Agent`
/// header can identify a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserAgent {
    /// The name of the browser, for example `Firefox`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    /// The name of the operating system, for example `Windows`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
}

/// The id of a session in its canonical form.
#[derive(JsonSchema)]
#[schemars(inline, extend("pattern" = "^[A-Za-z0-9_-]{43}$"))]
pub struct SessionId(pub String);

/// A SHA-256 in base64url without padding; the unused bits of the last character are zero.
impl Canonical for SessionId {
    const EXAMPLE: &'static str = "Wq3vXy0Jm0Jq0mWb3M6o2u5Yb1mC2oT0m1bYqkqv5hQ";

    fn parse_canonical(text: &str) -> Option<Self> {
        let hash = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        (hash.len() == 32 && BASE64_URL_SAFE_NO_PAD.encode(hash) == text).then(|| Self(text.to_owned()))
    }
}

impl Store {
    /// Finds a session by its id, whether or not it is live.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn find_session(&self, sid: &str) -> Result<Option<Session>> {
        self.get(&self.table, session_pk(sid)).await
    }

    /// Reads a session and a user in one request. The caller must check that the session belongs to the user and is
    /// live.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn find_session_and_user(
        &self,
        sid: &str,
        username: &str,
    ) -> Result<(Option<Session>, Option<User>)> {
        let [session, user] = self.get_pair([session_pk(sid), user_pk(username)]).await?;
        let user = user.filter(is_active);
        Ok((session.map(from_item).transpose()?, user.map(from_item).transpose()?))
    }

    /// Updates the last-used time and the expiry of a session. Never recreates a session that has ended.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn update_last_used(&self, session: &Session) -> Result<()> {
        let update = self
            .db
            .update_item()
            .table_name(&self.table)
            .key("pk", string_value(session_pk(&session.sid)))
            .update_expression("SET used_at = :used_at, expires = :expires")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":used_at", string_value(rfc3339_millis::format(session.used_at)))
            .expression_attribute_values(":expires", number_value(session.expires));
        condition_held(update.send().await).map(drop)
    }

    /// Ends one session of a user. This is a transaction, which the SDK can safely send again if the response is lost: a
    /// repeated DeleteItem would not find the session.
    ///
    /// # Errors
    /// `NotFound` if the user has no such session.
    pub async fn end_session_of(&self, username: &str, sid: &str) -> Result<()> {
        let delete = Delete::builder()
            .table_name(&self.table)
            .set_key(Some(primary_key(session_pk(sid))))
            .condition_expression("username = :username")
            .expression_attribute_values(":username", string_value(username));
        let delete = TransactWriteItem::builder().delete(delete.build()?).build();
        self.transact(vec![delete]).await?.then_some(()).ok_or(Error::NotFound)
    }

    /// Ends sessions in one transaction. Ids of sessions that do not exist are ignored. Each id must be given once
    /// only.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn end_sessions(&self, sids: &[&str]) -> Result<()> {
        let writes = sids.iter().map(|sid| self.delete_write(session_pk(sid))).collect::<Result<_>>()?;
        self.transact(writes).await.map(drop)
    }

    /// Returns the write that stores a new session.
    pub(super) fn put_session_write(&self, session: &Session) -> Result<TransactWriteItem> {
        let sort_key = session_sort_key(session.generation, session.created_at, &session.sid);
        let keys =
            [("pk", session_pk(&session.sid)), ("owner", user_pk(&session.username)), ("owner_at", sort_key)];
        let put = Put::builder().table_name(&self.table).set_item(Some(to_item(session, keys)?)).build()?;
        Ok(TransactWriteItem::builder().put(put).build())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_id_has_one_canonical_form() {
        let is_canonical = |text| SessionId::parse_canonical(text).is_some();
        assert!(is_canonical("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        for text in [
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/",
            " AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        ] {
            assert!(!is_canonical(text), "{text}");
        }
    }
}
