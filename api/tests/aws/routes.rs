//! Both gateways have the routes of the router, with the same protection.

use std::collections::BTreeMap;

use api::routes::{Access, ROUTES, Route};
use serde_json::{Value, json};

use crate::cloud::{aws, output};

/// The routes, such as `GET /api/me`, and whether each needs a login.
pub type Routes = BTreeMap<String, bool>;

/// Returns the routes of the router.
pub fn routes_of_router() -> Routes {
    let is_protected = |route: &Route| route.access == Access::Caller;
    ROUTES.iter().map(|route| (format!("{} {}", route.method, route.path), is_protected(route))).collect()
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
