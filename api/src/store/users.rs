//! Users, as they are stored.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::{Put, TransactWriteItem, Update};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::users::Username;

use crate::rfc3339_millis;
use crate::store::sessions::{Session, session_pk};
use crate::store::{Item, Store, done, from_item, number, sessions, text, to_item};
use crate::web::error::{Error, Result};

/// A user, as stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    /// Unique for good.
    pub username: String,
    /// What others see.
    pub name: String,
    /// An argon2id hash in PHC format; none where an outside issuer knows who it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// One more with each change that ends all sessions.
    pub generation: u64,
    /// When the user signed up.
    #[serde(with = "rfc3339_millis")]
    pub created_at: Timestamp,
    /// Known devices: the SHA-256 of each device's secret, and the time of the last login there, in Unix seconds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub devices: BTreeMap<String, i64>,
}

impl Store {
    /// Adds a user and the first session, and ends the one that the browser had before.
    ///
    /// # Errors
    /// `UsernameTaken`, and then nothing is changed.
    pub async fn sign_up(&self, user: &User, session: &Session, before: Option<&str>) -> Result<()> {
        let user = Put::builder()
            .table_name(&self.table)
            .set_item(Some(to_item(user, [("pk", user_pk(&user.username))])?))
            .condition_expression("attribute_not_exists(pk)")
            .build()?;
        let mut writes = vec![TransactWriteItem::builder().put(user).build()];
        writes.extend(self.put_session(session, before)?);
        self.transact(writes).await?.then_some(()).ok_or(Error::UsernameTaken)
    }

    /// The user, as it is now; none where there never was one or it was deleted.
    pub async fn user(&self, username: &Username) -> Result<Option<User>> {
        let item = self.get_item(&self.table, user_pk(username.as_str())).await?;
        item.filter(is_active).map(from_item).transpose()
    }

    /// Whether there is or was a user of this name.
    pub async fn is_taken(&self, username: &Username) -> Result<bool> {
        Ok(self.get_item(&self.table, user_pk(username.as_str())).await?.is_some())
    }

    /// Gives a user another name.
    ///
    /// # Errors
    /// `SessionEnded` where the user was deleted meanwhile.
    pub async fn rename(&self, username: &str, name: &str) -> Result<()> {
        let update = self
            .db
            .update_item()
            .table_name(&self.table)
            .key("pk", text(user_pk(username)))
            .update_expression("SET #name = :name")
            // An update would make what is not there.
            .condition_expression("attribute_exists(generation)")
            .expression_attribute_names("#name", "name")
            .expression_attribute_values(":name", text(name));
        done(update.send().await)?.then_some(()).ok_or(Error::SessionEnded)
    }

    /// Gives a user another password and ends every session but this one.
    ///
    /// # Errors
    /// `SessionEnded` where the user or the session was changed meanwhile, and then nothing is.
    pub async fn change_password(&self, user: &User, session: &Session, password: &str) -> Result<()> {
        self.raise_generation(user, session, Some(password)).await
    }

    /// Ends every session of a user but this one.
    ///
    /// # Errors
    /// `SessionEnded` where the user or the session was changed meanwhile, and then nothing is.
    pub async fn end_other_sessions(&self, user: &User, session: &Session) -> Result<()> {
        self.raise_generation(user, session, None).await
    }

    /// One more generation for a user and this session: no other session counts any more.
    async fn raise_generation(&self, user: &User, session: &Session, password: Option<&str>) -> Result<()> {
        let raise = |pk: String| {
            Update::builder()
                .table_name(&self.table)
                .key("pk", text(pk))
                .update_expression("SET generation = :next")
                .condition_expression("generation = :generation")
                .expression_attribute_values(":generation", number(user.generation))
                .expression_attribute_values(":next", number(user.generation + 1))
        };
        let mut raise_user = raise(user_pk(&user.username));
        if let Some(password) = password {
            raise_user = raise_user
                .update_expression("SET generation = :next, password = :password")
                .expression_attribute_values(":password", text(password));
        }
        let raise_session = raise(session_pk(&session.sid))
            .update_expression("SET generation = :next, owner_at = :owner_at")
            .expression_attribute_values(":owner_at", text(sessions::owner_at(session, user.generation + 1)));
        let writes = [raise_user.build()?, raise_session.build()?];
        let writes = writes.map(|update| TransactWriteItem::builder().update(update).build());
        self.transact(writes.into()).await?.then_some(()).ok_or(Error::SessionEnded)
    }

    /// Deletes a user and the session that asks for it, in one transaction. Only the username stays: no other user ever
    /// gets it, and no session counts any more.
    pub async fn delete_user(&self, username: &str, sid: &str, now: Timestamp) -> Result<()> {
        let user = Put::builder()
            .table_name(&self.table)
            .set_item(Some(tombstone(username, now)))
            .condition_expression("attribute_exists(pk)")
            .build()?;
        let writes = vec![TransactWriteItem::builder().put(user).build(), self.delete_session(sid)?];
        self.transact(writes).await.map(drop)
    }
}

/// A deleted user's key stays, and only that.
pub(super) fn is_active(user: &Item) -> bool {
    !user.contains_key("closed_at")
}

/// What is left of a deleted user.
pub(super) fn tombstone(username: &str, now: Timestamp) -> Item {
    Item::from([
        ("pk".to_owned(), text(user_pk(username))),
        ("closed_at".to_owned(), text(rfc3339_millis::format(now))),
    ])
}

/// The key of a user, and what the things it owns are found by.
pub(super) fn user_pk(username: &str) -> String {
    format!("user#{username}")
}
