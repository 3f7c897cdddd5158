//! Generations: raising the generation of a user and of one session ends all other sessions of the user.

use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use aws_sdk_dynamodb::types::{TransactWriteItem, Update};

use crate::store::key_schema::{session_pk, session_sort_key, user_pk};
use crate::store::sessions::Session;
use crate::store::users::User;
use crate::store::{Store, number_value, string_value};
use crate::web::error::{Error, Result};

impl Store {
    /// Changes the password of a user and ends all sessions of the user except one.
    ///
    /// # Errors
    /// `SessionEnded` if the user or the session has changed since it was read; nothing is written then.
    pub async fn change_password(&self, user: &User, session: &Session, password_hash: &str) -> Result<()> {
        self.raise_generation(user, session, Some(password_hash)).await
    }

    /// Ends all sessions of a user except one.
    ///
    /// # Errors
    /// `SessionEnded` if the user or the session has changed since it was read; nothing is written then.
    pub async fn end_other_sessions(&self, user: &User, session: &Session) -> Result<()> {
        self.raise_generation(user, session, None).await
    }

    async fn raise_generation(
        &self,
        user: &User,
        session: &Session,
        password_hash: Option<&str>,
    ) -> Result<()> {
        let mut update_user = self.raise_generation_of(user_pk(&user.username), user.generation);
        if let Some(password_hash) = password_hash {
            update_user = update_user
                .update_expression("SET generation = :next, password = :password")
                .expression_attribute_values(":password", string_value(password_hash));
        }
        let sort_key = session_sort_key(user.generation + 1, session.created_at, &session.sid);
        let update_session = self
            .raise_generation_of(session_pk(&session.sid), user.generation)
            .update_expression("SET generation = :next, owner_at = :owner_at")
            .expression_attribute_values(":owner_at", string_value(sort_key));
        let writes = [update_user.build()?, update_session.build()?];
        let writes = writes.map(|update| TransactWriteItem::builder().update(update).build());
        self.transact(writes.into()).await?.then_some(()).ok_or(Error::SessionEnded)
    }

    /// Begins an update that raises the generation of an item, on the condition that it still is `generation`.
    fn raise_generation_of(&self, pk: String, generation: u64) -> UpdateBuilder {
        Update::builder()
            .table_name(&self.table)
            .key("pk", string_value(pk))
            .update_expression("SET generation = :next")
            .condition_expression("generation = :generation")
            .expression_attribute_values(":generation", number_value(generation))
            .expression_attribute_values(":next", number_value(generation + 1))
    }
}
