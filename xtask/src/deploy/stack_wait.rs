//! What CloudFormation is doing with a stack: waited for, told, and judged in the end.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::Value;

use crate::deploy::aws_cli::without_numbers;
use crate::deploy::stack::{Stack, State};
use crate::system::terminal::say;

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(1);
/// Between two lines that tell how far it is.
const LINES: Duration = Duration::from_secs(15);
/// What takes longer than that is called by name: it may wait for somebody.
const LONG: Duration = Duration::from_secs(600);

impl Stack<'_> {
    /// How it is, once nothing is under way any more: what an interrupted run began goes on without it.
    pub(crate) fn settled(&self) -> Result<Option<State>> {
        self.until(|state| !state.status.ends_with("_IN_PROGRESS") || state.is_draft())
    }

    /// How it is after an attempt to remove it; none if that succeeded. At first it may still be told as it was.
    pub(crate) fn removed(&self) -> Result<Option<State>> {
        let state =
            self.until(|state| matches!(state.status.as_str(), "DELETE_COMPLETE" | "DELETE_FAILED"))?;
        Ok(state.filter(|state| state.status == "DELETE_FAILED"))
    }

    /// How it is, once it is so or gone.
    fn until(&self, is_so: impl Fn(&State) -> bool) -> Result<Option<State>> {
        let begin = Instant::now();
        let mut told = begin;
        loop {
            let state = self.state()?;
            if state.as_ref().is_none_or(&is_so) {
                return Ok(state);
            }
            if told.elapsed() >= LINES {
                told = Instant::now();
                self.tell(begin.elapsed());
            }
            thread::sleep(PAUSE);
        }
    }

    /// How far CloudFormation is.
    fn tell(&self, elapsed: Duration) {
        let list = ["cloudformation", "list-stack-resources", "--stack-name", self.name, "--query"];
        let query = "StackResourceSummaries[].[LogicalResourceId, ResourceStatus]";
        // It may be gone by now.
        let Ok(resources) = self.account.ask(&[&list[..], &[query]].concat()) else { return };
        let resources = resources.as_array().map(Vec::as_slice).unwrap_or_default();
        let is_busy = |resource: &&Value| resource[1].as_str().is_some_and(|is| is.ends_with("_IN_PROGRESS"));
        let busy: Vec<&str> = resources.iter().filter(is_busy).filter_map(|one| one[0].as_str()).collect();
        let (all, done) = (resources.len(), resources.len() - busy.len());
        let names = if elapsed < LONG { String::new() } else { format!("; not yet: {}", busy.join(", ")) };
        say(&format!("  {done} of {all} resources are ready after {} s{names}", elapsed.as_secs()));
    }

    /// An error with what CloudFormation complains of, unless the stack is well.
    pub(crate) fn judge(&self, status: &str) -> Result<()> {
        if matches!(status, "CREATE_COMPLETE" | "UPDATE_COMPLETE") {
            return Ok(());
        }
        let failed = ["cloudformation", "describe-events", "--stack-name", self.name, "--filters"];
        let failed = self
            .account
            .ask(&[&failed[..], &["FailedEvents=true", "--query", "OperationEvents"]].concat())?;
        let failed = failed.as_array().map(Vec::as_slice).unwrap_or_default();
        // What happened before belongs to another operation.
        let last = failed.iter().max_by_key(|event| event["Timestamp"].as_str());
        let last = last.map_or(&Value::Null, |event| &event["OperationId"]);
        let rest = match status {
            "DELETE_FAILED" => "part of it is still there, destroy it again when this is mended",
            _ => "nothing else was touched",
        };
        let mut lines = vec![format!("the stack `{}` is now {status}, {rest}:", self.name)];
        for event in failed.iter().filter(|event| event["OperationId"] == *last) {
            let word = |name: &str| event[name].as_str().unwrap_or_default();
            let reason = [word("ValidationStatusReason"), word("ResourceStatusReason")].concat();
            // Whatever was under way when the first one failed is cancelled, which explains nothing.
            if word("LogicalResourceId") != self.name && !reason.is_empty() && !reason.contains("cancelled") {
                lines.push(format!("  {}: {}", word("LogicalResourceId"), without_numbers(&reason)));
            }
        }
        bail!("{}", lines.join("\n"))
    }
}
