//! The database: the only module that uses DynamoDB, always through the AWS SDK.
//!
//! The SDK client that [`Store::new`] receives decides which engine answers: DynamoDB in AWS, or the embedded engine
//! locally and in tests.
//!
//! The main table has one string key, `pk`. It begins with the kind of the item:
//!
//! | item | `pk` | `feed`, `feed_at` (index `feed`) | `owner`, `owner_at` (index `owner`) |
//! | --- | --- | --- | --- |
//! | user, with its known devices | `user#<username>` | | |
//! | deleted user | `user#<username>`; kept forever | | |
//! | session | `session#<sid>` | | `user#<username>`, `session#g<generation>#<created>#<sid>` |
//! | message | `message#<uuid>` | `board#<shard>`, `<created>#<uuid>` | `user#<username>`, `message#<created>#<uuid>` |
//! | wish | `wish#<uuid>` | `wishes#<shard>`, `<created>#<uuid>` | `user#<username>`, `wish#<created>#<uuid>` |
//! | deletion marker of a post | as the post; kept for seven days | | `user#<username>`, `deleted#<deleted>#<kind>#<uuid>` |
//! | external identity | `identity#<SHA-256 of [iss, sub]>`; holds the username | | |
//! | rate limit counter | `limit#<limit>#<SHA-256 of the window's end and the subject>` | | |
//!
//! The names of attributes never change, because stored items contain them. If a field is renamed, `#[serde(rename)]`
//! keeps the name of its attribute.
//!
//! The attribute `expires` (Unix seconds) is the time to live. DynamoDB deletes expired items late, so readers ignore
//! them. The indexes are eventually consistent, so no access decision reads them.
//!
//! The key ring has its own table, `<table>-keys`, with the items `ring#public` and `ring#private`. Therefore, IAM can
//! allow the authorizer to read only the public half.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{BuildError, DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, Delete, KeysAndAttributes, TransactWriteItem};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::web::error::{Error, Result};

mod authors;
mod create_tables;
mod cursor;
pub mod export_and_deletion;
pub mod external_identities;
mod feeds;
mod index_query;
pub mod key_ring;
mod key_schema;
pub mod known_devices;
mod post_items;
pub mod post_kind;
pub mod posts;
pub mod rate_limits;
mod session_generations;
mod session_index;
mod session_start;
pub mod sessions;
mod transaction_retry;
pub mod users;

/// An item in DynamoDB's format: attribute values by name.
type Item = HashMap<String, AttributeValue>;

/// Access to the two tables of one installation. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Store {
    db: Client,
    table: String,
    keys_table: String,
    shards: u32,
}

impl Store {
    /// Uses the tables `table` and `<table>-keys`. Each feed is spread over `shards` partitions.
    pub fn new(db: Client, table: &str, shards: u32) -> Self {
        let config = db
            .config()
            .to_builder()
            .retry_classifier(transaction_retry::TransactionConflictClassifier)
            .build();
        let db = Client::from_conf(config);
        Self { db, table: table.to_owned(), keys_table: format!("{table}-keys"), shards }
    }

    /// Reads and deserializes an item by its key. The read is strongly consistent.
    async fn get<T: DeserializeOwned>(&self, table: &str, pk: String) -> Result<Option<T>> {
        self.get_item(table, pk).await?.map(from_item).transpose()
    }

    /// Reads an item by its key. The read is strongly consistent.
    async fn get_item(&self, table: &str, pk: String) -> Result<Option<Item>> {
        let get = self.db.get_item().table_name(table).key("pk", string_value(pk)).consistent_read(true);
        Ok(get.send().await.map_err(database_error)?.item)
    }

    /// Reads up to 100 items by their keys, in no particular order. The reads are strongly consistent. Leaves out items
    /// that do not exist.
    async fn get_batch(&self, pks: Vec<String>) -> Result<Vec<Item>> {
        let keys = pks.into_iter().map(primary_key).collect();
        let keys = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(true).build()?;
        let reply =
            self.db.batch_get_item().request_items(&self.table, keys).send().await.map_err(database_error)?;
        if reply.unprocessed_keys().is_some_and(|keys| !keys.is_empty()) {
            return Err(Error::unavailable("the table is throttled"));
        }
        Ok(reply.responses.and_then(|mut tables| tables.remove(&self.table)).unwrap_or_default())
    }

    /// Reads two items in one request. The reads are strongly consistent.
    async fn get_pair(&self, pks: [String; 2]) -> Result<[Option<Item>; 2]> {
        let mut pair = [None, None];
        for item in self.get_batch(pks.to_vec()).await? {
            if let Some(index) = pks.iter().position(|pk| string_attribute(&item, "pk") == pk) {
                pair[index] = Some(item);
            }
        }
        Ok(pair)
    }

    /// Makes all writes in one transaction. Returns `false`, and writes nothing, if a condition does not hold.
    async fn transact(&self, writes: Vec<TransactWriteItem>) -> Result<bool> {
        match self.db.transact_write_items().set_transact_items(Some(writes)).send().await {
            Ok(_) => Ok(true),
            Err(error) if has_failed_condition(&error) => Ok(false),
            Err(error) => Err(database_error(error)),
        }
    }

    /// Returns the write that deletes an item of the main table. It has no effect if the item does not exist.
    fn delete_write(&self, pk: String) -> Result<TransactWriteItem> {
        let delete = Delete::builder().table_name(&self.table).set_key(Some(primary_key(pk))).build()?;
        Ok(TransactWriteItem::builder().delete(delete).build())
    }
}

fn has_failed_condition(error: &SdkError<TransactWriteItemsError>) -> bool {
    let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) = error.as_service_error()
    else {
        return false;
    };
    cancelled.cancellation_reasons().iter().any(|reason| reason.code() == Some("ConditionalCheckFailed"))
}

/// Returns whether the condition of a conditional write held, which means that the item was written.
fn condition_held<T, E>(result: Result<T, SdkError<E>>) -> Result<bool>
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    match result {
        Ok(_) => Ok(true),
        Err(error) if error.code() == Some("ConditionalCheckFailedException") => Ok(false),
        Err(error) => Err(database_error(error)),
    }
}

/// Returns `Internal`: a request that lacks a required parameter is a bug in this crate.
impl From<BuildError> for Error {
    fn from(error: BuildError) -> Self {
        Self::internal(error)
    }
}

/// Converts an error of the SDK: `Internal` if DynamoDB rejects the request as invalid or forbidden, because a retry
/// would fail too; otherwise `Unavailable`.
fn database_error<E>(error: SdkError<E>) -> Error
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    let is_permanent = matches!(
        error.code(),
        Some("ValidationException" | "SerializationException" | "AccessDeniedException")
    );
    let cause = DisplayErrorContext(&error).to_string().into();
    if is_permanent { Error::Internal(cause) } else { Error::Unavailable(cause) }
}

fn primary_key(pk: String) -> Item {
    Item::from([("pk".to_owned(), string_value(pk))])
}

fn string_value(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

fn number_value(number: impl ToString) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

/// Returns a string attribute of an item, or an empty string if the item has no such attribute.
fn string_attribute<'a>(item: &'a Item, name: &str) -> &'a str {
    item.get(name).and_then(|value| value.as_s().ok()).map_or("", String::as_str)
}

fn from_item<T: DeserializeOwned>(item: Item) -> Result<T> {
    serde_dynamo::from_item(item).map_err(Error::internal)
}

/// Serializes a value to an item and adds its keys.
fn to_item<const N: usize>(value: &impl Serialize, keys: [(&str, String); N]) -> Result<Item> {
    let mut item: Item = serde_dynamo::to_item(value).map_err(Error::internal)?;
    item.extend(keys.map(|(name, key)| (name.to_owned(), string_value(key))));
    Ok(item)
}
