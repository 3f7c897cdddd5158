//! Both gateways have the routes of the router, with the same protection.

use std::collections::BTreeMap;

use api::routes::PROTECTED_ROUTES;
use serde_json::{Value, json};

use crate::cloud::{aws, output};

/// The routes, such as `GET /api/me`, and whether each needs a login.
pub type Routes = BTreeMap<String, bool>;

/// Reads the routes of the router from its source, because axum does not list them. Each call of `route` must be on its
/// own line: `.route("/path", get(..).post(..))`. Skips routes with `any`, which handle unknown paths.
pub fn routes_of_router() -> Routes {
    let source = include_str!("../../src/routes.rs");
    let mut routes = Routes::new();
    for line in source.lines().filter_map(|line| line.trim().strip_prefix(".route(\"")) {
        let (path, handlers) = line.split_once('"').unwrap();
        if handlers.contains(" any(") {
            continue;
        }
        let count = routes.len();
        for method in ["get", "post", "put", "patch", "delete"] {
            let call = format!("{method}(");
            if handlers.contains(&format!(" {call}")) || handlers.contains(&format!(".{call}")) {
                let method = method.to_uppercase();
                let is_protected = PROTECTED_ROUTES.contains(&(method.as_str(), path));
                routes.insert(format!("{method} {path}"), is_protected);
            }
        }
        assert!(routes.len() > count, "no method in {line}");
    }
    assert_eq!(source.matches(".route(").count(), source.matches(".route(\"").count(), "unread routes");
    routes
}

/// Returns the routes of an HTTP API.
pub fn routes_of_http_api(api: &str) -> Routes {
    let routes = aws(&["apigatewayv2", "get-routes", "--api-id", api]);
    let is_protected = |route: &Value| {
        let has_authorizer = route["AuthorizationType"] == "JWT";
        if has_authorizer {
            assert_eq!(route["AuthorizationScopes"], json!(["wishboard"]), "{route}");
        }
        has_authorizer
    };
    let routes = routes["Items"].as_array().unwrap().iter();
    routes.map(|route| (route["RouteKey"].as_str().unwrap().to_owned(), is_protected(route))).collect()
}

#[test]
fn the_http_api_has_the_routes_of_the_router() {
    assert_eq!(routes_of_http_api(&output("HttpApiId")), routes_of_router());
}

#[test]
fn the_rest_api_has_the_routes_of_the_router() {
    let api = output("RestApiId");
    let mut routes = Routes::new();
    let resources = aws(&["apigateway", "get-resources", "--rest-api-id", &api, "--embed", "methods"]);
    for resource in resources["items"].as_array().unwrap() {
        for (method, settings) in resource["resourceMethods"].as_object().into_iter().flatten() {
            let route = format!("{method} {}", resource["path"].as_str().unwrap());
            routes.insert(route, settings["authorizationType"] == "CUSTOM");
        }
    }
    assert_eq!(routes.remove("OPTIONS /{proxy+}"), Some(false), "the API answers preflights");
    assert_eq!(routes, routes_of_router());
}
