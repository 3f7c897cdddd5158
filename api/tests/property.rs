//! Property tests of the code that parses hostile bytes.
//!
//! Each property is checked with 100 random inputs. They are the same in each run. `PROPTEST_CASES` changes their
//! number, and `PROPTEST_RNG_SEED` selects other inputs:
//!
//! `PROPTEST_CASES=100000 PROPTEST_RNG_SEED=2 cargo xtask test api property`

mod access_token;
mod cookie;
mod cursor;
mod event_changes;
mod form_bodies;
mod gateway_events;
mod inputs;
mod stored_texts;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestCaseResult, TestRunner, contextualize_config};

/// Checks a property with random inputs of a strategy. All inputs share the context that `start` returns.
///
/// # Panics
/// If the property does not hold. The message contains the smallest input that was found.
fn check<C, S: Strategy>(
    inputs: S,
    start: impl AsyncFnOnce() -> C,
    property: impl AsyncFn(&C, S::Value) -> TestCaseResult,
) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let context = runtime.block_on(start());
    let result = TestRunner::new(config()).run(&inputs, |input| runtime.block_on(property(&context, input)));
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

/// Returns the configuration, with the changes of the environment.
fn config() -> Config {
    contextualize_config(Config {
        cases: 100,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..Config::default()
    })
}
