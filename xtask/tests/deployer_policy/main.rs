//! Tests of deploy/deployer.json, the permissions of a user who deploys. CloudFormation acts with them, so they must
//! contain what the template's resource types need; the schemas of these types list it. `cargo xtask ci` runs these
//! tests.

#![allow(clippy::unwrap_used, reason = "a failing unwrap fails the test")]

mod aws_schemas;
mod policy;
mod unused_properties;

use std::collections::BTreeSet;

use crate::policy::{Statement, matches, statements};
use crate::unused_properties::{GLOBAL_TABLE_ACTIONS, UNUSED_PROPERTIES};

const TEMPLATE: &str = include_str!("../../../deploy/template.yaml");

/// Actions of requests that the commands send themselves, or that a schema does not list.
const OTHER_ACTIONS: &[&str] = &[
    "cloudformation:continueupdaterollback", // what `deploy` tells the user to run
    "cloudformation:createchangeset",
    "cloudformation:createstack",
    "cloudformation:deletechangeset",
    "cloudformation:deletestack",
    "cloudformation:describechangeset",
    "cloudformation:describeevents",
    "cloudformation:describestacks",
    "cloudformation:gettemplate",
    "cloudformation:liststackresources",
    "cloudformation:updatestack",
    "cloudfront:createinvalidation",
    "lambda:getaccountsettings",
    "s3:abortmultipartupload",
    "s3:getobject",
    "s3:listbucket",
    "s3:putobject",
    "sts:assumerole", // the break-glass role, to delete the table of the keys
    // "Logging actions that require additional permissions [V1]", CloudWatch Logs User Guide.
    "logs:createlogdelivery",
    "logs:deletelogdelivery",
    "logs:describeresourcepolicies",
    "logs:getlogdelivery",
    "logs:listlogdeliveries",
    "logs:putresourcepolicy",
    "logs:updatelogdelivery",
    // CloudFormation reads the secret that the template refers to with `resolve:secretsmanager`.
    "secretsmanager:getsecretvalue",
    // The service-linked role of API Gateway, created with the account's first HTTP API.
    "iam:createservicelinkedrole",
];
/// Names in the schemas of API Gateway that IAM does not list. The policy contains them in case IAM checks them.
const UNLISTED_ACTIONS: [&str; 2] = ["apigateway:tagresource", "apigateway:untagresource"];

/// Returns the blocks of the template, one for each resource, with their types.
fn resources() -> Vec<(&'static str, &'static str)> {
    let blocks = TEMPLATE.split("\n    Type: ").skip(1).filter(|block| block.starts_with("AWS::"));
    let blocks = blocks.map(|block| block.split("\n\n").next().unwrap());
    blocks.map(|block| (block.lines().next().unwrap(), block)).collect()
}

fn resource_types() -> BTreeSet<&'static str> {
    let types: BTreeSet<_> = resources().into_iter().map(|(resource_type, _)| resource_type).collect();
    assert!(types.contains("AWS::S3::Bucket") && types.contains("AWS::IAM::Role"), "{types:?}");
    types
}

/// Returns whether an action is needed only for properties that the template does not set.
fn is_unused(resource_type: &str, action: &str) -> bool {
    let is_listed = |(of_type, _, actions): &&(&str, &str, &[&str])| {
        *of_type == resource_type && actions.iter().any(|pattern| matches(pattern, action))
    };
    UNUSED_PROPERTIES.iter().any(|entry| is_listed(&entry))
        || resource_type == "AWS::DynamoDB::Table" && GLOBAL_TABLE_ACTIONS.contains(&action)
}

/// Returns each action that a resource type of the template needs.
fn needed_actions() -> Vec<(&'static str, String)> {
    let of_type = |resource_type| {
        let actions = aws_schemas::needed_actions(resource_type).into_iter();
        actions
            .filter(move |action| !is_unused(resource_type, action))
            .map(move |action| (resource_type, action))
    };
    resource_types().into_iter().flat_map(of_type).collect()
}

#[test]
fn every_resource_of_the_template_can_be_created_read_updated_and_deleted() {
    let statements = statements();
    let is_granted = |action: &str| {
        let formats = aws_schemas::resource_types(action).unwrap();
        statements.iter().any(|statement| statement.grants(action) && statement.applies_to(&formats))
    };
    let other = OTHER_ACTIONS.iter().map(|action| ("the commands", (*action).to_owned()));
    let missing = needed_actions().into_iter().chain(other).filter(|(_, action)| !is_granted(action));
    assert_eq!(missing.collect::<Vec<_>>(), []);
}

#[test]
fn each_property_whose_actions_are_left_out_exists_and_is_not_set() {
    let resources = resources();
    for (resource_type, property, actions) in UNUSED_PROPERTIES {
        let schema = aws_schemas::schema(resource_type).to_string();
        assert!(schema.contains(&format!("\"{property}\":")), "{resource_type} has no {property}");
        let needed = aws_schemas::needed_actions(resource_type);
        for pattern in *actions {
            assert!(needed.iter().any(|action| matches(pattern, action)), "{resource_type}: {pattern}");
        }
        for (_, block) in resources.iter().filter(|(one, _)| one == resource_type) {
            assert!(!block.contains(&format!(" {property}:")), "{resource_type} sets {property}");
            assert!(!block.contains(&format!("{{{property}:")), "{resource_type} sets {property}");
        }
    }
}

#[test]
fn every_granted_action_exists_and_is_needed() {
    let needed: BTreeSet<String> = needed_actions().into_iter().map(|(_, action)| action).collect();
    for pattern in statements().iter().flat_map(|statement| &statement.actions) {
        if UNLISTED_ACTIONS.contains(&pattern.as_str()) {
            continue;
        }
        let service = pattern.split(':').next().unwrap();
        let granted = aws_schemas::actions_of(service).into_iter().filter(|action| matches(pattern, action));
        let granted: Vec<String> = granted.collect();
        assert!(!granted.is_empty(), "{pattern} matches no action");
        let is_needed = |action: &String| needed.contains(action) || OTHER_ACTIONS.contains(&action.as_str());
        assert!(granted.iter().any(is_needed), "{pattern} is not needed");
        let is_write = |action: &&String| {
            let name = action.split(':').nth(1).unwrap();
            !["get", "describe", "list"].iter().any(|verb| name.starts_with(verb))
        };
        let unneeded = granted.iter().filter(is_write).filter(|action| !is_needed(action));
        assert_eq!(unneeded.collect::<Vec<_>>(), [""; 0], "{pattern} grants more than is needed");
    }
}

fn statement(sid: &str) -> Statement {
    statements().into_iter().find(|statement| statement.sid == sid).unwrap_or_else(|| panic!("{sid}"))
}

/// Resources that AWS names itself: a policy cannot limit them by a name.
const WITHOUT_OUR_NAME: [&str; 9] = [
    "Budget",
    "UnnamedResources",
    "UnnamedEdgeResources",
    "TaggedResources",
    "Gateways",
    "GatewayServiceRole",
    "ReadHostedZones",
    "CustomDomainRecords",
    "CustomDomain",
];

#[test]
fn permissions_are_limited_to_our_resources_where_possible() {
    for statement in statements().iter().filter(|one| !WITHOUT_OUR_NAME.contains(&one.sid.as_str())) {
        let is_ours =
            |resource: &String| ["wishboard", "EdgeSecret-"].iter().any(|name| resource.contains(name));
        assert!(statement.resources.iter().all(is_ours), "{}", statement.sid);
    }
    let tag = &statement("TaggedResources").condition["StringLike"]["aws:ResourceTag/wishboard-stack"];
    assert_eq!(tag, "wishboard*");
    for resource_type in ["AWS::CloudFront::Distribution", "AWS::CertificateManager::Certificate"] {
        let (_, block) = resources().into_iter().find(|(one, _)| *one == resource_type).unwrap();
        assert!(block.contains("Tags: [{Key: wishboard-stack, Value: !Ref AWS::StackName}]"), "{block}");
    }
    let pass = statement("PassFunctionRolesToLambda").condition;
    assert_eq!(pass["StringEquals"]["iam:PassedToService"], "lambda.amazonaws.com");
    let role = statement("GatewayServiceRole").condition;
    assert_eq!(role["StringEquals"]["iam:AWSServiceName"], "ops.apigateway.amazonaws.com");
}

#[test]
fn only_the_records_of_the_domain_can_be_changed() {
    let changes = "route53:changeresourcerecordsets";
    let granting: Vec<_> = statements().into_iter().filter(|statement| statement.grants(changes)).collect();
    let [records] = &granting[..] else { panic!("{granting:?}") };
    assert_eq!(records.resources, ["arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ"]);
    let names = &records.condition["ForAllValues:StringLike"];
    let names = &names["route53:ChangeResourceRecordSetsNormalizedRecordNames"];
    // The second name is the record that proves the ownership of the domain to AWS Certificate Manager.
    assert_eq!(*names, serde_json::json!(["wishboard.example", "_*.wishboard.example"]));
}

/// A managed policy has at most 6,144 characters, white space not counted ("IAM and AWS STS quotas", IAM User Guide). The
/// domain occurs twice, and can be longer than that of the test.
const MAX_POLICY_LENGTH: usize = 6144 - 2 * 253;

#[test]
fn each_policy_fits_into_a_managed_policy() {
    for document in policy::documents() {
        assert_eq!(document["Version"], "2012-10-17");
        let length = document.to_string().len();
        assert!(length <= MAX_POLICY_LENGTH, "{length}");
    }
}
