//! The template has the router's routes, and guards those that the router guards.

use std::collections::BTreeMap;

use api::router::PROTECTED;
use serde_json::{Value, json};

use crate::cloud::{aws, output, stack};

/// What guards a route; nothing does where it is empty.
type Routes = BTreeMap<String, String>;

/// The source, since a router can't be asked: `.route("/path", get(..).post(..))`, each on its line. (`any` is the
/// answer where there is nothing, which a gateway gives by itself.)
fn of_the_router() -> Routes {
    let source = include_str!("../../src/router.rs");
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

#[test]
fn before_the_authorizers_are_there_guarded_routes_are_not() {
    let code = ["CodeBucket=wishboard-code", "ApiCodeKey=lambda.zip", "AuthorizerCodeKey=authorizer.zip"];
    let parameters = code.into_iter().chain(["Table=first-pass", "RestApi=yes"]).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap();
        json!({"ParameterKey": name, "ParameterValue": value})
    });
    let parameters = Value::from(parameters.collect::<Vec<_>>()).to_string();
    let template = format!("https://s3.us-east-1.amazonaws.com/wishboard-code/{}.yaml", stack());
    let name = "first-pass";
    let create = ["cloudformation", "create-stack", "--stack-name", name, "--template-url", &template];
    aws(&[&create[..], &["--capabilities", "CAPABILITY_IAM", "--parameters", &parameters]].concat());
    aws(&["cloudformation", "wait", "stack-create-complete", "--stack-name", name]);
    let query = "Stacks[0].Outputs[?OutputKey=='HttpApiId'].OutputValue | [0]";
    let api = aws(&["cloudformation", "describe-stacks", "--stack-name", name, "--query", query]);

    let open: Routes = of_the_router().into_iter().filter(|(_, guard)| guard.is_empty()).collect();
    assert_eq!(of_the_http_api(api.as_str().unwrap()), open);
    let table = aws(&["dynamodb", "describe-table", "--table-name", name, "--query", "Table"]);
    assert_eq!(table["DeletionProtectionEnabled"], false, "a first pass that fails can be rolled back");
}
