//! Messages, as they are stored.

use serde::{Deserialize, Serialize};
use shared::board::Message;
use uuid::Uuid;

use super::feed::Page;
use super::{Store, to_item, unavailable};
use crate::error::{Error, Result};

/// A message and the SHA-256 of the request that made it, so that a retry is known for one.
#[derive(Serialize, Deserialize)]
struct Stored {
    #[serde(flatten)]
    message: Message,
    request: String,
}

impl Store {
    /// Adds a message under its id. Where the id is there already, made by the same author with the
    /// same request, the message that is there is the answer: it was a retry.
    ///
    /// # Errors
    /// `KeyReused` where something else has the id.
    pub async fn add_message(&self, id: Uuid, message: Message, request: String) -> Result<Message> {
        let stored = Stored { message, request };
        let at = format!("{}#{id}", stored.message.created_at);
        let keys = [
            ("pk", message_pk(id)),
            ("feed", self.feed_of("board", id)),
            ("owner", format!("user#{}", stored.message.author.username)),
            ("owner_at", format!("message#{at}")),
            ("feed_at", at),
        ];
        let put = self.db.put_item().table_name(&self.table).set_item(Some(to_item(&stored, keys)?));
        match put.condition_expression("attribute_not_exists(pk)").send().await {
            Ok(_) => Ok(stored.message),
            Err(error)
                if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) =>
            {
                self.made_by_the_same(id, &stored).await
            }
            Err(error) => Err(unavailable(error)),
        }
    }

    async fn made_by_the_same(&self, id: Uuid, new: &Stored) -> Result<Message> {
        let there: Option<Stored> = self.get(&self.table, message_pk(id)).await?;
        there
            .filter(|there| {
                there.message.author.username == new.message.author.username && there.request == new.request
            })
            .map(|there| there.message)
            .ok_or(Error::KeyReused)
    }

    /// The newest messages, before the cursor if there is one.
    ///
    /// # Errors
    /// `Invalid` where the cursor is none of ours.
    pub async fn messages(
        &self,
        before: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<Message>, Option<String>)> {
        let Page { things, next } = self.newest("board", before, limit).await?;
        Ok((things, next))
    }
}

fn message_pk(id: Uuid) -> String {
    format!("message#{id}")
}
