//! The OpenAPI document describes the API. The test client checks every response of all tests against it.

use std::collections::BTreeSet;

use api::routes::openapi_document;
use api::routes::{Access, ROUTES, route_handlers};
use api::web::operation::{Operation, Schemas};
use expect_test::expect_file;
use serde_json::Value;

use crate::support::client::FORM;
use crate::support::openapi::{DOCUMENT, validator};
use crate::support::{TestApp, UUID};

#[test]
fn the_document_contains_every_route_once() {
    let mut paths = BTreeSet::new();
    for (path, operations) in DOCUMENT["paths"].as_object().unwrap() {
        paths.extend(
            operations.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.as_str())),
        );
    }
    let routes: BTreeSet<_> = ROUTES.iter().map(|route| (route.method.to_owned(), route.path)).collect();
    assert_eq!(paths, routes);
    assert_eq!(routes.len(), ROUTES.len(), "a route is in the table twice");
}

#[test]
fn a_route_is_protected_exactly_if_its_handler_requires_a_caller() {
    for (route, handler) in route_handlers() {
        let mut schemas = Schemas::default();
        let mut operation = Operation::new(route.path, &mut schemas);
        (handler.describe)(&mut operation);
        assert_eq!(operation.requires_caller, route.access == Access::Caller, "{route:?}");
    }
}

/// Everything that has a schema: parameters, headers and bodies.
#[test]
fn everything_has_an_example_that_matches_its_schema() {
    let paths = DOCUMENT["paths"].as_object().unwrap().values();
    for operation in paths.flat_map(|path| path.as_object().unwrap().values()) {
        let responses: Vec<_> = operation["responses"].as_object().unwrap().values().collect();
        let headers = responses.iter().filter_map(|response| response["headers"].as_object());
        let headers = headers.flat_map(|headers| headers.values());
        let bodies = responses.iter().copied().chain(operation.get("requestBody"));
        let bodies = bodies.filter_map(|body| body["content"].as_object()).flat_map(|content| content.iter());
        // HTML, CSS and the document itself are too long for an example.
        let bodies = bodies.filter(|(media_type, body)| {
            !media_type.starts_with("text/") && body["schema"]["description"] != "An OpenAPI 3.1 document."
        });
        let parameters = operation["parameters"].as_array().unwrap().iter();
        for described in parameters.chain(headers).chain(bodies.map(|(_, body)| body)) {
            let examples = examples(described);
            assert!(!examples.is_empty(), "{}: {described}", operation["operationId"]);
            for example in examples {
                if let Err(error) = validator(&described["schema"]).validate(example) {
                    panic!("{}: {error}: {example}", operation["operationId"]);
                }
            }
        }
    }
}

fn examples(described: &Value) -> Vec<&Value> {
    let named = described["examples"].as_object().into_iter().flatten().map(|(_, example)| &example["value"]);
    let of_schema = described["schema"]["examples"].as_array().into_iter().flatten();
    described.get("example").into_iter().chain(named).chain(of_schema).collect()
}

#[tokio::test]
async fn the_api_accepts_the_example_of_every_body() {
    let app = TestApp::start().await;
    let user = app.sign_up("mira_k").await;
    for (path, operations) in DOCUMENT["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            for (media_type, body) in operation["requestBody"]["content"].as_object().into_iter().flatten() {
                let path = path.replace("{id}", UUID);
                let example =
                    if media_type == FORM { as_form(&body["example"]) } else { body["example"].to_string() };
                let method = method.to_uppercase().parse().unwrap();
                let reply = user.if_match(1).send_body(method, &path, media_type, example).await;
                assert!(!matches!(reply.status, 400 | 413 | 415 | 428 | 500..), "{path}: {reply:?}");
                assert_ne!(reply.body["type"], "/problems/invalid", "{path}: {reply:?}");
            }
        }
    }
}

fn as_form(fields: &Value) -> String {
    let fields = fields.as_object().unwrap().iter().map(|(name, value)| (name, value.as_str().unwrap()));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

#[tokio::test]
async fn the_api_serves_the_document_and_the_page() {
    let app = TestApp::start().await;
    let reply = app.guest().get("/api/openapi.json").await;
    assert_eq!((reply.status, &reply.body), (200, &*DOCUMENT));
    let page = app.guest().get("/api/docs").await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
    assert!(!page.html().contains("<script") && !page.html().contains(" style="));
    for route in ROUTES {
        assert!(page.html().contains(&format!("{} {}</code>", route.method, route.path)), "{route:?}");
    }
}

/// Run `UPDATE_EXPECT=1 cargo test -p api --test api openapi` to update the file.
#[test]
fn the_committed_document_is_the_one_that_the_api_serves() {
    expect_file!["../../../docs/openapi.json"].assert_eq(&format!("{:#}\n", openapi_document()));
}
