//! The resources of the template exist with the right properties: tables, functions, gateways, alarms and logs.

use api::local::dynamodb_engine::Engine;
use api::store::Store;
use serde_json::{Value, json};

use crate::cloud::{SITE, TEMPLATE, aws, output, physical_id, stack_name};

/// Returns the elements of a list as sorted JSON texts.
fn sorted(list: &Value) -> Vec<String> {
    let mut list: Vec<String> = list.as_array().unwrap().iter().map(Value::to_string).collect();
    list.sort();
    list
}

#[test]
fn every_resource_of_the_template_is_created() {
    let resources = aws(&["cloudformation", "list-stack-resources", "--stack-name", &stack_name()]);
    let resources = resources["StackResourceSummaries"].as_array().unwrap();
    let is_complete = |resource: &Value| resource["ResourceStatus"].as_str().unwrap().ends_with("_COMPLETE");
    assert!(resources.iter().all(is_complete));
    let template = TEMPLATE.split_once("\nResources:\n").unwrap().1.split_once("\nOutputs:\n").unwrap().0;
    let is_name =
        |line: &&str| line.starts_with("  ") && line.ends_with(':') && !line[2..].starts_with([' ', '#']);
    let mut names: Vec<&str> =
        template.lines().filter(is_name).map(|line| line.trim_matches([' ', ':'])).collect();
    assert!(names.len() > 60);
    // The emulator does not know budgets.
    names.retain(|name| *name != "Budget");
    for name in &names {
        let has_name = |resource: &Value| match *name {
            // Its name ends with a hash of its content.
            "RestDeployment" => resource["LogicalResourceId"].as_str().unwrap().starts_with(name),
            name => resource["LogicalResourceId"] == name,
        };
        assert!(resources.iter().any(has_name), "{name}");
    }
    assert_eq!(resources.len(), names.len());
}

#[tokio::test]
async fn the_tables_have_the_keys_and_indexes_of_the_store() {
    let engine = Engine::in_memory().unwrap();
    Store::new(engine.clone().client(), "wishboard", 1).create_tables().await.unwrap();
    for name in ["wishboard", "wishboard-keys"] {
        let request = json!({"TableName": name}).to_string();
        let (_, expected) = engine.handle("DynamoDB_20120810.DescribeTable", request.as_bytes());
        let expected = serde_json::from_str::<Value>(&expected).unwrap()["Table"].clone();
        let table = aws(&["dynamodb", "describe-table", "--table-name", name, "--query", "Table"]);
        assert_eq!(table["KeySchema"], expected["KeySchema"]);
        assert_eq!(sorted(&table["AttributeDefinitions"]), sorted(&expected["AttributeDefinitions"]));
        let indexes = |table: &Value| {
            let indexes = table["GlobalSecondaryIndexes"].as_array().cloned().unwrap_or_default();
            let index = |index: &Value| json!([index["IndexName"], index["KeySchema"], index["Projection"]]);
            sorted(&indexes.iter().map(index).collect())
        };
        assert_eq!(indexes(&table), indexes(&expected));
        assert_eq!(table["BillingModeSummary"]["BillingMode"], "PAY_PER_REQUEST");
        assert_eq!(table["DeletionProtectionEnabled"], true);
    }
    // The emulator ignores these properties of a table ("AWS::DynamoDB::Table", AWS CloudFormation Template Reference).
    for (property, tables) in [
        ("TimeToLiveSpecification: {AttributeName: expires, Enabled: true}", 1),
        ("PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}", 2),
        ("SSESpecification: {SSEEnabled: true}", 2),
        ("DeletionPolicy: RetainExceptOnCreate", 2),
        ("UpdateReplacePolicy: Retain", 2),
    ] {
        assert_eq!(TEMPLATE.matches(property).count(), tables, "{property}");
    }
}

#[test]
fn the_functions_have_the_right_runtime_and_environment() {
    for (function, memory) in [("ApiFunction", 1024), ("AuthorizerFunction", 256)] {
        let name = physical_id(function);
        let settings = aws(&["lambda", "get-function-configuration", "--function-name", &name]);
        assert_eq!(
            (&settings["Runtime"], &settings["Handler"]),
            (&json!("provided.al2023"), &json!("bootstrap"))
        );
        assert_eq!(
            (&settings["Architectures"], &settings["MemorySize"]),
            (&json!(["arm64"]), &json!(memory))
        );
        assert_eq!(settings["LoggingConfig"]["LogGroup"], format!("/aws/lambda/{name}"));
        let variables = &settings["Environment"]["Variables"];
        assert_eq!(
            (&variables["WISHBOARD_TABLE"], &variables["WISHBOARD_ORIGINS"]),
            (&json!("wishboard"), &json!(SITE))
        );
        assert_eq!(variables["WISHBOARD_ISSUER"], output("Issuer"));
        assert_eq!(variables["WISHBOARD_TRUSTED_ISSUER"], "");
        let has_secret = variables["WISHBOARD_EDGE_SECRET"].as_str().is_some_and(|secret| secret.len() == 48);
        assert_eq!(has_secret, function == "ApiFunction");
    }
}

#[test]
fn the_gateways_are_throttled_and_log_no_personal_data() {
    let api = output("HttpApiId");
    let stage = aws(&["apigatewayv2", "get-stage", "--api-id", &api, "--stage-name", "$default"]);
    assert_eq!(stage["AutoDeploy"], true);
    // The emulator ignores these settings ("Throttle requests to your HTTP APIs", Amazon API Gateway Developer Guide).
    assert!(TEMPLATE.contains("DefaultRouteSettings: {ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400}"));
    let log = stage["AccessLogSettings"]["Format"].as_str().unwrap();
    let fields = serde_json::from_str::<Value>(log).unwrap();
    assert_eq!(fields["route"], "$context.routeKey");
    // These variables can contain quotes, or are missing quotes.
    assert!(!log.contains("$context.error.message"), "{log}");
    for personal in ["sourceIp", "path", "userAgent", "claims.sub", "caller", "identity"] {
        assert!(!log.contains(personal), "{log}");
    }
    let authorizer = aws(&["apigatewayv2", "get-authorizers", "--api-id", &api, "--query", "Items[0]"]);
    assert_eq!(
        authorizer["JwtConfiguration"],
        json!({"Audience": ["wishboard"], "Issuer": output("Issuer")})
    );
    assert_eq!(authorizer["IdentitySource"], json!(["$request.header.Authorization"]));

    let api = output("RestApiId");
    let authorizer = aws(&["apigateway", "get-authorizers", "--rest-api-id", &api, "--query", "items[0]"]);
    assert_eq!(
        (&authorizer["type"], &authorizer["authorizerResultTtlInSeconds"]),
        (&json!("TOKEN"), &json!(60))
    );
    let stage = aws(&["apigateway", "get-stage", "--rest-api-id", &api, "--stage-name", "prod"]);
    assert_eq!(stage["methodSettings"]["*/*"]["throttlingRateLimit"], 200.0, "{stage}");
}

#[test]
fn alarms_send_mail_and_logs_are_kept_for_30_days() {
    let alarms = aws(&["cloudwatch", "describe-alarms", "--query", "MetricAlarms"]);
    let topic = physical_id("AlarmTopic");
    let alarms: Vec<(&Value, &Value)> = alarms
        .as_array()
        .unwrap()
        .iter()
        .filter(|alarm| alarm["AlarmName"].as_str().unwrap().starts_with(&format!("{}-", stack_name())))
        .inspect(|alarm| assert_eq!(alarm["AlarmActions"], json!([topic])))
        .map(|alarm| (&alarm["Namespace"], &alarm["MetricName"]))
        .collect();
    for (namespace, metric) in [
        ("AWS/ApiGateway", "5xx"),
        ("AWS/ApiGateway", "5XXError"),
        ("AWS/Lambda", "Throttles"),
        ("AWS/Lambda", "Duration"),
        ("wishboard", "Refused"),
    ] {
        assert!(alarms.contains(&(&json!(namespace), &json!(metric))), "{metric}");
    }
    assert_eq!(alarms.len(), 5);
    let mail = aws(&[
        "sns",
        "list-subscriptions-by-topic",
        "--topic-arn",
        &topic,
        "--query",
        "Subscriptions[0].Endpoint",
    ]);
    assert_eq!(mail, "alarms@wishboard.example");
    let logs = aws(&["logs", "describe-log-groups", "--query", "logGroups"]);
    for name in ["ApiLog", "AuthorizerLog", "HttpLog"] {
        let name = physical_id(name);
        let log = logs.as_array().unwrap().iter().find(|log| log["logGroupName"] == name).expect(&name);
        assert_eq!(log["retentionInDays"], 30);
    }
}
