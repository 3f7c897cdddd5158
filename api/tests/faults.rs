//! Faults of the database: every operation, with every fault at every call.
//!
//! `operations` lists the operations. `world` is the data that exists before each of them, `stored_state` compares the
//! data afterwards, and `check` says what must hold. `interleavings` orders the calls of two requests.

mod api_request;
mod check;
mod interleavings;
mod operations;
mod stored_state;
mod world;

use self::check::check_all;
use crate::support::faulty_database::{Extent, Fault};

#[tokio::test]
async fn a_call_that_fails_before_it_is_applied_is_harmless() {
    check_all(Fault::NotApplied, Extent::AllAttempts).await;
}

#[tokio::test]
async fn a_database_that_fails_from_one_call_on_is_harmless() {
    check_all(Fault::NotApplied, Extent::AllLaterCalls).await;
}

#[tokio::test]
async fn a_lost_response_is_harmless_if_the_sdk_retries_the_call() {
    check_all(Fault::ResponseLost, Extent::FirstAttempt).await;
}

#[tokio::test]
async fn a_lost_response_is_harmless_if_no_retry_succeeds() {
    check_all(Fault::ResponseLost, Extent::AllAttempts).await;
}

#[tokio::test]
async fn a_throttled_call_is_harmless() {
    check_all(Fault::Throttled, Extent::AllAttempts).await;
}

#[tokio::test]
async fn a_slow_response_is_harmless_if_the_sdk_retries_the_call() {
    check_all(Fault::Slow, Extent::FirstAttempt).await;
}

#[tokio::test]
async fn a_database_that_is_slow_from_one_call_on_is_harmless() {
    check_all(Fault::Slow, Extent::AllLaterCalls).await;
}

#[tokio::test]
async fn unprocessed_keys_are_harmless() {
    check_all(Fault::UnprocessedKeys, Extent::FirstAttempt).await;
    check_all(Fault::UnprocessedKeys, Extent::AllLaterCalls).await;
}
