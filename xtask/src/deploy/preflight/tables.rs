//! Checks whether the tables can be created, or whether existing tables can be used. Existing tables come from a
//! deleted stack or from a restore.

use anyhow::Result;
use serde_json::Value;

use crate::deploy::dynamodb_tables;
use crate::deploy::preflight::planned_deployment::PlannedDeployment;
use crate::system::terminal::print;

/// Number of indexes of the main table and of the key ring.
const INDEX_COUNTS: [usize; 2] = [2, 0];

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
    let mut exists = [false; 2];
    for (index, name) in names.iter().enumerate() {
        let Some(description) = dynamodb_tables::describe(deployment.stack.aws, name)? else { continue };
        exists[index] = true;
        if !has_our_schema(&description, INDEX_COUNTS[index]) {
            problems.push(format!(
                "the table `{name}` is not a Wishboard table: choose another name with Table=NAME"
            ));
        }
    }
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

/// Returns whether a table has the same key and number of indexes as our table.
fn has_our_schema(description: &Value, index_count: usize) -> bool {
    let key = &description["KeySchema"];
    let indexes = description["GlobalSecondaryIndexes"].as_array().map_or(0, Vec::len);
    key.as_array().is_some_and(|key| key.len() == 1)
        && key[0]["AttributeName"] == "pk"
        && indexes == index_count
}
