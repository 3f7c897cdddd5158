//! The policies of the functions allow no more than the functions need. The other tests show that the policies allow
//! enough, because the emulator enforces them.

use serde_json::{Value, json};

use crate::cloud::{aws, physical_id};

/// Returns the statements of the only policy of a role.
fn statements(role: &str) -> Vec<Value> {
    let role = physical_id(role);
    let attached = aws(&["iam", "list-attached-role-policies", "--role-name", &role]);
    assert_eq!(attached["AttachedPolicies"], json!([]));
    let names = aws(&["iam", "list-role-policies", "--role-name", &role])["PolicyNames"].clone();
    let [name] = &names.as_array().unwrap()[..] else { panic!("one policy: {names}") };
    let policy = ["iam", "get-role-policy", "--role-name", &role, "--policy-name", name.as_str().unwrap()];
    aws(&policy)["PolicyDocument"]["Statement"].as_array().unwrap().clone()
}

/// Returns the actions and conditions of the statements for the resources whose ARNs end with `end`.
fn actions_on<'a>(statements: &'a [Value], end: &str) -> Vec<(&'a Value, &'a Value)> {
    let on = |statement: &&Value| statement["Resource"].as_str().is_some_and(|arn| arn.ends_with(end));
    statements.iter().filter(on).map(|it| (&it["Action"], &it["Condition"])).collect()
}

#[test]
fn no_policy_has_a_wildcard() {
    for role in ["ApiRole", "AuthorizerRole", "BreakGlassRole"] {
        for statement in statements(role) {
            assert_eq!(statement["Effect"], "Allow");
            let action = statement["Action"].to_string();
            assert!(!action.contains('*'), "{action}");
            // The ARN of a log group ends with `:*`, which means its streams.
            let resource =
                statement["Resource"].to_string().replace("-api:*", "").replace("-authorizer:*", "");
            assert!(!resource.contains('*'), "{resource}");
        }
    }
}

#[test]
fn the_authorizer_can_only_read_and_never_the_private_keys() {
    let statements = statements("AuthorizerRole");
    let reads = json!("dynamodb:BatchGetItem");
    assert_eq!(actions_on(&statements, "table/wishboard"), [(&reads, &Value::Null)]);
    // The emulator ignores this condition: "Using IAM policy conditions for fine-grained access control",
    // Amazon DynamoDB Developer Guide.
    let public = json!({"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["ring#public"]}});
    let keys = json!("dynamodb:GetItem");
    assert_eq!(actions_on(&statements, "table/wishboard-keys"), [(&keys, &public)]);
    assert_eq!(statements.len(), 3, "the table, the keys and the log");
}

#[test]
fn the_break_glass_role_can_use_only_the_key_ring() {
    let statements = statements("BreakGlassRole");
    let [statement] = &statements[..] else { panic!("{statements:?}") };
    assert!(statement["Resource"].as_str().unwrap().ends_with(":table/wishboard-keys"));
    let role = aws(&["iam", "get-role", "--role-name", &physical_id("BreakGlassRole"), "--query", "Role"]);
    assert_eq!(role["MaxSessionDuration"], 3600);
    let trust = &role["AssumeRolePolicyDocument"]["Statement"][0];
    assert_eq!(trust["Principal"]["AWS"], "arn:aws:iam::000000000000:root", "users of this account only");
}

#[test]
fn the_api_can_neither_scan_nor_change_a_table() {
    let statements = statements("ApiRole");
    let text = Value::from(statements.clone()).to_string();
    for forbidden in ["Scan", "Table\"", "PartiQL", "Batch\"", "BatchWriteItem"] {
        assert!(!text.contains(&format!("dynamodb:{forbidden}")), "{forbidden}");
    }
    assert_eq!(statements.len(), 4, "the table, its indexes, the keys, its log");
}
