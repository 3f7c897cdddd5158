//! The differences between a table in AWS and its description in deploy/template.yaml.

use std::collections::BTreeSet;

use anyhow::Result;
use serde_json::Value;

use crate::deploy::aws_cli::AwsCli;

/// Returns the differences of the keys and indexes. The API needs exactly these indexes.
pub(crate) fn of_schema(expected: &Value, table: &Value) -> Vec<String> {
    let mut differences = Vec::new();
    for index in items(&expected["GlobalSecondaryIndexes"]) {
        let name = text(&index["IndexName"]);
        match items(&table["GlobalSecondaryIndexes"]).find(|found| found["IndexName"] == index["IndexName"]) {
            None => differences.push(format!("it has no index `{name}`")),
            Some(found) if ["KeySchema", "Projection"].iter().any(|part| found[part] != index[part]) => {
                differences.push(format!("the index `{name}` has another key or projection"));
            }
            Some(_) => {}
        }
    }
    let names = |value: &Value| -> BTreeSet<String> {
        items(&value["GlobalSecondaryIndexes"]).map(|index| text(&index["IndexName"])).collect()
    };
    for name in names(table).difference(&names(expected)) {
        differences.push(format!("the template has no index `{name}`"));
    }
    for attribute in items(&expected["AttributeDefinitions"]) {
        let name = &attribute["AttributeName"];
        let found = items(&table["AttributeDefinitions"]).find(|found| found["AttributeName"] == *name);
        if found.is_some_and(|found| found["AttributeType"] != attribute["AttributeType"]) {
            differences.push(format!("the attribute `{}` has another type", text(name)));
        }
    }
    differences
}

/// Returns the differences of the settings. The API works without them, but may cost more or lose data.
pub(crate) fn of_settings(aws: &AwsCli, expected: &Value, table: &Value) -> Result<Vec<String>> {
    let name = text(&table["TableName"]);
    let describe =
        |operation, query| aws.json(&["dynamodb", operation, "--table-name", &name, "--query", query]);
    let time_to_live = describe("describe-time-to-live", "TimeToLiveDescription")?;
    let recovery = "ContinuousBackupsDescription.PointInTimeRecoveryDescription";
    let recovery = describe("describe-continuous-backups", recovery)?;
    Ok(setting_differences(expected, table, &time_to_live, &recovery))
}

fn setting_differences(
    expected: &Value,
    table: &Value,
    time_to_live: &Value,
    recovery: &Value,
) -> Vec<String> {
    let expired = &expected["TimeToLiveSpecification"]["AttributeName"];
    let is_on = |status: &Value| ["ENABLED", "ENABLING"].iter().any(|on| status == on);
    let expires = is_on(&time_to_live["TimeToLiveStatus"]).then_some(&time_to_live["AttributeName"]);
    let differences = [
        (
            expires.unwrap_or(&Value::Null) != expired,
            "the time to live is different, see `aws dynamodb update-time-to-live`",
        ),
        (
            !is_on(&recovery["PointInTimeRecoveryStatus"]),
            "point-in-time recovery is off, see `aws dynamodb update-continuous-backups`",
        ),
        (
            table["BillingModeSummary"]["BillingMode"] != expected["BillingMode"],
            "the billing mode is not on-demand, see `aws dynamodb update-table`",
        ),
        (
            !is_on(&table["SSEDescription"]["Status"]),
            "it is not encrypted with a KMS key, see `aws dynamodb update-table`",
        ),
        (
            table["DeletionProtectionEnabled"] != true,
            "the deletion protection is off, see `aws dynamodb update-table`",
        ),
    ];
    differences
        .into_iter()
        .filter(|(is_different, _)| *is_different)
        .map(|(_, text)| text.to_owned())
        .collect()
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn main_table() -> Value {
        let key = |name: &str, kind: &str| json!({ "AttributeName": name, "KeyType": kind });
        json!({
            "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }],
            "BillingMode": "PAY_PER_REQUEST",
            "GlobalSecondaryIndexes": [{
                "IndexName": "owner",
                "KeySchema": [key("owner", "HASH"), key("owner_at", "RANGE")],
                "Projection": { "ProjectionType": "ALL" },
            }],
            "TimeToLiveSpecification": { "AttributeName": "expires", "Enabled": true },
        })
    }

    #[test]
    fn indexes_and_types_of_keys_are_compared() {
        let expected = main_table();
        assert_eq!(of_schema(&expected, &expected), [""; 0]);
        let mut table = expected.clone();
        table["GlobalSecondaryIndexes"][0]["Projection"] = json!({ "ProjectionType": "KEYS_ONLY" });
        table["AttributeDefinitions"][0]["AttributeType"] = json!("B");
        let differences =
            ["the index `owner` has another key or projection", "the attribute `pk` has another type"];
        assert_eq!(of_schema(&expected, &table), differences);
        table = expected.clone();
        table["GlobalSecondaryIndexes"][0]["IndexName"] = json!("other");
        let differences = ["it has no index `owner`", "the template has no index `other`"];
        assert_eq!(of_schema(&expected, &table), differences);
    }

    #[test]
    fn settings_are_compared() {
        let expected = main_table();
        let table = json!({
            "BillingModeSummary": { "BillingMode": "PAY_PER_REQUEST" },
            "DeletionProtectionEnabled": true,
            "SSEDescription": { "Status": "ENABLED" },
        });
        let time_to_live = json!({ "AttributeName": "expires", "TimeToLiveStatus": "ENABLED" });
        let recovery = json!({ "PointInTimeRecoveryStatus": "ENABLED" });
        assert_eq!(setting_differences(&expected, &table, &time_to_live, &recovery), [""; 0]);
        let off = json!({ "AttributeName": "expires", "TimeToLiveStatus": "DISABLED" });
        assert_eq!(setting_differences(&expected, &table, &off, &json!({})).len(), 2);
        assert_eq!(setting_differences(&expected, &json!({}), &time_to_live, &recovery).len(), 3);
        let keys = json!({ "BillingMode": "PAY_PER_REQUEST" });
        let off = json!({ "TimeToLiveStatus": "DISABLED" });
        assert_eq!(setting_differences(&keys, &table, &off, &recovery), [""; 0]);
    }
}
