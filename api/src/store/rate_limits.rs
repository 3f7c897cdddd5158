//! Counters of rate limits, as they are stored.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use serde::Deserialize;

use crate::store::{Item, Store, from_item, number, text, unavailable};
use crate::web::error::Result;

/// The counter of one limit, for one subject and one window.
#[derive(Clone, Debug)]
pub struct Counter {
    /// The key, without `limit#`.
    pub id: String,
    /// The maximum of [`Count::hits`].
    pub max_hits: u32,
    /// The end of the window in Unix seconds, which is also the counter's time to live.
    pub window_end: i64,
}

/// What a counter holds. Both numbers are 0 while the counter does not exist.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Count {
    /// Attempts that count, and pending ones.
    #[serde(default)]
    pub hits: i64,
    /// Attempts whose outcome is still unknown. They are part of `hits`.
    #[serde(default)]
    pub pending: i64,
}

impl Count {
    /// Whether this counter accepts no more attempts.
    pub fn is_full(self, counter: &Counter) -> bool {
        self.hits >= i64::from(counter.max_hits)
    }

    /// Whether attempts may still be refunded.
    pub fn has_pending(self) -> bool {
        self.pending > 0
    }
}

/// What became of an attempt to count up.
pub enum Counted {
    /// The counter has counted.
    Yes,
    /// The counter was full and is unchanged.
    Full(Count),
}

impl Store {
    /// Reads a counter.
    pub async fn count(&self, counter: &Counter) -> Result<Count> {
        Ok(self.get(&self.table, pk(counter)).await?.unwrap_or_default())
    }

    /// Counts one attempt, unless the counter is full. This is one conditional write.
    pub async fn count_up(&self, counter: &Counter, is_pending: bool) -> Result<Counted> {
        let update = self
            .add_to(counter, 1, i32::from(is_pending))
            .condition_expression("attribute_not_exists(hits) OR hits < :max")
            .expression_attribute_values(":max", number(counter.max_hits))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match update.send().await {
            Ok(_) => Ok(Counted::Yes),
            Err(error) => match full(&error) {
                Some(item) => from_item(item).map(Counted::Full),
                None => Err(unavailable(error)),
            },
        }
    }

    /// Adds to a counter, without a condition: what was counted before may be taken back, and a pending
    /// attempt may be settled, at any time. Sets the time to live again, in case the counter was deleted.
    pub async fn adjust(&self, counter: &Counter, hits: i32, pending: i32) -> Result<()> {
        self.add_to(counter, hits, pending).send().await.map(drop).map_err(unavailable)
    }

    fn add_to(&self, counter: &Counter, hits: i32, pending: i32) -> UpdateItemFluentBuilder {
        self.db
            .update_item()
            .table_name(&self.table)
            .key("pk", text(pk(counter)))
            .update_expression("ADD hits :hits, pending :pending SET expires = :expires")
            .expression_attribute_values(":hits", number(hits))
            .expression_attribute_values(":pending", number(pending))
            .expression_attribute_values(":expires", number(counter.window_end))
    }
}

fn pk(counter: &Counter) -> String {
    format!("limit#{}", counter.id)
}

/// The item whose condition was not met, if that is the error.
fn full(error: &SdkError<UpdateItemError>) -> Option<Item> {
    match error.as_service_error() {
        Some(UpdateItemError::ConditionalCheckFailedException(failed)) => {
            Some(failed.item.clone().unwrap_or_default())
        }
        _ => None,
    }
}
