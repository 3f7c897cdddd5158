//! Tests of deploy/deployer.json, the policy of a user who deploys. It allows everything that the template needs, and
//! limits permissions to resources by name where AWS supports that.

#![allow(clippy::unwrap_used, reason = "a failing unwrap fails the test")]

use std::collections::BTreeSet;

use serde_json::Value;

const TEMPLATE: &str = include_str!("../../deploy/template.yaml");
const POLICY: &str = include_str!("../../deploy/deployer.json");

/// The actions that create and delete each type of resource ("Actions, resources, and condition keys", Service
/// Authorization Reference).
const ACTIONS_BY_TYPE: [(&str, &[&str]); 28] = [
    ("AWS::ApiGateway::Deployment", GATEWAY_ACTIONS),
    ("AWS::ApiGateway::GatewayResponse", &["apigateway:PUT", "apigateway:DELETE"]),
    ("AWS::ApiGateway::RestApi", GATEWAY_ACTIONS),
    ("AWS::ApiGateway::Stage", GATEWAY_ACTIONS),
    ("AWS::ApiGatewayV2::Api", GATEWAY_ACTIONS),
    ("AWS::ApiGatewayV2::Authorizer", GATEWAY_ACTIONS),
    ("AWS::ApiGatewayV2::Integration", GATEWAY_ACTIONS),
    ("AWS::ApiGatewayV2::Route", GATEWAY_ACTIONS),
    ("AWS::ApiGatewayV2::Stage", &["apigateway:POST", "apigateway:DELETE", "logs:CreateLogDelivery"]),
    ("AWS::Budgets::Budget", &["budgets:ModifyBudget", "budgets:ViewBudget", "billing:GetBillingViewData"]),
    ("AWS::CertificateManager::Certificate", &["acm:RequestCertificate", "acm:DeleteCertificate"]),
    ("AWS::CloudFront::CachePolicy", &["cloudfront:CreateCachePolicy", "cloudfront:Delete*"]),
    ("AWS::CloudFront::Distribution", &["cloudfront:CreateDistribution", "cloudfront:Delete*"]),
    (
        "AWS::CloudFront::Function",
        &["cloudfront:CreateFunction", "cloudfront:PublishFunction", "cloudfront:Delete*"],
    ),
    ("AWS::CloudFront::OriginAccessControl", &["cloudfront:CreateOriginAccessControl", "cloudfront:Delete*"]),
    (
        "AWS::CloudFront::ResponseHeadersPolicy",
        &["cloudfront:CreateResponseHeadersPolicy", "cloudfront:Delete*"],
    ),
    ("AWS::CloudWatch::Alarm", &["cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms"]),
    (
        "AWS::DynamoDB::Table",
        &[
            "dynamodb:CreateTable",
            "dynamodb:DeleteResourcePolicy",
            "dynamodb:DeleteTable",
            "dynamodb:PutResourcePolicy",
            "dynamodb:UpdateContinuousBackups",
        ],
    ),
    ("AWS::IAM::Role", &["iam:CreateRole", "iam:PutRolePolicy", "iam:PassRole", "iam:DeleteRole"]),
    (
        "AWS::Lambda::Function",
        &["lambda:CreateFunction", "lambda:UpdateFunctionCode", "lambda:DeleteFunction"],
    ),
    ("AWS::Lambda::Permission", &["lambda:AddPermission", "lambda:RemovePermission"]),
    ("AWS::Logs::LogGroup", &["logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:DeleteLogGroup"]),
    ("AWS::Logs::MetricFilter", &["logs:PutMetricFilter", "logs:DeleteMetricFilter"]),
    ("AWS::Route53::RecordSet", &["route53:ChangeResourceRecordSets", "route53:GetChange"]),
    ("AWS::S3::Bucket", &["s3:CreateBucket", "s3:PutBucketPublicAccessBlock", "s3:DeleteBucket"]),
    ("AWS::S3::BucketPolicy", &["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"]),
    ("AWS::SNS::Topic", &["sns:CreateTopic", "sns:Subscribe", "sns:Unsubscribe", "sns:DeleteTopic"]),
    (
        "AWS::SecretsManager::Secret",
        &["secretsmanager:CreateSecret", "secretsmanager:GetSecretValue", "secretsmanager:DeleteSecret"],
    ),
];
const GATEWAY_ACTIONS: &[&str] = &["apigateway:POST", "apigateway:DELETE"];

/// Actions that a policy can grant only for all resources. According to the same reference, they have no resource type,
/// or a resource type whose ARN contains no name that we choose.
const ACTIONS_FOR_ALL_RESOURCES: [&str; 6] = [
    "cloudformation:DescribeStacks",
    "cloudwatch:DescribeAlarms",
    "logs:CreateLogDelivery",
    "logs:DescribeLogGroups",
    "sns:GetSubscriptionAttributes",
    "sns:Unsubscribe",
];

fn statements() -> Vec<Value> {
    let policy: Value = serde_json::from_str(POLICY).unwrap();
    assert_eq!(policy["Version"], "2012-10-17");
    policy["Statement"].as_array().unwrap().clone()
}

/// Returns the strings of a JSON value that is a string or a list.
fn strings(value: &Value) -> Vec<String> {
    let list = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    list.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_resource_type_of_the_template_can_be_created_and_deleted() {
    let granted: BTreeSet<String> =
        statements().iter().flat_map(|statement| strings(&statement["Action"])).collect();
    let types: BTreeSet<&str> =
        TEMPLATE.lines().filter_map(|line| line.strip_prefix("    Type: AWS::")).collect();
    assert!(!types.is_empty());
    for resource_type in types {
        let name = format!("AWS::{resource_type}");
        let known = ACTIONS_BY_TYPE.iter().find(|(known, _)| *known == name);
        let (_, actions) = known.unwrap_or_else(|| panic!("add the actions for {name} to ACTIONS_BY_TYPE"));
        for action in *actions {
            assert!(granted.contains(*action), "{action}, for {name}");
        }
    }
}

#[test]
fn actions_without_a_resource_name_are_granted_for_all_resources() {
    let statement = statements().into_iter().find(|statement| statement["Resource"] == "*").unwrap();
    let granted = strings(&statement["Action"]);
    for action in ACTIONS_FOR_ALL_RESOURCES {
        assert!(granted.iter().any(|granted| granted == action), "{action}");
    }
}

#[test]
fn permissions_are_limited_to_resources_with_our_names_where_possible() {
    for statement in statements() {
        assert_eq!(statement["Effect"], "Allow");
        let (sid, actions) = (statement["Sid"].as_str().unwrap(), strings(&statement["Action"]));
        assert!(actions.iter().all(|action| action.contains(':') && !action.ends_with(":*")), "{sid}");
        let is_named =
            |resource: &String| ["wishboard", "EdgeSecret-"].iter().any(|name| resource.contains(name));
        let are_named = strings(&statement["Resource"]).iter().all(is_named);
        let may_be_unnamed =
            ["UnnamedResources", "Budget", "Gateways", "GatewayServiceRole", "CustomDomain"].contains(&sid);
        assert!(are_named || may_be_unnamed, "{sid}");
    }
    let pass = statements().into_iter().find(|statement| statement["Action"] == "iam:PassRole").unwrap();
    assert_eq!(pass["Condition"]["StringEquals"]["iam:PassedToService"], "lambda.amazonaws.com");
    let service =
        statements().into_iter().find(|statement| statement["Sid"] == "GatewayServiceRole").unwrap();
    assert_eq!(service["Action"], "iam:CreateServiceLinkedRole");
    assert_eq!(service["Condition"]["StringEquals"]["iam:AWSServiceName"], "ops.apigateway.amazonaws.com");
}

/// "IAM and AWS STS quotas", IAM User Guide: 6,144 characters, white space not counted.
#[test]
fn the_policy_fits_into_a_managed_policy() {
    let policy: Value = serde_json::from_str(POLICY).unwrap();
    assert!(policy.to_string().len() <= 6144);
}
