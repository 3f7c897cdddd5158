//! Each function may do what it does, and nothing else. (That it may do what it does, every other test shows: the
//! emulator enforces policies, too.)

use serde_json::{Value, json};

use crate::cloud::{aws, physical};

/// The statements of a role's only policy.
fn statements(role: &str) -> Vec<Value> {
    let role = physical(role);
    let attached = aws(&["iam", "list-attached-role-policies", "--role-name", &role]);
    assert_eq!(attached["AttachedPolicies"], json!([]));
    let names = aws(&["iam", "list-role-policies", "--role-name", &role])["PolicyNames"].clone();
    let [name] = &names.as_array().unwrap()[..] else { panic!("one policy: {names}") };
    let policy = ["iam", "get-role-policy", "--role-name", &role, "--policy-name", name.as_str().unwrap()];
    aws(&policy)["PolicyDocument"]["Statement"].as_array().unwrap().clone()
}

/// Actions on the tables whose names end so, by their statements.
fn actions_on<'a>(statements: &'a [Value], end: &str) -> Vec<(&'a Value, &'a Value)> {
    let on = |statement: &&Value| statement["Resource"].as_str().is_some_and(|arn| arn.ends_with(end));
    statements.iter().filter(on).map(|it| (&it["Action"], &it["Condition"])).collect()
}

#[test]
fn no_policy_has_a_wildcard() {
    for role in ["ApiRole", "AuthorizerRole"] {
        for statement in statements(role) {
            assert_eq!(statement["Effect"], "Allow");
            let action = statement["Action"].to_string();
            assert!(!action.contains('*'), "{action}");
            // A log group's own ARN ends with `:*`, which stands for its streams.
            let resource =
                statement["Resource"].to_string().replace("-api:*", "").replace("-authorizer:*", "");
            assert!(!resource.contains('*'), "{resource}");
        }
    }
}

#[test]
fn the_authorizer_reads_and_never_what_signs() {
    let statements = statements("AuthorizerRole");
    let reads = json!(["dynamodb:BatchGetItem", "dynamodb:GetItem"]);
    assert_eq!(actions_on(&statements, "table/wishboard"), [(&reads, &Value::Null)]);
    // The emulator does not know this condition: "Using IAM policy conditions for fine-grained access control",
    // Amazon DynamoDB Developer Guide.
    let public = json!({"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["ring#public"]}});
    let keys = json!("dynamodb:GetItem");
    assert_eq!(actions_on(&statements, "table/wishboard-keys"), [(&keys, &public)]);
    assert_eq!(statements.len(), 3, "these two and its log");
}

#[test]
fn the_api_can_neither_scan_nor_change_a_table() {
    let statements = statements("ApiRole");
    let said = Value::from(statements.clone()).to_string();
    for never in ["Scan", "Table\"", "PartiQL", "Batch\"", "BatchWriteItem"] {
        assert!(!said.contains(&format!("dynamodb:{never}")), "{never}");
    }
    assert_eq!(statements.len(), 4, "the table, its indexes, the keys, its log");
}
