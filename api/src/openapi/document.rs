//! The OpenAPI document: describes all routes, from the table of routes and the types of their handlers.

use serde_json::{Map, Value, json};

use super::links;
use crate::auth::session::SESSION_COOKIE;
use crate::routes::route::{Access, Route};
use crate::routes::route_handler::RouteHandler;
use crate::web::operation::{Operation, Schemas};

/// Returns the OpenAPI document of these routes.
pub fn document(routes: impl Iterator<Item = (&'static Route, RouteHandler)>) -> Value {
    let mut schemas = Schemas::default();
    let mut paths = Map::new();
    for (route, handler) in routes {
        let mut operation = Operation::new(route.path, &mut schemas);
        (handler.describe)(&mut operation);
        operation.problems(route.problems.iter().copied());
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        let mut members = describe_route(route, operation);
        links::add(&mut members);
        path[route.method.to_ascii_lowercase()] = Value::Object(members);
    }
    json!({
        "openapi": "3.1.1",
        "info": {
            "title": "Wishboard",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Accounts, a message board and wish lists.",
            "description": include_str!("introduction.md"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "The site that serves this document." }],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "access_token": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                    "description": "The access token, from sign-up, login or `POST /api/token`." },
                "session_cookie": { "type": "apiKey", "in": "cookie", "name": SESSION_COOKIE.name,
                    "description": "The session, from sign-up or login." },
            },
            "schemas": schemas.into_components(),
        },
    })
}

fn describe_route(route: &Route, operation: Operation<'_>) -> Map<String, Value> {
    let security = match route.access {
        Access::Public => json!([]),
        Access::Cookie => json!([{ "session_cookie": [] }]),
        // The empty requirement makes the others optional (OpenAPI 3.1, section 4.8.10).
        Access::OptionalCookie => json!([{ "session_cookie": [] }, {}]),
        Access::Caller => json!([{ "access_token": [] }]),
    };
    let mut members = Map::new();
    members.insert("operationId".to_owned(), operation_id(route).into());
    members.insert("summary".to_owned(), route.summary.into());
    members.insert("tags".to_owned(), json!([tag(route)]));
    members.insert("security".to_owned(), security);
    members.extend(operation.into_members());
    members
}

/// Returns the id of an operation, for example `patch_messages_id`.
fn operation_id(route: &Route) -> String {
    let path = route.path.strip_prefix("/api").unwrap_or(route.path);
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    [route.method.to_ascii_lowercase().as_str()].into_iter().chain(words).collect::<Vec<_>>().join("_")
}

/// Returns the group of a route in the document.
fn tag(route: &Route) -> &'static str {
    let mut segments = route.path.split('/').skip(1);
    match (segments.next(), segments.next()) {
        (Some("lite"), _) => "Pages without JavaScript",
        (_, Some("signup" | "login" | "token" | "logout")) => "Login",
        (_, Some("me")) => "Account",
        (_, Some("messages")) => "Messages",
        (_, Some("wishes" | "users")) => "Wishes",
        _ => "Service",
    }
}
