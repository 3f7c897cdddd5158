//! Makes the SDK retry writes that DynamoDB rejects because of a concurrent transaction.
//!
//! DynamoDB rejects such a write at once, and the SDK does not know that the error is temporary. See "Error handling
//! for writing" in "Managing complex workflows with DynamoDB transactions" (Amazon DynamoDB Developer Guide).

use aws_sdk_dynamodb::config::interceptors::InterceptorContext;
use aws_sdk_dynamodb::config::retry::{ClassifyRetry, RetryAction};
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_smithy_runtime_api::client::interceptors::context::Error;

/// Classifies errors of concurrent transactions as retryable.
#[derive(Debug)]
pub(super) struct TransactionConflictClassifier;

impl ClassifyRetry for TransactionConflictClassifier {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let error =
            context.output_or_error().and_then(Result::err).and_then(|error| error.as_operation_error());
        match error {
            Some(error) if is_conflict(error) => RetryAction::transient_error(),
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "transaction conflicts"
    }
}

fn is_conflict(error: &Error) -> bool {
    let code = (error.downcast_ref::<PutItemError>().and_then(ProvideErrorMetadata::code))
        .or_else(|| error.downcast_ref::<UpdateItemError>().and_then(ProvideErrorMetadata::code))
        .or_else(|| error.downcast_ref::<DeleteItemError>().and_then(ProvideErrorMetadata::code));
    code == Some("TransactionConflictException")
        || error.downcast_ref::<TransactWriteItemsError>().is_some_and(is_cancelled_by_conflict)
}

/// Returns whether a conflict has cancelled a transaction. If a condition has failed too, a retry would fail again.
fn is_cancelled_by_conflict(error: &TransactWriteItemsError) -> bool {
    let TransactWriteItemsError::TransactionCanceledException(cancelled) = error else { return false };
    let has = |code| cancelled.cancellation_reasons().iter().any(|reason| reason.code() == Some(code));
    has("TransactionConflict") && !has("ConditionalCheckFailed")
}
