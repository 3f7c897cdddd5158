//! deploy/deployer.json, the rights of whoever deploys: enough for everything in the template, and no more than is
//! spelled out.

#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::collections::BTreeSet;

use serde_json::Value;

const TEMPLATE: &str = include_str!("../../deploy/template.yaml");
const POLICY: &str = include_str!("../../deploy/deployer.json");

/// Each kind of resource, and what makes and removes it ("Actions, resources, and condition keys", Service Authorization
/// Reference).
const KINDS: [(&str, &[&str]); 27] = [
    ("AWS::ApiGateway::Deployment", GATEWAY),
    ("AWS::ApiGateway::GatewayResponse", &["apigateway:PUT", "apigateway:DELETE"]),
    ("AWS::ApiGateway::RestApi", GATEWAY),
    ("AWS::ApiGateway::Stage", GATEWAY),
    ("AWS::ApiGatewayV2::Api", GATEWAY),
    ("AWS::ApiGatewayV2::Authorizer", GATEWAY),
    ("AWS::ApiGatewayV2::Integration", GATEWAY),
    ("AWS::ApiGatewayV2::Route", GATEWAY),
    ("AWS::ApiGatewayV2::Stage", &["apigateway:POST", "apigateway:DELETE", "logs:CreateLogDelivery"]),
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
        &["dynamodb:CreateTable", "dynamodb:UpdateContinuousBackups", "dynamodb:DeleteTable"],
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
const GATEWAY: &[&str] = &["apigateway:POST", "apigateway:DELETE"];

/// What AWS grants for everything or not at all: in the same reference, these have no type of resource, or one that no
/// name of ours is in.
const FOR_EVERYTHING: [&str; 6] = [
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

/// One text, or a list of them.
fn texts(value: &Value) -> Vec<String> {
    let list = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    list.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_kind_of_resource_can_be_made_and_removed() {
    let granted: BTreeSet<String> =
        statements().iter().flat_map(|statement| texts(&statement["Action"])).collect();
    let kinds: BTreeSet<&str> =
        TEMPLATE.lines().filter_map(|line| line.strip_prefix("    Type: AWS::")).collect();
    assert!(!kinds.is_empty());
    for kind in kinds {
        let name = format!("AWS::{kind}");
        let known = KINDS.iter().find(|(known, _)| *known == name);
        let (_, actions) = known.unwrap_or_else(|| panic!("what may make {name}?"));
        for action in *actions {
            assert!(granted.contains(*action), "{action}, for {name}");
        }
    }
}

#[test]
fn what_has_no_name_of_ours_is_granted_for_everything() {
    let whole = statements().into_iter().find(|statement| statement["Resource"] == "*").unwrap();
    let granted = texts(&whole["Action"]);
    for action in FOR_EVERYTHING {
        assert!(granted.iter().any(|granted| granted == action), "{action}");
    }
}

#[test]
fn rights_are_for_what_is_ours_by_name_wherever_names_are_ours() {
    for statement in statements() {
        assert_eq!(statement["Effect"], "Allow");
        let (sid, actions) = (statement["Sid"].as_str().unwrap(), texts(&statement["Action"]));
        assert!(actions.iter().all(|action| action.contains(':') && !action.ends_with(":*")), "{sid}");
        let is_named =
            |resource: &String| ["wishboard", "EdgeSecret-"].iter().any(|name| resource.contains(name));
        let are_named = texts(&statement["Resource"]).iter().all(is_named);
        let may_be_any = ["WhatHasNoNameOfOurs", "Gateways", "GatewaysOwnRole", "OwnDomain"].contains(&sid);
        assert!(are_named || may_be_any, "{sid}");
    }
    let pass = statements().into_iter().find(|statement| statement["Action"] == "iam:PassRole").unwrap();
    assert_eq!(pass["Condition"]["StringEquals"]["iam:PassedToService"], "lambda.amazonaws.com");
    let own = statements().into_iter().find(|statement| statement["Sid"] == "GatewaysOwnRole").unwrap();
    assert_eq!(own["Action"], "iam:CreateServiceLinkedRole");
    assert_eq!(own["Condition"]["StringEquals"]["iam:AWSServiceName"], "ops.apigateway.amazonaws.com");
}

/// "IAM and AWS STS quotas", IAM User Guide: 6,144 characters, white space not counted.
#[test]
fn it_fits_into_a_managed_policy() {
    let policy: Value = serde_json::from_str(POLICY).unwrap();
    assert!(policy.to_string().len() <= 6144);
}
