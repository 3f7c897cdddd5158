//! `cargo xtask destroy`: deletes the stack, the site and the code. The tables stay unless `--with-tables` is given,
//! and a later deployment uses them again. The next run continues an interrupted one.

use anyhow::{Result, bail};

use crate::deploy::aws_cli::AwsCli;
use crate::deploy::code_bucket::CodeBucket;
use crate::deploy::deploy_args::DeployArgs;
use crate::deploy::stack::{Stack, StackState};
use crate::deploy::template::Template;
use crate::deploy::{dynamodb_tables, stack_update, stack_wait};
use crate::setup::python;
use crate::system::terminal::{ask, print};

/// Deletes a stack, after a confirmation.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let template = Template::read()?;
    let args = DeployArgs::parse(args, &["--yes", "--with-tables"], &template)?;
    if let Some(name) = args.parameters.keys().find(|name| *name != "Table") {
        bail!("unknown setting {name}: destroy accepts only Table=NAME, for the tables of a deleted stack");
    }
    let aws = AwsCli::from_env(python::aws_tools()?);
    let stack = Stack { aws: &aws, name: &args.stack, template: &template };
    let code = CodeBucket::of_stack(&aws, &args.stack)?;
    let state = stack_wait::until_settled(&stack)?;
    state.iter().try_for_each(|state| state.expect_ours(&args.stack))?;
    let main_table = main_table_name(&args, state.as_ref(), &template)?;
    let mut tables = Vec::new();
    for name in dynamodb_tables::names(&main_table) {
        if dynamodb_tables::describe(&aws, &name)?.is_some() {
            tables.push(name);
        }
    }
    if args.with_tables
        && let Some(other) = stack.find_other_with_table(&main_table)?
    {
        bail!("the stack `{other}` uses the table `{main_table}`");
    }
    if state.is_none() && !code.exists()? && (tables.is_empty() || !args.with_tables) {
        print(&format!("There is no stack `{}`.", args.stack));
        print_kept_tables(&tables);
        return Ok(());
    }
    print_plan(&args, state.as_ref(), &tables);
    if !args.is_confirmed && !confirm(&args.stack)? {
        print("Nothing was changed.");
        return Ok(());
    }
    delete_everything(&stack, state.is_some(), &code, if args.with_tables { &tables } else { &[] })?;
    print(&format!("The stack `{}` was deleted.", args.stack));
    if !args.with_tables {
        print_kept_tables(&tables);
    }
    Ok(())
}

/// Returns the name of the main table: the name in the stack's parameters, the argument, or the template's default.
fn main_table_name(args: &DeployArgs, state: Option<&StackState>, template: &Template) -> Result<String> {
    let given = args.parameters.get("Table");
    let Some(state) = state else {
        if args.with_tables && given.is_none() && args.stack != "wishboard" {
            bail!("there is no stack `{}`, so its tables are unknown: add Table=NAME", args.stack);
        }
        return Ok(given.map_or(template.default_of("Table"), String::as_str).to_owned());
    };
    let own = state.parameters.get("Table").cloned().unwrap_or_default();
    match given {
        Some(given) if *given != own => bail!("the table of this stack is `{own}`, not `{given}`"),
        _ => Ok(own),
    }
}

fn print_plan(args: &DeployArgs, state: Option<&StackState>, tables: &[String]) {
    if let Some(url) = state.and_then(|state| state.outputs.get("Url")) {
        print(&format!("The site at {url} will be shut down."));
    }
    print(&format!(
        "Will be deleted: the stack `{}` with its functions, gateways, site, logs and code.",
        args.stack
    ));
    let tables_text = tables.join(" and ");
    if args.with_tables {
        print(&format!("Will be deleted permanently: every user, message and wish in {tables_text}."));
    } else if !tables.is_empty() {
        print(&format!("Will be kept: every user, message and wish in {tables_text}."));
    }
}

fn print_kept_tables(tables: &[String]) {
    if tables.is_empty() {
        return;
    }
    print(&format!("The tables {} still exist. `cargo xtask deploy` uses them again;", tables.join(" and ")));
    print("`cargo xtask destroy --with-tables` deletes them with all users and posts.");
}

fn confirm(stack: &str) -> Result<bool> {
    let without_question = format!("cargo xtask destroy --stack {stack} --yes");
    Ok(ask("Type the name of the stack to delete it:", &without_question)? == stack)
}

fn delete_everything(stack: &Stack, has_stack: bool, code: &CodeBucket, tables: &[String]) -> Result<()> {
    if has_stack {
        empty_site_bucket(stack)?;
    }
    tables.iter().try_for_each(|name| dynamodb_tables::delete(stack.aws, name))?;
    if has_stack {
        print("Deleting the stack (some minutes)");
        stack_update::delete(stack)?;
    }
    code.delete()
}

/// Empties the site's bucket, because CloudFormation deletes only empty buckets. Reads the bucket's name from the
/// stack's resources, because a stack whose creation failed has a bucket but no outputs.
fn empty_site_bucket(stack: &Stack) -> Result<()> {
    let query = "StackResourceSummaries[?LogicalResourceId=='SiteBucket'].PhysicalResourceId";
    let list = ["cloudformation", "list-stack-resources", "--stack-name", stack.name, "--query", query];
    let found = stack.aws.json(&list)?;
    let Some(bucket) = found[0].as_str().filter(|bucket| !bucket.is_empty()) else { return Ok(()) };
    print("Emptying the site's bucket");
    let remove = ["s3", "rm", "--recursive", "--only-show-errors", &format!("s3://{bucket}")];
    // An interrupted run may have deleted the bucket already.
    stack.aws.find(&remove, &["NoSuchBucket"]).map(drop)
}
