//! Stacks of the template with other parameters: without authorizers, and with an external identity provider.

use std::process::Command;

use api::routes::protected_routes;
use serde_json::{Value, json};

use crate::cloud::{aws, parameter};
use crate::routes::{Routes, routes_of_http_api, routes_of_router};

/// Returns the arguments of the AWS CLI that create another stack from the same template.
fn create_arguments(name: &str, parameters: &[&str]) -> Vec<String> {
    let code =
        ["CodeBucket", "ApiCodeKey", "AuthorizerCodeKey"].map(|name| format!("{name}={}", parameter(name)));
    let table = format!("Table={name}");
    let pairs = code.iter().map(String::as_str).chain(parameters.iter().copied()).chain([table.as_str()]);
    let parameters = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap();
        json!({"ParameterKey": name, "ParameterValue": value})
    });
    let parameters = Value::from_iter(parameters).to_string();
    let bucket = parameter("CodeBucket");
    let list = ["s3api", "list-objects-v2", "--bucket", &bucket, "--prefix", "template-"];
    let key = aws(&[&list[..], &["--query", "Contents[0].Key"]].concat());
    let template = format!("https://s3.us-east-1.amazonaws.com/{bucket}/{}", key.as_str().unwrap());
    let create = ["cloudformation", "create-stack", "--stack-name", name, "--template-url", &template];
    let options = ["--capabilities", "CAPABILITY_NAMED_IAM", "--parameters", &parameters];
    create.into_iter().chain(options).map(str::to_owned).collect()
}

/// Creates another stack and returns the id of its HTTP API.
pub fn create_http_api(name: &str, parameters: &[&str]) -> String {
    let arguments = create_arguments(name, parameters);
    aws(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    aws(&["cloudformation", "wait", "stack-create-complete", "--stack-name", name]);
    let query = "Stacks[0].Outputs[?OutputKey=='HttpApiId'].OutputValue | [0]";
    let api = aws(&["cloudformation", "describe-stacks", "--stack-name", name, "--query", query]);
    api.as_str().unwrap().to_owned()
}

#[test]
fn without_authorizers_there_are_no_protected_routes() {
    let api = create_http_api("first-pass", &["RestApi=yes"]);
    let public: Routes = routes_of_router().into_iter().filter(|(_, is_protected)| !is_protected).collect();
    assert_eq!(routes_of_http_api(&api), public);
    let table = aws(&["dynamodb", "describe-table", "--table-name", "first-pass", "--query", "Table"]);
    assert_eq!(
        table["DeletionProtectionEnabled"], false,
        "CloudFormation can roll back a first pass that fails"
    );
}

#[test]
fn an_external_identity_provider_can_be_the_issuer_of_the_jwt_authorizer() {
    let issuer = "TrustedIssuer=https://issuer.example/";
    let refused = create_arguments("without-audience", &["Guard=yes", issuer]);
    let refused = Command::new("aws").args(refused).output().unwrap();
    let refused = String::from_utf8(refused.stderr).unwrap();
    assert!(refused.contains("A TrustedIssuer needs a TrustedAudience"), "{refused}");

    let parameters =
        ["Guard=yes", issuer, "TrustedAudience=theirs", "GatewayIssuer=trusted", "KeptTables=yes"];
    let api = create_http_api("external", &parameters);
    let authorizer = aws(&["apigatewayv2", "get-authorizers", "--api-id", &api, "--query", "Items[0]"]);
    let expected = json!({"Audience": ["theirs"], "Issuer": "https://issuer.example/"});
    assert_eq!(authorizer["JwtConfiguration"], expected);
    let routes = aws(&["apigatewayv2", "get-routes", "--api-id", &api, "--query", "Items"]);
    let protected: Vec<&Value> =
        routes.as_array().unwrap().iter().filter(|route| route["AuthorizationType"] == "JWT").collect();
    assert_eq!(protected.len(), protected_routes().count());
    for route in protected {
        let scopes = route["AuthorizationScopes"].as_array();
        assert!(scopes.is_none_or(Vec::is_empty), "the provider has other scopes: {route}");
    }
    let tables = aws(&["dynamodb", "list-tables", "--query", "TableNames"]);
    assert!(!tables.as_array().unwrap().contains(&json!("external")), "KeptTables creates no tables");
}
