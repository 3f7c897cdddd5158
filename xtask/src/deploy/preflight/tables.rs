//! Checks whether the tables can be created, or whether existing tables can be used. Existing tables come from a
//! deleted stack or from a restore. They never become part of a stack, so CloudFormation does not update them.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::deploy::aws_cli::AwsCli;
use crate::deploy::dynamodb_tables;
use crate::deploy::preflight::planned_deployment::PlannedDeployment;
use crate::deploy::preflight::table_differences;
use crate::system::terminal::print;
use crate::system::{command, env};

/// A script that prints the tables of the template.
const READ_TABLES: &str = "xtask/src/deploy/preflight/read_tables.py";
/// The logical names of the tables.
const LOGICAL_NAMES: [&str; 2] = ["MainTable", "KeysTable"];

/// Returns whether the tables exist, and all problems.
pub(crate) fn check(deployment: &PlannedDeployment) -> Result<(bool, Vec<String>)> {
    let mut problems = Vec::new();
    let names = dynamodb_tables::names(deployment.value("Table"));
    let [main_name, keys_name] = &names;
    if let Some(other) = deployment.stack.find_other_with_table(main_name)? {
        problems.push(format!(
            "the table `{main_name}` belongs to the stack `{other}`: choose another name with Table=NAME"
        ));
    }
    let exists = check_existing(deployment, &mut problems)?;
    match exists {
        [true, true] => {
            print(&format!("Using the existing tables {main_name} and {keys_name} with their data"))
        }
        [false, false] => {}
        [has_main, _] => {
            let (existing, missing) = if has_main { (main_name, keys_name) } else { (keys_name, main_name) };
            problems.push(format!(
                "the table `{existing}` exists, but `{missing}` does not: both or neither must exist"
            ));
        }
    }
    Ok((exists[0], problems))
}

/// Compares tables that are not part of a stack with the template, and prints settings that differ. Adds a problem for
/// a table with which the API would not work. Returns which tables exist.
pub(crate) fn check_existing(
    deployment: &PlannedDeployment,
    problems: &mut Vec<String>,
) -> Result<[bool; 2]> {
    let aws = deployment.stack.aws;
    let mut exists = [false; 2];
    for (index, name) in dynamodb_tables::names(deployment.value("Table")).iter().enumerate() {
        let Some(table) = dynamodb_tables::describe(aws, name)? else { continue };
        exists[index] = true;
        let expected = &template_tables(aws)?[LOGICAL_NAMES[index]];
        if table["KeySchema"] != expected["KeySchema"] {
            problems.push(format!(
                "the table `{name}` is not a Wishboard table: choose another name with Table=NAME"
            ));
            continue;
        }
        for difference in table_differences::of_schema(expected, &table) {
            problems.push(format!(
                "the table `{name}` differs from deploy/template.yaml: {difference}; change it with `aws dynamodb \
                 update-table`, see deploy/README.md"
            ));
        }
        for difference in table_differences::of_settings(aws, expected, &table)? {
            print(&format!("Warning: the table {name} differs from deploy/template.yaml: {difference}"));
        }
    }
    Ok(exists)
}

fn template_tables(aws: &AwsCli) -> Result<Value> {
    let mut read = aws.python.program("python");
    read.arg(env::root().join(READ_TABLES)).arg(env::root().join("deploy/template.yaml"));
    let tables = command::output(&mut read).context("cannot read the tables of deploy/template.yaml")?;
    serde_json::from_str(&tables).context("cannot read the tables of deploy/template.yaml")
}
