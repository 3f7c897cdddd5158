//! The DynamoDB tables of a stack. They can exist without the stack.

use anyhow::Result;
use serde_json::Value;

use crate::deploy::aws_cli::AwsCli;
use crate::system::terminal::print;

/// Returns the names of both tables: the main table and the table of the key ring.
pub(crate) fn names(main: &str) -> [String; 2] {
    [main.to_owned(), format!("{main}-keys")]
}

/// Returns DynamoDB's description of a table, or `None` if it does not exist.
pub(crate) fn describe(aws: &AwsCli, name: &str) -> Result<Option<Value>> {
    let describe = ["dynamodb", "describe-table", "--table-name", name, "--query", "Table"];
    aws.find(&describe, &["ResourceNotFoundException"])
}

/// Deletes a table with everything in it. Can be repeated after an interruption at any step.
pub(crate) fn delete(aws: &AwsCli, name: &str) -> Result<()> {
    print(&format!("Deleting the table {name}"));
    let Some(table) = describe(aws, name)? else { return Ok(()) };
    let run = |operation: &[&str], options: &[&str]| {
        aws.run(&[&["dynamodb"], operation, &["--table-name", name], options].concat())
    };
    if table["DeletionProtectionEnabled"] == true {
        run(&["update-table"], &["--no-deletion-protection-enabled"])?;
        run(&["wait", "table-exists"], &[])?;
    }
    if table["TableStatus"] != "DELETING" {
        run(&["delete-table"], &[])?;
    }
    run(&["wait", "table-not-exists"], &[])
}
