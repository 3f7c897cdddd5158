//! Who can use the table of the key ring. The emulator ignores policies of tables, so most tests evaluate the policy of
//! the template.

use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use crate::cloud::endpoint;
use crate::stack_parameters::create_http_api;

const TEMPLATE_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/template.yaml");

/// Generating two keys takes some seconds in a debug build under load.
const KEY_GENERATION_TIMEOUT: Duration = Duration::from_secs(60);

const ADMIN: &str = "user/admin";
const ROOT: &str = "root";
const API: &str = "role/wishboard-us-east-1-api";
const AUTHORIZER: &str = "role/wishboard-us-east-1-authorizer";
const BREAK_GLASS: &str = "role/wishboard-us-east-1-break-glass";

/// Operations on items, except GetItem.
const ITEM_ACTIONS: [&str; 12] = [
    "BatchGetItem",
    "BatchWriteItem",
    "ConditionCheckItem",
    "DeleteItem",
    "PartiQLDelete",
    "PartiQLInsert",
    "PartiQLSelect",
    "PartiQLUpdate",
    "PutItem",
    "Query",
    "Scan",
    "UpdateItem",
];

const COPY_ACTIONS: [&str; 6] = [
    "CreateBackup",
    "CreateTableReplica",
    "ExportTableToPointInTime",
    "RestoreTableFromBackup",
    "RestoreTableToPointInTime",
    "StartAwsBackupJob",
];

const SETTING_ACTIONS: [&str; 5] = [
    "DeleteResourcePolicy",
    "EnableKinesisStreamingDestination",
    "PutResourcePolicy",
    "UpdateKinesisStreamingDestination",
    "UpdateTable",
];

/// What CloudFormation requests besides the settings, according to the schema of `AWS::DynamoDB::Table`.
const STACK_ACTIONS: [&str; 9] = [
    "CreateTable",
    "DeleteTable",
    "DescribeContinuousBackups",
    "DescribeTable",
    "DescribeTimeToLive",
    "GetResourcePolicy",
    "ListTagsOfResource",
    "TagResource",
    "UpdateContinuousBackups",
];

/// Returns whether the policy denies each of these actions.
fn denied(principal: &str, actions: &[&str], context: &Value) -> Vec<bool> {
    let requests: Vec<Value> = actions.iter().map(|action| json!([principal, action, context])).collect();
    let mut python = Command::new("python");
    python.args(["-c", include_str!("evaluate_policy.py"), TEMPLATE_FILE, &json!(requests).to_string()]);
    let output = python.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[track_caller]
fn assert_all(is_denied: bool, principal: &str, actions: &[&str], context: &Value) {
    let result = denied(principal, actions, context);
    assert_eq!(result, vec![is_denied; actions.len()], "{principal} {actions:?} {context}");
}

#[test]
fn only_the_api_and_the_break_glass_role_can_use_the_private_half() {
    let private = json!({"dynamodb:LeadingKeys": ["ring#private"]});
    for (principal, is_denied) in
        [(ADMIN, true), (ROOT, true), (AUTHORIZER, true), (API, false), (BREAK_GLASS, false)]
    {
        assert_all(is_denied, principal, &["GetItem"], &private);
        assert_all(is_denied, principal, &ITEM_ACTIONS, &private);
        assert_all(is_denied, principal, &ITEM_ACTIONS, &json!({}));
    }
    for other in ["role/wishboard-us-east-1-api-2", "role/other/wishboard-us-east-1-api", "role/ReadOnly"] {
        assert_all(true, other, &["GetItem", "Scan"], &private);
    }
}

#[test]
fn the_authorizer_can_also_read_the_public_half() {
    let public = json!({"dynamodb:LeadingKeys": ["ring#public"]});
    for (principal, is_denied) in [(AUTHORIZER, false), (API, false), (ADMIN, true)] {
        assert_all(is_denied, principal, &["GetItem"], &public);
    }
    assert_all(
        true,
        AUTHORIZER,
        &["GetItem"],
        &json!({"dynamodb:LeadingKeys": ["ring#public", "ring#private"]}),
    );
}

#[test]
fn only_the_break_glass_role_can_copy_the_table() {
    let stack = json!({"aws:CalledVia": ["cloudformation.amazonaws.com"]});
    for principal in [ADMIN, ROOT, API, AUTHORIZER] {
        assert_all(true, principal, &COPY_ACTIONS, &json!({}));
        assert_all(true, principal, &COPY_ACTIONS, &stack);
    }
    assert_all(false, BREAK_GLASS, &COPY_ACTIONS, &json!({}));
}

#[test]
fn settings_change_only_with_the_break_glass_role_the_stack_or_the_root_user() {
    let stack = json!({"aws:CalledVia": ["cloudformation.amazonaws.com"]});
    let other_service = json!({"aws:CalledVia": ["athena.amazonaws.com"]});
    for principal in [ADMIN, API, AUTHORIZER] {
        assert_all(true, principal, &SETTING_ACTIONS, &json!({}));
        assert_all(true, principal, &SETTING_ACTIONS, &other_service);
    }
    assert_all(false, ADMIN, &SETTING_ACTIONS, &stack);
    assert_all(false, BREAK_GLASS, &SETTING_ACTIONS, &json!({}));
    assert_all(false, ROOT, &SETTING_ACTIONS, &json!({}));
}

#[test]
fn the_stack_can_create_describe_and_delete_the_table() {
    for context in [json!({}), json!({"aws:CalledVia": ["cloudformation.amazonaws.com"]})] {
        assert_all(false, ADMIN, &STACK_ACTIONS, &context);
    }
}

/// The emulator enforces the policies of roles, so the role has the permissions that the command needs.
#[tokio::test]
async fn the_break_glass_role_can_rotate_the_keys() {
    let api = create_http_api("break-glass", &[]);
    // The API creates the keys. Until then, it responds with 503.
    let jwks = format!("{}/_aws/execute-api/{api}/$default/.well-known/jwks.json", endpoint());
    let keys_exist = async {
        while reqwest::get(&jwks).await.unwrap().status() != 200 {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    tokio::time::timeout(KEY_GENERATION_TIMEOUT, keys_exist).await.unwrap();
    let keys = Command::new(env!("CARGO_BIN_EXE_keys")).args(["rotate", "--table", "break-glass"]).output();
    let output = keys.unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("retired 0 minutes ago"), "{output:?}");
}
