//! `cargo xtask destroy`: removes what `cargo xtask deploy` made. The tables, with the people and what they wrote, stay
//! unless told otherwise, and a later deployment uses them again.

use anyhow::{Result, bail};

use crate::deploy::aws_cli::Account;
use crate::deploy::code_bucket::Bucket;
use crate::deploy::deploy_args::Settings;
use crate::deploy::stack::{Stack, State};
use crate::deploy::template::Template;
use crate::setup::python;
use crate::system::terminal::{ask, say};

/// Removes it, after asking. Interrupted, it is finished by running it again.
pub(crate) fn run(arguments: &[&str]) -> Result<()> {
    let template = Template::read()?;
    let settings = Settings::parse(arguments, &["--yes", "--with-tables"], &template)?;
    if let Some(name) = settings.parameters.keys().find(|name| *name != "Table") {
        bail!(
            "{name} can't be destroyed: only Table=NAME says something here, the tables of a stack that is gone"
        );
    }
    let account = Account::chosen(python::ready()?);
    let stack = Stack { account: &account, name: &settings.stack, template: &template };
    let code = Bucket::of(&account, &settings.stack)?;
    let state = stack.settled()?;
    state.iter().try_for_each(|state| state.expect_ours(&settings.stack))?;
    let table = table(&settings, state.as_ref(), &template)?;
    let tables = [table.clone(), format!("{table}-keys")];
    let mut there = Vec::new();
    for name in &tables {
        if is_there(&account, name)? {
            there.push(name.as_str());
        }
    }
    let tables = there;
    if settings.with_tables
        && let Some(other) = stack.other_with(&table)?
    {
        bail!("the table `{table}` is in use by the stack `{other}`");
    }
    let has_code = code.exists()?;
    if state.is_none() && !has_code && (tables.is_empty() || !settings.with_tables) {
        say(&format!("There is no stack `{}`.", settings.stack));
        tell_kept(&tables);
        return Ok(());
    }
    foretell(&settings, state.as_ref(), &tables);
    if !settings.is_sure && !agreed(&settings.stack)? {
        say("Nothing was changed.");
        return Ok(());
    }
    if state.is_some() {
        empty_site(&account, &settings.stack)?;
    }
    if settings.with_tables {
        tables.iter().try_for_each(|name| remove_table(&account, name))?;
    }
    if state.is_some() {
        say("Removing the stack (CloudFront takes some minutes)");
        stack.delete()?;
    }
    code.remove()?;
    say(&format!("The stack `{}` is gone.", settings.stack));
    if !settings.with_tables {
        tell_kept(&tables);
    }
    Ok(())
}

/// The main table's name.
fn table(settings: &Settings, state: Option<&State>, template: &Template) -> Result<String> {
    let given = settings.parameters.get("Table");
    let Some(state) = state else {
        if settings.with_tables && given.is_none() && settings.stack != "wishboard" {
            bail!(
                "there is no stack `{}` that could say which its tables are: give Table=NAME",
                settings.stack
            );
        }
        let default = template.parameters().get("Table").copied().flatten().unwrap_or_default();
        return Ok(given.map_or(default, String::as_str).to_owned());
    };
    let own = state.parameters.get("Table").cloned().unwrap_or_default();
    match given {
        Some(given) if *given != own => bail!("the stack's table is `{own}`, not `{given}`"),
        _ => Ok(own),
    }
}

fn is_there(account: &Account, table: &str) -> Result<bool> {
    let describe = ["dynamodb", "describe-table", "--table-name", table];
    Ok(account.find(&describe, &["ResourceNotFoundException"])?.is_some())
}

fn foretell(settings: &Settings, state: Option<&State>, tables: &[&str]) {
    if let Some(url) = state.and_then(|state| state.outputs.get("Url")) {
        say(&format!("The site at {url} ends."));
    }
    say(&format!("What goes: the stack `{}`, its functions, gateways, site, logs and code.", settings.stack));
    if settings.with_tables {
        say(&format!("What goes, too, for good: every user, message and wish, in {}.", tables.join(" and ")));
    } else if !tables.is_empty() {
        say(&format!("What stays: every user, message and wish, in {}.", tables.join(" and ")));
    }
}

fn tell_kept(tables: &[&str]) {
    if tables.is_empty() {
        return;
    }
    say(&format!("Kept: {}. `cargo xtask deploy` finds them again;", tables.join(" and ")));
    say("`cargo xtask destroy --with-tables` removes them, with everybody and all they wrote.");
}

fn agreed(name: &str) -> Result<bool> {
    let unasked = format!("cargo xtask destroy --stack {name} --yes");
    Ok(ask("Type the stack's name to go on:", &unasked)? == name)
}

/// CloudFormation removes empty buckets only. A stack that failed has the bucket, but no outputs.
fn empty_site(account: &Account, stack: &str) -> Result<()> {
    let query = "StackResourceSummaries[?LogicalResourceId=='SiteBucket'].PhysicalResourceId";
    let list = ["cloudformation", "list-stack-resources", "--stack-name", stack, "--query", query];
    let found = account.ask(&list)?;
    let Some(bucket) = found[0].as_str().filter(|bucket| !bucket.is_empty()) else { return Ok(()) };
    say("Emptying the site's bucket");
    let remove = ["s3", "rm", "--recursive", "--only-show-errors", &format!("s3://{bucket}")];
    // A run before this one may have got as far as the bucket itself.
    account.find(&remove, &["NoSuchBucket"]).map(drop)
}

/// From wherever a run before this one was interrupted.
fn remove_table(account: &Account, name: &str) -> Result<()> {
    say(&format!("Removing the table {name}"));
    let describe = ["dynamodb", "describe-table", "--table-name", name, "--query", "Table"];
    let Some(table) = account.find(&describe, &["ResourceNotFoundException"])? else { return Ok(()) };
    if table["DeletionProtectionEnabled"] == true {
        let open = ["dynamodb", "update-table", "--table-name", name, "--no-deletion-protection-enabled"];
        account.tell(&open)?;
        account.tell(&["dynamodb", "wait", "table-exists", "--table-name", name])?;
    }
    if table["TableStatus"] != "DELETING" {
        account.tell(&["dynamodb", "delete-table", "--table-name", name])?;
    }
    account.tell(&["dynamodb", "wait", "table-not-exists", "--table-name", name])
}
