//! Queries of the indexes `feed` and `owner`, in descending order of their sort keys.

use aws_sdk_dynamodb::operation::query::QueryOutput;

use crate::store::{Store, database_error, string_value};
use crate::web::error::Result;

/// A text that is greater than every sort key.
pub(super) const MAX_SORT_KEY: &str = "~";

impl Store {
    /// Sends one Query for the items of a partition whose sort key is less than `before`, the greatest first. Returns
    /// at most `limit` items, and fewer if they exceed 1 MB.
    pub(super) async fn query_index(
        &self,
        index: &str,
        partition: String,
        before: String,
        limit: usize,
    ) -> Result<QueryOutput> {
        let query = self
            .db
            .query()
            .table_name(&self.table)
            .index_name(index)
            .key_condition_expression("#partition = :partition AND #sort_key < :before")
            .expression_attribute_names("#partition", index)
            .expression_attribute_names("#sort_key", format!("{index}_at"))
            .expression_attribute_values(":partition", string_value(partition))
            .expression_attribute_values(":before", string_value(before))
            .scan_index_forward(false)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX));
        query.send().await.map_err(database_error)
    }
}
