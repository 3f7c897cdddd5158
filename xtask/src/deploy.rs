//! `cargo xtask deploy`: brings Wishboard to AWS, or what changed of it. It checks before it builds, builds before it
//! changes anything, and can be run again from wherever it was interrupted.

pub(crate) mod aws_cli;
pub(crate) mod code_bucket;
mod deploy_args;
pub(crate) mod destroy;
mod dry_run;
pub(crate) mod lambda_package;
mod preflight;
mod site_file;
mod site_upload;
mod smoke_test;
pub(crate) mod stack;
mod stack_wait;
pub(crate) mod template;

use std::time::Instant;

use anyhow::{Context, Result};

use crate::deploy::aws_cli::Account;
use crate::deploy::code_bucket::Bucket;
use crate::deploy::deploy_args::Settings;
use crate::deploy::dry_run;
use crate::deploy::lambda_package::Release;
use crate::deploy::preflight::Checks;
use crate::deploy::site_upload::{Published, Publisher};
use crate::deploy::smoke_test::Visitor;
use crate::deploy::stack::{Outputs, Stack, State};
use crate::deploy::template::{Parameters, Template};
use crate::setup::python;
use crate::system::terminal::say;

/// Deploys, or with `--dry-run` says what deploying would change.
pub(crate) fn run(arguments: &[&str]) -> Result<()> {
    let begin = Instant::now();
    let template = Template::read()?;
    let settings = Settings::parse(arguments, &["--dry-run", "--from FOLDER"], &template)?;
    let account = Account::chosen(python::ready()?);
    let stack = Stack { account: &account, name: &settings.stack, template: &template };
    let found = Checks::new(&account, &stack, &settings).run()?;
    let release = match &settings.from {
        Some(folder) => Release::found(folder)?,
        None if account.is_emulated() => Release::native()?,
        None => Release::build()?,
    };
    let mut parameters = settings.parameters.clone();
    if let Some(kept) = found.kept_tables {
        parameters.insert("KeptTables".to_owned(), if kept { "yes" } else { "no" }.to_owned());
    }
    if settings.is_dry {
        return dry_run::show(&stack, &found, &release, parameters);
    }
    let (state, published) = carry_out(&stack, &found.code, &release, parameters)?;
    let url = state.outputs.get("Url").context("the stack does not say where the site is")?;
    if !published.has_changed && published.was_seen(&state.since) {
        say(&format!("Nothing has changed: {url} is up to date ({} s)", begin.elapsed().as_secs()));
        return Ok(());
    }
    let own_logins = state.parameters.get("GatewayIssuer").is_none_or(|gateway| gateway == "own");
    let visitor = Visitor::of(&account, &state.outputs)?;
    visitor.look(&release.site, own_logins).context("it is deployed, but does not work as it should")?;
    publisher(&account, &found.code, &state.outputs)?.note_seen(published, &state.since)?;
    say(&format!("\nWishboard is at {url} ({} s)", begin.elapsed().as_secs()));
    Ok(())
}

/// Uploads the code, makes the stack, publishes the site. Returns how the stack is then, and what was published; that
/// has changed if anything has.
pub(crate) fn carry_out(
    stack: &Stack,
    code: &Bucket,
    release: &Release,
    mut parameters: Parameters,
) -> Result<(State, Published)> {
    let account = stack.account;
    code.make()?;
    for part in release.pack(&code.folder()?, &account.python, account.is_emulated())? {
        if !code.has(&part.key)? {
            say(&format!("Uploading {}", part.key));
            code.put(&part.zip, &part.key)?;
        }
        parameters.insert(part.parameter.to_owned(), part.key);
    }
    parameters.insert("CodeBucket".to_owned(), code.name.clone());
    let was_remade = stack.make(code, parameters)?;
    let state = stack.state()?.with_context(|| format!("there is no stack `{}`", stack.name))?;
    let mut published = publisher(account, code, &state.outputs)?.publish(&release.site)?;
    published.has_changed |= was_remade;
    Ok((state, published))
}

/// What publishes the site of the stack with these outputs.
pub(crate) fn publisher<'a>(
    account: &'a Account,
    code: &'a Bucket<'a>,
    outputs: &'a Outputs,
) -> Result<Publisher<'a>> {
    let bucket = outputs.get("SiteBucket").context("the stack does not name the site's bucket")?;
    let distribution = outputs.get("DistributionId").context("the stack does not name its distribution")?;
    Ok(Publisher { account, code, bucket, distribution })
}
