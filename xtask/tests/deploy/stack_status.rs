//! Deployments to a stack that CloudFormation cannot update, or that is not ours.

use serde_json::{Value, json};

use crate::aws::aws;
use crate::preflight::RejectedDeployment;
use crate::process::output_of;
use crate::wait::wait_for;

/// Returns the parameter by which the commands recognize a Wishboard stack.
fn wishboard_parameters() -> Value {
    json!({"Table": {"Type": "String", "Default": "wishboard-none"}})
}

/// Returns a resource that fails after 30 seconds. So an operation is in progress long enough for the tests, even on a
/// busy machine.
fn failing_wait_condition() -> Value {
    let properties = json!({"Handle": {"Ref": "Handle"}, "Timeout": "30"});
    json!({"Type": "AWS::CloudFormation::WaitCondition", "Properties": properties})
}

/// Returns a template with these resources and one that fails after 30 seconds.
fn template_that_fails_late(mut resources: Value) -> String {
    resources["Handle"] = json!({"Type": "AWS::CloudFormation::WaitConditionHandle"});
    resources["Wait"] = failing_wait_condition();
    json!({"Parameters": wishboard_parameters(), "Resources": resources}).to_string()
}

/// Creates a stack whose bucket cannot be created. Returns after the failure.
fn create_failed_stack(stack: &str, parameters: &Value) {
    aws(&["s3", "mb", "s3://foreign-bucket"]);
    let bucket = json!({"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "foreign-bucket"}});
    let template = json!({"Parameters": parameters, "Resources": {"Bucket": bucket}}).to_string();
    run("create-stack", stack, &template);
    wait_until_settled(stack);
}

fn run(operation: &str, stack: &str, template: &str) {
    aws(&["cloudformation", operation, "--stack-name", stack, "--template-body", template]).unwrap();
}

fn status(stack: &str) -> String {
    let query = "Stacks[0].StackStatus";
    let status = aws(&["cloudformation", "describe-stacks", "--stack-name", stack, "--query", query]);
    status.unwrap().as_str().unwrap().to_owned()
}

fn wait_until_settled(stack: &str) {
    wait_for(|| (!status(stack).ends_with("_IN_PROGRESS")).then_some(()));
}

#[test]
fn a_deployment_waits_for_a_running_operation() {
    let rejected = RejectedDeployment::of("wishboard-busy");
    run("create-stack", "wishboard-busy", &template_that_fails_late(json!({})));
    assert_eq!(status("wishboard-busy"), "CREATE_IN_PROGRESS");
    let expected = "is ROLLBACK_COMPLETE: run `cargo xtask destroy";
    rejected.expect_error(&["Table=wishboard-busy"], expected);
}

#[test]
fn a_failed_rollback_must_be_continued_first() {
    const STACK: &str = "wishboard-stuck";
    let rejected = RejectedDeployment::of(STACK);
    let user_pool = |name| json!({"Type": "AWS::Cognito::UserPool", "Properties": {"UserPoolName": name}});
    let before = json!({"UserPool": user_pool("before")});
    let before = json!({"Parameters": wishboard_parameters(), "Resources": before});
    run("create-stack", STACK, &before.to_string());
    wait_until_settled(STACK);
    run("update-stack", STACK, &template_that_fails_late(json!({"UserPool": user_pool("after")})));
    // The rollback fails because the resource no longer exists.
    let query = "UserPools[?Name=='after'].Id";
    let list = ["cognito-idp", "list-user-pools", "--max-results", "9", "--query", query];
    let pool = wait_for(|| {
        assert_eq!(status(STACK), "UPDATE_IN_PROGRESS");
        aws(&list).unwrap()[0].as_str().map(str::to_owned)
    });
    aws(&["cognito-idp", "delete-user-pool", "--user-pool-id", &pool]).unwrap();
    wait_until_settled(STACK);
    let expected = "is UPDATE_ROLLBACK_FAILED: run `aws cloudformation continue-update-rollback --stack-name";
    rejected.expect_error(&["Table=wishboard-stuck"], expected);
}

#[test]
fn a_stack_whose_creation_failed_can_be_destroyed() {
    const STACK: &str = "wishboard-broken";
    let rejected = RejectedDeployment::of(STACK);
    create_failed_stack(STACK, &wishboard_parameters());
    let expected = "is ROLLBACK_COMPLETE: run `cargo xtask destroy --stack wishboard-broken`";
    rejected.expect_error(&["Table=wishboard-broken"], expected);
    output_of(&mut rejected.deployer.xtask(&["destroy", "--stack", STACK, "--yes"]));
    assert_eq!(aws(&["cloudformation", "describe-stacks", "--stack-name", STACK]), None);
}

#[test]
fn a_stack_of_another_project_is_neither_updated_nor_destroyed() {
    const STACK: &str = "wishboard-other";
    let rejected = RejectedDeployment::of(STACK);
    create_failed_stack(STACK, &json!({}));
    let expected = "the stack `wishboard-other` is not a Wishboard stack";
    rejected.expect_error(&["Table=wishboard-other"], expected);
    let mut destroy = rejected.deployer.xtask(&["destroy", "--stack", STACK, "--yes"]);
    rejected.expect_error_of(&mut destroy, expected);
}
