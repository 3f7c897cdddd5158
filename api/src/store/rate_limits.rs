//! Counters of rate limits.

use aws_sdk_dynamodb::config;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use serde::Deserialize;

use crate::store::{Item, Store, database_error, from_item, number_value, string_value};
use crate::web::error::Result;

/// Identifies the counter of one rate limit for one subject and one window.
#[derive(Clone, Debug)]
pub struct Counter {
    /// The key without the prefix `limit#`.
    pub id: String,
    /// The maximum of [`AttemptCount::attempts`].
    pub max_attempts: u32,
    /// The end of the window in Unix seconds. It is also the counter's time to live.
    pub window_end: i64,
}

/// The value of a counter. Both numbers are 0 if the counter does not exist.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct AttemptCount {
    /// Attempts in this window, pending ones included.
    #[serde(default, rename = "hits")]
    pub attempts: i64,
    /// Attempts whose outcome is still unknown.
    #[serde(default)]
    pub pending: i64,
}

impl AttemptCount {
    /// Returns whether the counter accepts no more attempts.
    pub fn is_full(self, counter: &Counter) -> bool {
        self.attempts >= i64::from(counter.max_attempts)
    }

    /// Returns whether there are attempts that may still be refunded.
    pub fn has_pending(self) -> bool {
        self.pending > 0
    }
}

/// The result of counting an attempt.
pub enum CountOutcome {
    /// The attempt was counted.
    Counted,
    /// The counter is full, so the attempt was not counted.
    Full(AttemptCount),
}

impl Store {
    /// Reads a counter.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn read_counter(&self, counter: &Counter) -> Result<AttemptCount> {
        Ok(self.get(&self.table, pk(counter)).await?.unwrap_or_default())
    }

    /// Counts one attempt if the counter is not full, in one conditional write.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn count_attempt(&self, counter: &Counter, is_pending: bool) -> Result<CountOutcome> {
        let update = self
            .add_to_counter(counter, 1, i32::from(is_pending))
            .condition_expression("attribute_not_exists(hits) OR hits < :max")
            .expression_attribute_values(":max", number_value(counter.max_attempts))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match update.send().await {
            Ok(_) => Ok(CountOutcome::Counted),
            Err(error) => match full_counter_item(&error) {
                Some(item) => from_item(item).map(CountOutcome::Full),
                None => Err(database_error(error)),
            },
        }
    }

    /// Adds to the numbers of a counter without a condition, to refund or settle attempts. Recreates the counter with
    /// its time to live if DynamoDB has deleted it.
    ///
    /// The SDK does not retry this call: if only the response was lost, a retry would refund the attempt twice, and a
    /// client could then make more attempts than the limit allows.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn adjust_counter(&self, counter: &Counter, attempts: i32, pending: i32) -> Result<()> {
        let without_retries = config::Builder::new().retry_config(RetryConfig::disabled());
        let update = self.add_to_counter(counter, attempts, pending);
        let update = update.customize().config_override(without_retries);
        update.send().await.map(drop).map_err(database_error)
    }

    fn add_to_counter(&self, counter: &Counter, attempts: i32, pending: i32) -> UpdateItemFluentBuilder {
        self.db
            .update_item()
            .table_name(&self.table)
            .key("pk", string_value(pk(counter)))
            .update_expression("ADD hits :attempts, pending :pending SET expires = :expires")
            .expression_attribute_values(":attempts", number_value(attempts))
            .expression_attribute_values(":pending", number_value(pending))
            .expression_attribute_values(":expires", number_value(counter.window_end))
    }
}

fn pk(counter: &Counter) -> String {
    format!("limit#{}", counter.id)
}

/// Returns the item of a counter whose condition has failed, or `None` for all other errors.
fn full_counter_item(error: &SdkError<UpdateItemError>) -> Option<Item> {
    match error.as_service_error() {
        Some(UpdateItemError::ConditionalCheckFailedException(failed)) => {
            Some(failed.item.clone().unwrap_or_default())
        }
        _ => None,
    }
}
