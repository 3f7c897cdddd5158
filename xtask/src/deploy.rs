//! `cargo xtask deploy`: deploys Wishboard to AWS. A later deployment changes only what is different.
//!
//! The command checks the configuration before it builds, and builds everything before it changes AWS. It keeps its
//! state in AWS and not on this machine, so a later run continues an interrupted one.

pub(crate) mod artifacts;
pub(crate) mod aws_cli;
mod aws_error;
mod change_set;
pub(crate) mod code_bucket;
mod deploy_args;
pub(crate) mod destroy;
mod dry_run;
mod dynamodb_tables;
mod lambda_package;
mod preflight;
pub(crate) mod rollout;
mod site_file;
mod site_history;
mod site_upload;
mod smoke_test;
pub(crate) mod stack;
mod stack_update;
pub(crate) mod stack_wait;
pub(crate) mod template;
mod wait_for_issuer;

use std::time::Instant;

use anyhow::{Context, Result};

use crate::deploy::artifacts::Artifacts;
use crate::deploy::aws_cli::AwsCli;
use crate::deploy::deploy_args::DeployArgs;
use crate::deploy::smoke_test::SmokeTest;
use crate::deploy::stack::Stack;
use crate::deploy::template::Template;
use crate::setup::python;
use crate::system::terminal::print;

/// Deploys the stack and the site. With `--dry-run`, only prints what would change.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let start = Instant::now();
    let template = Template::read()?;
    let args = DeployArgs::parse(args, &["--dry-run", "--from FOLDER"], &template)?;
    let aws = AwsCli::from_env(python::aws_tools()?);
    let stack = Stack { aws: &aws, name: &args.stack, template: &template };
    let found = preflight::run(&stack, &args)?;
    let artifacts = match &args.from {
        Some(folder) => Artifacts::in_folder(folder)?,
        None if aws.is_emulated() => Artifacts::build_for_emulator()?,
        None => Artifacts::build_for_aws()?,
    };
    let mut parameters = args.parameters.clone();
    if let Some(kept) = found.kept_tables {
        parameters.insert("KeptTables".to_owned(), if kept { "yes" } else { "no" }.to_owned());
    }
    if args.is_dry_run {
        return dry_run::run(&stack, found.state.as_ref(), &found.code, &artifacts, parameters);
    }
    let mut rollout = rollout::roll_out(&stack, &found.code, &artifacts, parameters)?;
    let (url, changed_at) = (rollout.state.output("Url")?, &rollout.state.changed_at);
    if !rollout.has_changed && rollout.history.has_passed_smoke_test(changed_at) {
        print(&format!("Nothing has changed: {url} is up to date ({} s)", start.elapsed().as_secs()));
        return Ok(());
    }
    let smoke_test = SmokeTest::of_stack(&aws, &rollout.state, &found.code)?;
    smoke_test.run(&artifacts.site).context("the deployment is complete, but the site does not work")?;
    rollout.history.record_passed_smoke_test(changed_at);
    rollout.history.write(&found.code)?;
    print(&format!("\nWishboard is at {url} ({} s)", start.elapsed().as_secs()));
    Ok(())
}
