//! Waits for CloudFormation, shows its progress, and reports why an operation failed.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::Value;

use crate::deploy::aws_cli::AwsCli;
use crate::deploy::aws_error::mask_account_numbers;
use crate::deploy::stack::{Stack, StackState};
use crate::system::terminal::print;

const POLL_INTERVAL: Duration = Duration::from_secs(1);
const PROGRESS_INTERVAL: Duration = Duration::from_secs(15);
/// Time after which the progress names the unfinished resources, because they may wait for an action of the user.
const RESOURCE_NAMES_DELAY: Duration = Duration::from_secs(600);

/// Waits until no operation is running, because the operation of an interrupted command continues in AWS. Returns the
/// stack's state, or `None` if the stack does not exist.
pub(crate) fn until_settled(stack: &Stack) -> Result<Option<StackState>> {
    until(stack, |state| !state.status.ends_with("_IN_PROGRESS") || state.is_empty_draft())
}

/// Waits until the stack is deleted.
///
/// # Errors
/// If CloudFormation could not delete it, with the reasons.
pub(crate) fn until_deleted(stack: &Stack) -> Result<()> {
    // At first, CloudFormation may still show the status before the deletion.
    let is_done = |state: &StackState| matches!(state.status.as_str(), "DELETE_COMPLETE" | "DELETE_FAILED");
    match until(stack, is_done)? {
        Some(state) if state.status == "DELETE_FAILED" => expect_success(stack, &state.status),
        _ => Ok(()),
    }
}

/// Returns the state once it satisfies a condition, or `None` once the stack does not exist. There is no timeout:
/// CloudFormation has its own, and the user can interrupt the command at any time.
fn until(stack: &Stack, is_done: impl Fn(&StackState) -> bool) -> Result<Option<StackState>> {
    let start = Instant::now();
    let mut last_progress = start;
    loop {
        let state = stack.state()?;
        if state.as_ref().is_none_or(&is_done) {
            return Ok(state);
        }
        if last_progress.elapsed() >= PROGRESS_INTERVAL {
            last_progress = Instant::now();
            print_progress(stack, start.elapsed());
        }
        thread::sleep(POLL_INTERVAL);
    }
}

fn print_progress(stack: &Stack, elapsed: Duration) {
    let list = ["cloudformation", "list-stack-resources", "--stack-name", stack.name, "--query"];
    let query = "StackResourceSummaries[].[LogicalResourceId, ResourceStatus]";
    // The stack may have been deleted in the meantime.
    let Ok(resources) = stack.aws.json(&[&list[..], &[query]].concat()) else { return };
    let resources = resources.as_array().map(Vec::as_slice).unwrap_or_default();
    let is_busy =
        |resource: &&Value| resource[1].as_str().is_some_and(|status| status.ends_with("_IN_PROGRESS"));
    let busy: Vec<&str> =
        resources.iter().filter(is_busy).filter_map(|resource| resource[0].as_str()).collect();
    let (total, done) = (resources.len(), resources.len() - busy.len());
    let names = if elapsed < RESOURCE_NAMES_DELAY {
        String::new()
    } else {
        format!("; waiting for {}", busy.join(", "))
    };
    print(&format!("  {done} of {total} resources are ready after {} s{names}", elapsed.as_secs()));
}

/// Checks the status at the end of an operation.
///
/// # Errors
/// If the operation failed, with the reason of each failed resource.
pub(crate) fn expect_success(stack: &Stack, status: &str) -> Result<()> {
    if matches!(status, "CREATE_COMPLETE" | "UPDATE_COMPLETE") {
        return Ok(());
    }
    let events = failed_events(stack.aws, stack.name)?;
    let consequence = match status {
        "DELETE_FAILED" => "so a part of it still exists; fix the cause, then destroy it again",
        _ => "so the deployment has failed; fix the cause, then deploy again",
    };
    let mut lines = vec![format!("the stack `{}` is {status}, {consequence}:", stack.name)];
    lines.extend(failures(events.as_array().map(Vec::as_slice).unwrap_or_default(), stack.name));
    bail!("{}", lines.join("\n"))
}

/// Requests the events of failed resources of a stack.
///
/// # Errors
/// If the request fails.
pub(crate) fn failed_events(aws: &AwsCli, stack: &str) -> Result<Value> {
    let describe = ["cloudformation", "describe-events", "--stack-name", stack, "--filters"];
    let query = ["FailedEvents=true", "--query", "OperationEvents"];
    aws.json(&[&describe[..], &query[..]].concat())
}

/// Returns a line for each failed resource of the last operation.
fn failures(events: &[Value], stack: &str) -> Vec<String> {
    let last = events.iter().max_by_key(|event| event["Timestamp"].as_str());
    let operation = last.map_or(&Value::Null, |event| &event["OperationId"]);
    let mut lines = Vec::new();
    for event in events.iter().filter(|event| event["OperationId"] == *operation) {
        let text = |name: &str| event[name].as_str().unwrap_or_default();
        let reason = [text("ValidationStatusReason"), text("ResourceStatusReason")].concat();
        // After the first failure CloudFormation cancels the other operations. Their events do not contain the cause.
        if text("LogicalResourceId") != stack && !reason.is_empty() && !reason.contains("cancelled") {
            lines.push(format!("  {}: {}", text("LogicalResourceId"), mask_account_numbers(&reason)));
        }
    }
    lines
}
