//! A CloudFormation change set: what an update of the stack would change. It is never executed.

use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};
use serde_json::Value;

use crate::deploy::aws_error::mask_account_numbers;
use crate::deploy::stack::Stack;

/// The name of our change set. It exists only during a dry run.
const CHANGE_SET_NAME: &str = "dry-run";
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// Returns a line for each resource that an update with this template and these parameters (JSON) would change.
pub(crate) fn changes(stack: &Stack, template_url: &str, parameters: &str) -> Result<Vec<String>> {
    // An interrupted dry run may have left a change set.
    delete(stack)?;
    let what = request("create-change-set", stack);
    let how = [
        "--template-url",
        template_url,
        "--capabilities",
        "CAPABILITY_NAMED_IAM",
        "--parameters",
        parameters,
    ];
    stack.aws.run(&[&what[..], &how[..]].concat())?;
    let changes = read(stack);
    delete(stack)?;
    changes
}

/// Waits until the change set is complete and returns its lines.
fn read(stack: &Stack) -> Result<Vec<String>> {
    loop {
        let set = stack.aws.json(&request("describe-change-set", stack))?;
        let reason = set["StatusReason"].as_str().unwrap_or_default();
        match set["Status"].as_str().unwrap_or_default() {
            "CREATE_COMPLETE" => {
                let changes = set["Changes"].as_array().into_iter().flatten();
                return Ok(changes.map(|change| line(&change["ResourceChange"])).collect());
            }
            "FAILED" if ["didn't contain changes", "No updates"].iter().any(|text| reason.contains(text)) => {
                return Ok(Vec::new());
            }
            "FAILED" => bail!("CloudFormation cannot compute the changes: {}", mask_account_numbers(reason)),
            _ => thread::sleep(POLL_INTERVAL),
        }
    }
}

fn line(change: &Value) -> String {
    let text = |name: &str| change[name].as_str().unwrap_or_default().to_owned();
    let replacement = match change["Replacement"].as_str() {
        Some("True") => ", replaced",
        Some("Conditional") => ", perhaps replaced",
        _ => "",
    };
    let (action, name, kind) =
        (text("Action").to_lowercase(), text("LogicalResourceId"), text("ResourceType"));
    format!("{action} {name} ({kind}{replacement})")
}

fn delete(stack: &Stack) -> Result<()> {
    let missing = ["ChangeSetNotFound", "does not exist"];
    stack.aws.find(&request("delete-change-set", stack), &missing).map(drop)
}

fn request<'a>(operation: &'a str, stack: &Stack<'a>) -> [&'a str; 6] {
    ["cloudformation", operation, "--stack-name", stack.name, "--change-set-name", CHANGE_SET_NAME]
}
