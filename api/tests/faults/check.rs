//! Runs each operation with a fault at each of its calls, and checks what must hold.

use std::collections::BTreeMap;

use serde_json::Value;
use tokio::runtime::Handle;
use tokio::time::Instant;

use super::operations::{self, Effect, Operation};
use super::stored_state::{StoredState, counted_attempts};
use super::world::{Template, World};
use crate::support::faulty_database::{Extent, Fault, PlannedFault};
use crate::support::{Reply, wait_until};

/// Values that differ between two runs of an operation.
const VOLATILE_MEMBERS: [&str; 6] = ["created_at", "used_at", "edited_at", "expires_at", "token", "id"];

/// A run of an operation without faults.
struct CleanRun {
    before: StoredState,
    after: StoredState,
    reply: Reply,
    counted: BTreeMap<String, i64>,
}

/// Runs every operation with the fault at the first, second, ... call, until the operation has no more calls.
pub async fn check_all(fault: Fault, extent: Extent) {
    let template = Template::create().await;
    for operation in operations::all() {
        let clean = run_without_faults(&operation, &template).await;
        for call in 1.. {
            let planned = PlannedFault { fault, extent, call };
            if !has_run_with_fault(&operation, &template, &clean, planned).await {
                let is_possible = fault != Fault::UnprocessedKeys;
                assert!(call > 1 || !is_possible, "{} does not use the database", operation.name);
                break;
            }
        }
    }
}

async fn run_without_faults(operation: &Operation, template: &Template) -> CleanRun {
    let world = operation.prepare(template).await;
    let before = StoredState::read(&world);
    let reply = operation.run(&world).await;
    assert_eq!(reply.status, operation.status, "{}: {reply:?}", operation.name);
    let after = StoredState::read(&world);
    CleanRun { before, after, reply, counted: counted_attempts(&world) }
}

/// Runs the operation with the fault, and again without it if it has failed. Returns false if it has no such call.
async fn has_run_with_fault(
    operation: &Operation,
    template: &Template,
    clean: &CleanRun,
    planned: PlannedFault,
) -> bool {
    let world = operation.prepare(template).await;
    world.faults.plan(planned);
    let start = Instant::now();
    let reply = operation.run(&world).await;
    let duration = start.elapsed();
    wait_until_background_tasks_have_ended().await;
    if world.faults.end_fault() < planned.call {
        return false;
    }
    let context = format!("{} with {planned:?}: {reply:?}", operation.name);
    assert!(duration < operation.timeout(), "{duration:?}: {context}");
    if reply.status == operation.status {
        assert_eq!(comparable_body(&reply), comparable_body(&clean.reply), "{context}");
        let state = StoredState::read(&world);
        let is_deferred = operation.effect == Effect::Deferrable && state == clean.before;
        assert!(is_deferred || state == clean.after, "{context}: {state:#?}");
    } else {
        assert_is_unavailable(&reply, &context);
        check_retry(operation, clean, &world, &context).await;
    }
    assert_at_least_as_many_attempts(&counted_attempts(&world), &clean.counted, &context);
    true
}

/// Checks that the failed operation has taken effect once or not at all, and that a retry by the client completes it.
async fn check_retry(operation: &Operation, clean: &CleanRun, world: &World, context: &str) {
    let state = StoredState::read(world);
    let has_taken_effect =
        state.clone().with_distinct_sessions() == clean.after.clone().with_distinct_sessions();
    let has_no_effect = state == clean.before;
    assert!(
        has_taken_effect || has_no_effect || operation.effect == Effect::InSteps,
        "{context}: {state:#?}"
    );
    let retry = operation.run(world).await;
    let is_repeated = has_taken_effect && retry.status == operation.repeated_status;
    assert!(retry.status == operation.status || is_repeated, "{context}: retry: {retry:?}");
    let after = StoredState::read(world).with_distinct_sessions();
    assert_eq!(after, clean.after.clone().with_distinct_sessions(), "{context}: retry: {retry:?}");
}

fn assert_is_unavailable(reply: &Reply, context: &str) {
    assert_eq!(reply.status, 503, "{context}");
    let retry_after: u64 = reply.header("retry-after").parse().expect(context);
    assert!(retry_after > 0, "{context}");
}

/// An attempt that a fault has made count twice is only inconvenient. One that does not count weakens the limit.
fn assert_at_least_as_many_attempts(
    counted: &BTreeMap<String, i64>,
    clean: &BTreeMap<String, i64>,
    context: &str,
) {
    for (limit, attempts) in clean {
        assert!(counted.get(limit) >= Some(attempts), "{limit}: {counted:?}, but {clean:?}: {context}");
    }
}

/// Waits for the tasks that settle rate limits and rotate keys.
async fn wait_until_background_tasks_have_ended() {
    wait_until("the background tasks end", async || Handle::current().metrics().num_alive_tasks() == 0).await;
}

/// Returns what the bodies of two runs have in common: the JSON of a success, or the type of a problem. HTML contains
/// random keys.
fn comparable_body(reply: &Reply) -> Value {
    match reply.status {
        200..300 if !reply.body.is_string() => remove_volatile(reply.body.clone()),
        400.. => reply.body["type"].clone(),
        _ => Value::Null,
    }
}

fn remove_volatile(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(name, _)| !VOLATILE_MEMBERS.contains(&name.as_str()))
            .map(|(name, member)| (name, remove_volatile(member)))
            .collect(),
        Value::Array(values) => values.into_iter().map(remove_volatile).collect(),
        other => other,
    }
}
