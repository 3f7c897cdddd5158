//! The database. The only code that speaks DynamoDB, and only ever through the AWS SDK: which
//! engine answers is decided by the connector it is given.
//!
//! One table with one string key, `pk`, which begins with the kind of the item:
//!
//! | item | `pk` | `feed`, `feed_at` (index `feed`) | `owner`, `owner_at` (index `owner`) |
//! | --- | --- | --- | --- |
//! | user | `user#<username>`: put only if absent | | |
//! | session | `session#<sid>` | | `user#<username>`, `session#<created>#<sid>` |
//! | message | `message#<uuid>` | `board#<shard>`, `<created>#<uuid>` | `user#<username>`, `message#<created>#<uuid>` |
//!
//! The attribute `expires` (Unix seconds) is the time to live. DynamoDB deletes expired items late,
//! so whoever reads one ignores it. Both indexes lag behind: nothing that guards access reads one.
//!
//! The key ring has a table of its own, `<table>-keys`, with two items: `ring#public` and
//! `ring#private`. So the authorizer can be allowed to read the one and not the other.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

pub mod account;
pub mod board;
mod feed;
pub mod ring;
mod table;

/// An item as DynamoDB has it.
type Item = HashMap<String, AttributeValue>;

/// The tables of one Wishboard. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    db: Client,
    table: String,
    keys_table: String,
    shards: u32,
}

impl Store {
    /// The tables `table` and `<table>-keys` behind this client, with feeds of so many shards.
    pub fn new(db: Client, table: &str, shards: u32) -> Self {
        Self { db, table: table.to_owned(), keys_table: format!("{table}-keys"), shards }
    }

    /// One item by its key, as it is now, or none.
    async fn get<T: DeserializeOwned>(&self, table: &str, pk: String) -> Result<Option<T>> {
        let get = self.db.get_item().table_name(table).key("pk", text(pk)).consistent_read(true);
        get.send().await.map_err(unavailable)?.item.map(from_item).transpose()
    }

    /// All of these writes, or none.
    async fn transact(&self, writes: Vec<TransactWriteItem>) -> Result<(), Refused> {
        let transaction = self.db.transact_write_items().set_transact_items(Some(writes));
        match transaction.send().await {
            Ok(_) => Ok(()),
            Err(error) if is_refused(&error) => Err(Refused::Condition),
            Err(error) => Err(Refused::Otherwise(unavailable(error))),
        }
    }
}

/// Why a conditional write was not done.
enum Refused {
    /// Its condition did not hold.
    Condition,
    /// Something else, to be passed on.
    Otherwise(Error),
}

impl Refused {
    /// The error to answer with, given what the condition stands for.
    fn or(self, condition: Error) -> Error {
        match self {
            Self::Condition => condition,
            Self::Otherwise(error) => error,
        }
    }
}

fn is_refused(error: &SdkError<TransactWriteItemsError>) -> bool {
    let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) = error.as_service_error()
    else {
        return false;
    };
    cancelled.cancellation_reasons().iter().any(|reason| reason.code() == Some("ConditionalCheckFailed"))
}

/// A failure of the database is nobody's fault and passes; a request it does not accept is ours.
fn unavailable<E>(error: SdkError<E>) -> Error
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    let ours = matches!(
        error.code(),
        Some("ValidationException" | "SerializationException" | "AccessDeniedException")
    );
    let cause = DisplayErrorContext(&error).to_string().into();
    if ours { Error::Internal(cause) } else { Error::Unavailable(cause) }
}

fn text(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

fn number(number: impl ToString) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

fn from_item<T: DeserializeOwned>(item: Item) -> Result<T> {
    serde_dynamo::from_item(item).map_err(|error| Error::Internal(error.into()))
}

/// The item of a thing: its attributes, and those it is found by.
fn to_item<const N: usize>(thing: &impl Serialize, keys: [(&str, String); N]) -> Result<Item> {
    let mut item: Item = serde_dynamo::to_item(thing).map_err(|error| Error::Internal(error.into()))?;
    item.extend(keys.map(|(name, value)| (name.to_owned(), text(value))));
    Ok(item)
}
