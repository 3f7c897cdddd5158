//! The database. The only code that speaks DynamoDB, and only ever through the AWS SDK: which
//! engine answers is decided by the connector it is given.
//!
//! One table with one string key, `pk`, which begins with the kind of the item:
//!
//! | item | `pk` | `feed`, `feed_at` (index `feed`) | `owner`, `owner_at` (index `owner`) |
//! | --- | --- | --- | --- |
//! | user, with the known devices | `user#<username>`: put only if absent | | |
//! | session | `session#<sid>` | | `user#<username>`, `session#g<generation>#<created>#<sid>` |
//! | message | `message#<uuid>` | `board#<shard>`, `<created>#<uuid>` | `user#<username>`, `message#<created>#<uuid>` |
//! | wish | `wish#<uuid>` | `wishes#<shard>`, `<created>#<uuid>` | `user#<username>`, `wish#<created>#<uuid>` |
//! | outside identity | `identity#<SHA-256 of [iss, sub]>`, holds the username | | |
//! | rate limit counter | `limit#<limit>#<SHA-256 of the window's end and the subject>` | | |
//!
//! A deleted user leaves its key and nothing else; a deleted message or wish leaves a marker for seven days, whose
//! `owner_at` is `deleted#<deleted>#<kind>#<uuid>`. The attribute `expires` (Unix seconds) is the time to live. DynamoDB
//! deletes expired items late, so readers ignore expired items. Both indexes lag behind: no access decision reads
//! one.
//!
//! The key ring has a table of its own, `<table>-keys`, with two items: `ring#public` and
//! `ring#private`. So the authorizer can be allowed to read the one and not the other.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{BuildError, DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes, TransactWriteItem};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::web::error::{Error, Result};

mod authors;
pub mod external_identities;
mod feeds;
pub mod key_ring;
pub mod known_devices;
pub mod owned_items;
mod post_kind;
pub mod posts;
pub mod rate_limits;
mod session_list;
pub mod sessions;
mod tables;
mod transaction_retry;
pub mod users;

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
        let config = db.config().to_builder().retry_classifier(transaction_retry::Conflicts).build();
        let db = Client::from_conf(config);
        Self { db, table: table.to_owned(), keys_table: format!("{table}-keys"), shards }
    }

    /// One item by its key, as it is now, or none.
    async fn get<T: DeserializeOwned>(&self, table: &str, pk: String) -> Result<Option<T>> {
        self.get_item(table, pk).await?.map(from_item).transpose()
    }

    async fn get_item(&self, table: &str, pk: String) -> Result<Option<Item>> {
        let get = self.db.get_item().table_name(table).key("pk", text(pk)).consistent_read(true);
        Ok(get.send().await.map_err(unavailable)?.item)
    }

    /// Up to 100 items as they are now, in any order.
    async fn get_batch(&self, pks: Vec<String>) -> Result<Vec<Item>> {
        let keys = pks.into_iter().map(|pk| Item::from([("pk".to_owned(), text(pk))])).collect();
        let keys = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(true).build()?;
        let reply =
            self.db.batch_get_item().request_items(&self.table, keys).send().await.map_err(unavailable)?;
        if reply.unprocessed_keys().is_some_and(|keys| !keys.is_empty()) {
            return Err(Error::Unavailable("the table is throttled".into()));
        }
        Ok(reply.responses.and_then(|mut tables| tables.remove(&self.table)).unwrap_or_default())
    }

    /// Two items by their keys, in one read, as they are now.
    async fn get_both(&self, pks: [String; 2]) -> Result<[Option<Item>; 2]> {
        let mut both = [None, None];
        for item in self.get_batch(pks.to_vec()).await? {
            let place = pks.iter().position(|pk| item.get("pk") == Some(&text(pk)));
            if let Some(place) = place {
                both[place] = Some(item);
            }
        }
        Ok(both)
    }

    /// All of these writes, or none. Says whether they were done; not being allowed by a condition
    /// is no error.
    async fn transact(&self, writes: Vec<TransactWriteItem>) -> Result<bool> {
        match self.db.transact_write_items().set_transact_items(Some(writes)).send().await {
            Ok(_) => Ok(true),
            Err(error) if is_refused(&error) => Ok(false),
            Err(error) => Err(unavailable(error)),
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

/// Whether a conditional write was done; not being allowed by its condition is no error.
fn done<T, E>(written: Result<T, SdkError<E>>) -> Result<bool>
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    match written {
        Ok(_) => Ok(true),
        Err(error) if error.code() == Some("ConditionalCheckFailedException") => Ok(false),
        Err(error) => Err(unavailable(error)),
    }
}

/// A request that lacks a part is our mistake.
impl From<BuildError> for Error {
    fn from(error: BuildError) -> Self {
        Self::Internal(error.into())
    }
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
