//! The DynamoDB tables of a stack. They can exist without the stack.

use anyhow::{Context, Result};
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
        remove_deletion_protection(aws, name, &table)?;
        run(&["wait", "table-exists"], &[])?;
    }
    if table["TableStatus"] != "DELETING" {
        run(&["delete-table"], &[])?;
    }
    run(&["wait", "table-not-exists"], &[])
}

/// Makes a table deletable. The policy of the key ring's table allows this only to the break-glass role.
fn remove_deletion_protection(aws: &AwsCli, name: &str, table: &Value) -> Result<()> {
    let update = ["dynamodb", "update-table", "--table-name", name, "--no-deletion-protection-enabled"];
    if aws.find(&update, &["AccessDenied"])?.is_some() {
        return Ok(());
    }
    let role = break_glass_role_arn(table["TableArn"].as_str().unwrap_or_default(), name);
    let role = role.with_context(|| format!("these credentials may not change the table {name}"))?;
    let privileged = aws.assume_role(&role).with_context(|| {
        let role = role.rsplit('/').next().unwrap_or_default();
        format!(
            "only the role {role} may change the table {name}. If its stack is deleted, deploy it again, then destroy both"
        )
    })?;
    privileged.run(&update)
}

/// Returns the ARN of the role that may change the table of the key ring, as deploy/template.yaml names it. `None` for
/// another table.
fn break_glass_role_arn(table_arn: &str, table: &str) -> Option<String> {
    let main_table = table.strip_suffix("-keys")?;
    let parts: Vec<&str> = table_arn.split(':').collect();
    let [_, partition, _, region, account, _] = parts[..] else { return None };
    Some(format!("arn:{partition}:iam::{account}:role/{main_table}-{region}-break-glass"))
}
