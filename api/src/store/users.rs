//! Users. A deleted user leaves a tombstone under its key, so that its username is never given to another user.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::users::Username;

use crate::rfc3339_millis;
use crate::store::key_schema::{session_pk, user_pk};
use crate::store::{Item, Store, condition_held, from_item, primary_key, string_value};
use crate::web::error::{Error, Result};

/// A user, as stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    /// The username. It never changes.
    pub username: String,
    /// The display name.
    pub name: String,
    /// The argon2id hash of the password in PHC format; `None` for users of the external identity provider.
    #[serde(default, rename = "password", skip_serializing_if = "Option::is_none")]
    pub password_hash: Option<String>,
    /// The generation of the sessions that are live. Raising it ends all sessions of earlier generations.
    pub generation: u64,
    /// When the user signed up.
    #[serde(with = "rfc3339_millis")]
    pub created_at: Timestamp,
    /// Known devices: the SHA-256 of each device's secret, and the time of the last login there in Unix seconds.
    #[serde(default, rename = "devices", skip_serializing_if = "BTreeMap::is_empty")]
    pub known_devices: BTreeMap<String, i64>,
}

impl Store {
    /// Finds a user by its username. Returns `None` for deleted users.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn find_user(&self, username: &Username) -> Result<Option<User>> {
        let item = self.get_item(&self.table, user_pk(username.as_str())).await?;
        item.filter(is_active).map(from_item).transpose()
    }

    /// Returns whether a user has this username, or had it before being deleted.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn is_username_taken(&self, username: &Username) -> Result<bool> {
        Ok(self.get_item(&self.table, user_pk(username.as_str())).await?.is_some())
    }

    /// Changes the display name of a user.
    ///
    /// # Errors
    /// `SessionEnded` if the user has been deleted.
    pub async fn edit_display_name(&self, username: &str, name: &str) -> Result<()> {
        let update = self
            .db
            .update_item()
            .table_name(&self.table)
            .key("pk", string_value(user_pk(username)))
            .update_expression("SET #name = :name")
            // Without the condition, the update would create a missing user.
            .condition_expression("attribute_exists(generation)")
            .expression_attribute_names("#name", "name")
            .expression_attribute_values(":name", string_value(name));
        condition_held(update.send().await)?.then_some(()).ok_or(Error::SessionEnded)
    }

    /// Deletes a user and the session that requests it, in one transaction. The user's other sessions end too, because
    /// a session without a user is not live. If the user is already deleted, writes its tombstone again.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn delete_user(&self, username: &str, sid: &str, now: Timestamp) -> Result<()> {
        let user = Put::builder()
            .table_name(&self.table)
            .set_item(Some(tombstone(username, now)))
            .condition_expression("attribute_exists(pk)")
            .build()?;
        let user = TransactWriteItem::builder().put(user).build();
        let writes = vec![user, self.delete_write(session_pk(sid))?];
        self.transact(writes).await.map(drop)
    }
}

/// Returns whether an item is a user and not a [`tombstone`].
pub(super) fn is_active(user: &Item) -> bool {
    !user.contains_key("closed_at")
}

/// Returns the item that replaces a deleted user.
pub(super) fn tombstone(username: &str, now: Timestamp) -> Item {
    let mut item = primary_key(user_pk(username));
    item.insert("closed_at".to_owned(), string_value(rfc3339_millis::format(now)));
    item
}
