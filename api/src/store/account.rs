//! Users and their sessions, as they are stored.

use aws_sdk_dynamodb::types::{ConditionCheck, Delete, KeysAndAttributes, Put, TransactWriteItem};
use serde::{Deserialize, Serialize};
use shared::account::Username;

use super::{Item, Refused, Store, from_item, number, text, to_item, unavailable};
use crate::error::{Error, Result};

/// A user, as stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    /// Unique for good.
    pub username: String,
    /// What others see.
    pub name: String,
    /// An argon2id hash in PHC format.
    pub password: String,
    /// One more with each change that ends all sessions.
    pub generation: u64,
    /// RFC 3339 UTC in milliseconds.
    pub created_at: String,
}

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
    /// Adds a user and the first session.
    ///
    /// # Errors
    /// `UsernameTaken`, and then nothing is changed.
    pub async fn sign_up(&self, user: &User, session: &Session) -> Result<()> {
        let user = Put::builder()
            .table_name(&self.table)
            .set_item(Some(to_item(user, [("pk", user_pk(&user.username))])?))
            .condition_expression("attribute_not_exists(pk)")
            .build()
            .map(|put| TransactWriteItem::builder().put(put).build())
            .map_err(|error| Error::Internal(error.into()))?;
        let writes = vec![user, self.put_session(session)?];
        self.transact(writes).await.map_err(|refused| refused.or(Error::UsernameTaken))
    }

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
            .build()
            .map(|check| TransactWriteItem::builder().condition_check(check).build())
            .map_err(|error| Error::Internal(error.into()))?;
        let writes = vec![same_generation, self.put_session(session)?];
        self.transact(writes).await.map_err(|refused| refused.or(Error::WrongLogin))
    }

    fn put_session(&self, session: &Session) -> Result<TransactWriteItem> {
        let keys = [
            ("pk", session_pk(&session.sid)),
            ("owner", user_pk(&session.username)),
            ("owner_at", format!("session#{}#{}", session.created_at, session.sid)),
        ];
        let put = Put::builder().table_name(&self.table).set_item(Some(to_item(session, keys)?)).build();
        put.map(|put| TransactWriteItem::builder().put(put).build())
            .map_err(|error| Error::Internal(error.into()))
    }

    /// The user, as it is now.
    pub async fn user(&self, username: &Username) -> Result<Option<User>> {
        self.get(&self.table, user_pk(username.as_str())).await
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
        let (session_pk, user_pk) = (session_pk(sid), user_pk(username));
        let keys = KeysAndAttributes::builder()
            .set_keys(Some(
                [&session_pk, &user_pk].map(|pk| Item::from([("pk".to_owned(), text(pk))])).into(),
            ))
            .consistent_read(true)
            .build()
            .map_err(|error| Error::Internal(error.into()))?;
        let reply =
            self.db.batch_get_item().request_items(&self.table, keys).send().await.map_err(unavailable)?;
        if reply.unprocessed_keys().is_some_and(|keys| !keys.is_empty()) {
            return Err(Error::Unavailable("the table is throttled".into()));
        }
        let (mut session, mut user) = (None, None);
        for item in reply.responses.and_then(|mut tables| tables.remove(&self.table)).unwrap_or_default() {
            match item.get("pk").and_then(|pk| pk.as_s().ok()) {
                Some(pk) if *pk == session_pk => session = Some(from_item(item)?),
                Some(pk) if *pk == user_pk => user = Some(from_item(item)?),
                _ => {}
            }
        }
        Ok((session, user))
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
        match update.send().await {
            Ok(_) => Ok(()),
            Err(error)
                if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) =>
            {
                Ok(())
            }
            Err(error) => Err(unavailable(error)),
        }
    }

    /// Ends sessions, all or none, whether or not they are there.
    pub async fn end_sessions(&self, sids: &[&str]) -> Result<()> {
        let end = |sid: &&str| {
            let delete = Delete::builder().table_name(&self.table).key("pk", text(session_pk(sid))).build();
            delete.map(|delete| TransactWriteItem::builder().delete(delete).build())
        };
        let writes = sids.iter().map(end).collect::<Result<Vec<_>, _>>();
        match self.transact(writes.map_err(|error| Error::Internal(error.into()))?).await {
            Err(Refused::Otherwise(error)) => Err(error),
            Ok(()) | Err(Refused::Condition) => Ok(()),
        }
    }
}

fn user_pk(username: &str) -> String {
    format!("user#{username}")
}

fn session_pk(sid: &str) -> String {
    format!("session#{sid}")
}
