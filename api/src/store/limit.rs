//! Counters that end with their window.

use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;

use super::{Store, done, number, text};
use crate::error::Result;

impl Store {
    /// Counts one up, unless that would make more than `most`. Says whether it did.
    pub async fn count_up(&self, id: &str, most: u32, expires: i64) -> Result<bool> {
        let count = self
            .counter(id)
            .update_expression("ADD hits :one SET expires = :expires")
            .condition_expression("attribute_not_exists(hits) OR hits < :most")
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":most", number(most))
            .expression_attribute_values(":expires", number(expires));
        done(count.send().await)
    }

    /// Takes one back.
    pub async fn count_down(&self, id: &str) -> Result<()> {
        let count = self
            .counter(id)
            .update_expression("ADD hits :one")
            .condition_expression("hits > :none")
            .expression_attribute_values(":one", number(-1))
            .expression_attribute_values(":none", number(0));
        done(count.send().await).map(drop)
    }

    fn counter(&self, id: &str) -> UpdateItemFluentBuilder {
        self.db.update_item().table_name(&self.table).key("pk", text(format!("limit#{id}")))
    }
}
