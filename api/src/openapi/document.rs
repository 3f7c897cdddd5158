//! The OpenAPI document: describes all routes, from the table of routes and the types of their handlers.

use std::sync::LazyLock;

use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use serde_json::{Map, Value, json};

use super::links;
use crate::auth::session::SESSION_COOKIE;
use crate::routes::{self, Access, Route};
use crate::web::operation::{DescribeResponse, Operation, Schemas};

/// How long caches may keep the document: 5 minutes.
pub const DOCUMENT_CACHE_CONTROL: &str = "public, max-age=300";

/// The OpenAPI document as JSON.
pub struct Document;

/// `GET /api/openapi.json`: returns the document.
pub async fn get() -> Document {
    Document
}

impl IntoResponse for Document {
    fn into_response(self) -> Response {
        static JSON: LazyLock<String> = LazyLock::new(|| document().to_string());
        let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, DOCUMENT_CACHE_CONTROL)];
        (headers, JSON.as_str()).into_response()
    }
}

impl DescribeResponse for Document {
    fn describe(operation: &mut Operation<'_>) {
        let schema = json!({ "type": "object", "description": "An OpenAPI 3.1 document." });
        operation.response_with_schema(200, "application/json", "The document.", schema);
    }
}

/// Returns the OpenAPI document.
pub fn document() -> Value {
    let mut schemas = Schemas::default();
    let mut paths = Map::new();
    for (route, handler) in routes::route_handlers() {
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
