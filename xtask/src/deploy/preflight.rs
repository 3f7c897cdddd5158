//! Checks before a deployment, so that mistakes are reported before minutes of building. The user sees several problems
//! at once, each in one line: a failed check stops only the checks that depend on it.

mod account;
mod domain;
mod parameters;
mod planned_deployment;
mod region;
mod table_differences;
mod tables;

use anyhow::{Result, bail};

use crate::deploy::code_bucket::CodeBucket;
use crate::deploy::deploy_args::DeployArgs;
use crate::deploy::preflight::planned_deployment::PlannedDeployment;
use crate::deploy::stack::{Stack, StackState};
use crate::deploy::stack_wait;

/// The results of the checks that the deployment uses.
pub(crate) struct Preflight<'a> {
    /// The state of the stack. `None` before the first deployment.
    pub(crate) state: Option<StackState>,
    pub(crate) code: CodeBucket<'a>,
    /// The new value of the parameter `KeptTables`. `None` if it must not change.
    pub(crate) kept_tables: Option<bool>,
}

/// Runs all checks.
///
/// # Errors
/// If there are problems, with one line for each.
pub(crate) fn run<'a>(stack: &Stack<'a>, args: &DeployArgs) -> Result<Preflight<'a>> {
    let region = stack.aws.region().unwrap_or_default();
    // Report now: without a valid region, the requests of the other checks would get no response.
    let mut problems = region::check(stack.aws, &region);
    problems.extend(parameters::check_patterns(stack.template, &args.parameters)?);
    report(&problems)?;

    // Return this error at once: without valid credentials, all other checks would report the same problem.
    let code = CodeBucket::of_stack(stack.aws, stack.name)?;
    let mut problems: Vec<String> = code.exists().err().iter().map(ToString::to_string).collect();
    let state = stack_wait::until_settled(stack)?;
    if let Some(Err(error)) = state.as_ref().map(|state| state.expect_ours(stack.name)) {
        problems.push(error.to_string());
        report(&problems)?;
    }

    let deployment = PlannedDeployment { stack, args, state: state.as_ref() };
    problems.extend(check_status(&deployment));
    problems.extend(parameters::check_issuers(&deployment));
    problems.extend(domain::check(&deployment, &region)?);
    problems.extend(account::check(stack.aws)?);
    let mut kept_tables = None;
    if !deployment.keeps_its_tables() {
        let (has_tables, table_problems) = tables::check(&deployment)?;
        problems.extend(table_problems);
        kept_tables = Some(has_tables);
    } else if deployment.value("KeptTables") == "yes" {
        tables::check_existing(&deployment, &mut problems)?;
    }
    report(&problems)?;
    Ok(Preflight { state, code, kept_tables })
}

fn report(problems: &[String]) -> Result<()> {
    match problems {
        [] => Ok(()),
        [problem] => bail!("{problem}"),
        problems => bail!("nothing was deployed:\n  - {}", problems.join("\n  - ")),
    }
}

/// Checks whether CloudFormation can update the stack in its current status.
fn check_status(deployment: &PlannedDeployment) -> Option<String> {
    let (state, name) = (deployment.state?, deployment.stack.name);
    let remedy = match state.status.as_str() {
        "UPDATE_ROLLBACK_FAILED" => format!(
            "run `aws cloudformation continue-update-rollback --stack-name {name}`, wait until it is done, then deploy \
             again"
        ),
        "REVIEW_IN_PROGRESS" => format!(
            "it is a change set that was never executed; run `aws cloudformation delete-stack --stack-name {name}`, \
             then deploy again"
        ),
        status if status.ends_with("_FAILED") || status == "ROLLBACK_COMPLETE" => {
            format!("run `cargo xtask destroy --stack {name}`, which keeps the tables, then deploy again")
        }
        _ => return None,
    };
    Some(format!("the stack `{name}` is {}: {remedy}", state.status))
}
