//! `cargo xtask deploy --dry-run`: what deploying would change. Beside the template, which CloudFormation has to read,
//! nothing is brought to AWS, and no change is made there.

use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};
use serde_json::Value;

use crate::deploy;
use crate::deploy::aws_cli::without_numbers;
use crate::deploy::lambda_package::Release;
use crate::deploy::preflight::Found;
use crate::deploy::stack::Stack;
use crate::deploy::template::Parameters;
use crate::system::terminal::say;

/// The name of the change set that is asked about and removed.
const NAME: &str = "dry-run";
const PAUSE: Duration = Duration::from_secs(1);

/// Tells what deploying would do.
pub(crate) fn show(
    stack: &Stack,
    found: &Found,
    release: &Release,
    mut parameters: Parameters,
) -> Result<()> {
    let Some(state) = &found.state else {
        say(&format!("There is no stack `{}` yet. Deploying would:", stack.name));
        for resource in stack.template.resources() {
            let condition = resource.condition.map_or(String::new(), |condition| format!(", if {condition}"));
            say(&format!("  add {} ({}{condition})", resource.name, resource.kind));
        }
        say("  upload the whole site");
        say("Nothing was changed.");
        return Ok(());
    };
    let account = stack.account;
    for part in release.pack(&found.code.folder()?, &account.python, account.is_emulated())? {
        parameters.insert(part.parameter.to_owned(), part.key);
    }
    parameters.insert("CodeBucket".to_owned(), found.code.name.clone());
    parameters.insert("Guard".to_owned(), "yes".to_owned());
    let text = stack.text(Some(state), &parameters);
    let changes = if stack.is_current(Some(state), &text, &parameters)? {
        Vec::new()
    } else {
        found.code.make()?;
        let template = stack.upload(&found.code, &text)?;
        changes(stack, &template, &stack.told(Some(state), &parameters))?
    };
    let files = deploy::publisher(account, &found.code, &state.outputs)?.missing(&release.site)?;
    if changes.is_empty() && files.is_empty() {
        say("Deploying would change nothing.");
        return Ok(());
    }
    say("Deploying would:");
    for change in changes {
        say(&format!("  {change}"));
    }
    for file in files {
        say(&format!("  upload {file}"));
    }
    say("Nothing was changed.");
    Ok(())
}

/// What CloudFormation would do, a line each.
fn changes(stack: &Stack, template: &str, parameters: &str) -> Result<Vec<String>> {
    // One that an interrupted run left.
    remove(stack)?;
    let what = ["cloudformation", "create-change-set", "--stack-name", stack.name, "--change-set-name", NAME];
    let how = ["--template-url", template, "--capabilities", "CAPABILITY_IAM", "--parameters", parameters];
    stack.account.tell(&[&what[..], &how[..]].concat())?;
    let lines = lines(stack);
    remove(stack)?;
    lines
}

/// What the change set says.
fn lines(stack: &Stack) -> Result<Vec<String>> {
    let describe =
        ["cloudformation", "describe-change-set", "--stack-name", stack.name, "--change-set-name", NAME];
    loop {
        let set = stack.account.ask(&describe)?;
        let (status, reason) = (&set["Status"], set["StatusReason"].as_str().unwrap_or_default());
        match status.as_str().unwrap_or_default() {
            "CREATE_COMPLETE" => {
                let changes = set["Changes"].as_array().into_iter().flatten();
                return Ok(changes.map(|change| line(&change["ResourceChange"])).collect());
            }
            "FAILED" if ["didn't contain changes", "No updates"].iter().any(|word| reason.contains(word)) => {
                return Ok(Vec::new());
            }
            "FAILED" => bail!("CloudFormation can't tell: {}", without_numbers(reason)),
            _ => thread::sleep(PAUSE),
        }
    }
}

fn line(change: &Value) -> String {
    let word = |name: &str| change[name].as_str().unwrap_or_default().to_owned();
    let note = match change["Replacement"].as_str() {
        Some("True") => ", by a new one",
        Some("Conditional") => ", maybe by a new one",
        _ => "",
    };
    let (action, name, kind) =
        (word("Action").to_lowercase(), word("LogicalResourceId"), word("ResourceType"));
    format!("{action} {name} ({kind}{note})")
}

fn remove(stack: &Stack) -> Result<()> {
    let remove =
        ["cloudformation", "delete-change-set", "--stack-name", stack.name, "--change-set-name", NAME];
    stack.account.find(&remove, &["ChangeSetNotFound", "does not exist"]).map(drop)
}
