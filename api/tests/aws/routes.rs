//! The template has the router's routes, and guards those that the router guards.

use std::collections::BTreeMap;
use std::process::Command;

use api::routes::PROTECTED;
use serde_json::{Value, json};

use crate::cloud::{aws, output, parameter};

/// What guards a route; nothing does where it is empty.
type Routes = BTreeMap<String, String>;

/// The source, since a router can't be asked: `.route("/path", get(..).post(..))`, each on its line. (`any` is the
/// answer where there is nothing, which a gateway gives by itself.)
fn of_the_router() -> Routes {
    let source = include_str!("../../src/routes.rs");
    let mut routes = Routes::new();
    for line in source.lines().filter_map(|line| line.trim().strip_prefix(".route(\"")) {
        let (path, handlers) = line.split_once('"').unwrap();
        if handlers.contains(" any(") {
            continue;
        }
        let before = routes.len();
        for method in ["get", "post", "put", "patch", "delete"] {
            let called = format!("{method}(");
            if handlers.contains(&format!(" {called}")) || handlers.contains(&format!(".{called}")) {
                let method = method.to_uppercase();
                let guarded = PROTECTED.contains(&(method.as_str(), path));
                routes.insert(format!("{method} {path}"), if guarded { "guarded" } else { "" }.to_owned());
            }
        }
        assert!(routes.len() > before, "{line}");
    }
    assert_eq!(source.matches(".route(").count(), source.matches(".route(\"").count(), "all were read");
    routes
}

fn of_the_http_api(api: &str) -> Routes {
    let routes = aws(&["apigatewayv2", "get-routes", "--api-id", api]);
    let guard = |route: &Value| match route["AuthorizationType"].as_str() {
        Some("JWT") => {
            assert_eq!(route["AuthorizationScopes"], json!(["wishboard"]), "{route}");
            "guarded"
        }
        _ => "",
    };
    let routes = routes["Items"].as_array().unwrap().iter();
    routes.map(|route| (route["RouteKey"].as_str().unwrap().to_owned(), guard(route).to_owned())).collect()
}

#[test]
fn the_http_api_has_the_routers_routes_with_the_same_protection() {
    assert_eq!(of_the_http_api(&output("HttpApiId")), of_the_router());
}

#[test]
fn the_rest_api_has_them_too() {
    let api = output("RestApiId");
    let mut routes = Routes::new();
    let resources = aws(&["apigateway", "get-resources", "--rest-api-id", &api, "--embed", "methods"]);
    for resource in resources["items"].as_array().unwrap() {
        for (method, how) in resource["resourceMethods"].as_object().into_iter().flatten() {
            let guard = match how["authorizationType"].as_str() {
                Some("CUSTOM") => "guarded",
                _ => "",
            };
            routes.insert(format!("{method} {}", resource["path"].as_str().unwrap()), guard.to_owned());
        }
    }
    // Preflights, which the API answers.
    assert_eq!(routes.remove("OPTIONS /{proxy+}").as_deref(), Some(""));
    assert_eq!(routes, of_the_router());
}

/// The command that makes another stack of the same template.
fn create(name: &str, parameters: &[&str]) -> Vec<String> {
    let code =
        ["CodeBucket", "ApiCodeKey", "AuthorizerCodeKey"].map(|name| format!("{name}={}", parameter(name)));
    let table = format!("Table={name}");
    let parameters =
        code.iter().map(String::as_str).chain(parameters.iter().copied()).chain([table.as_str()]).map(
            |pair| {
                let (name, value) = pair.split_once('=').unwrap();
                json!({"ParameterKey": name, "ParameterValue": value})
            },
        );
    let parameters = Value::from_iter(parameters).to_string();
    let bucket = parameter("CodeBucket");
    let list = ["s3api", "list-objects-v2", "--bucket", &bucket, "--prefix", "template-"];
    let key = aws(&[&list[..], &["--query", "Contents[0].Key"]].concat());
    let template = format!("https://s3.us-east-1.amazonaws.com/{bucket}/{}", key.as_str().unwrap());
    let create = ["cloudformation", "create-stack", "--stack-name", name, "--template-url", &template];
    let options = ["--capabilities", "CAPABILITY_IAM", "--parameters", &parameters];
    create.into_iter().chain(options).map(str::to_owned).collect()
}

/// Makes another stack and says which HTTP API it has.
fn http_api_of(name: &str, parameters: &[&str]) -> String {
    let create = create(name, parameters);
    aws(&create.iter().map(String::as_str).collect::<Vec<_>>());
    aws(&["cloudformation", "wait", "stack-create-complete", "--stack-name", name]);
    let query = "Stacks[0].Outputs[?OutputKey=='HttpApiId'].OutputValue | [0]";
    let api = aws(&["cloudformation", "describe-stacks", "--stack-name", name, "--query", query]);
    api.as_str().unwrap().to_owned()
}

#[test]
fn before_the_authorizers_are_there_guarded_routes_are_not() {
    let api = http_api_of("first-pass", &["RestApi=yes"]);
    let open: Routes = of_the_router().into_iter().filter(|(_, guard)| guard.is_empty()).collect();
    assert_eq!(of_the_http_api(&api), open);
    let table = aws(&["dynamodb", "describe-table", "--table-name", "first-pass", "--query", "Table"]);
    assert_eq!(table["DeletionProtectionEnabled"], false, "a first pass that fails can be rolled back");
}

#[test]
fn an_outside_issuer_can_be_the_jwt_authorizers() {
    let issuer = "TrustedIssuer=https://issuer.example/";
    let refused = create("half", &["Guard=yes", issuer]);
    let refused = Command::new("aws").args(refused).output().unwrap();
    let refused = String::from_utf8(refused.stderr).unwrap();
    assert!(refused.contains("A TrustedIssuer needs a TrustedAudience"), "{refused}");

    let whole = ["Guard=yes", issuer, "TrustedAudience=theirs", "GatewayIssuer=trusted", "KeptTables=yes"];
    let api = http_api_of("outside", &whole);
    let authorizer = aws(&["apigatewayv2", "get-authorizers", "--api-id", &api, "--query", "Items[0]"]);
    let expected = json!({"Audience": ["theirs"], "Issuer": "https://issuer.example/"});
    assert_eq!(authorizer["JwtConfiguration"], expected);
    let routes = aws(&["apigatewayv2", "get-routes", "--api-id", &api, "--query", "Items"]);
    let guarded: Vec<&Value> =
        routes.as_array().unwrap().iter().filter(|route| route["AuthorizationType"] == "JWT").collect();
    assert_eq!(guarded.len(), PROTECTED.len());
    for route in guarded {
        let scopes = route["AuthorizationScopes"].as_array();
        assert!(scopes.is_none_or(Vec::is_empty), "no scope of ours: {route}");
    }
    let tables = aws(&["dynamodb", "list-tables", "--query", "TableNames"]);
    assert!(!tables.as_array().unwrap().contains(&json!("outside")), "kept ones are used as they are");
}
