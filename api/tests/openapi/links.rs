//! The OpenAPI document. `cargo xtask fuzz` compares it with the responses of the API.

use serde_json::Value;

use crate::support::TestApp;

async fn document() -> Value {
    TestApp::start().await.guest().get("/api/openapi.json").await.body
}

/// Returns all operations.
fn operations(document: &Value) -> impl Iterator<Item = &Value> {
    let paths = document["paths"].as_object().unwrap().values();
    paths.flat_map(|path| path.as_object().unwrap().values())
}

fn find<'a>(document: &'a Value, operation_id: &str) -> &'a Value {
    operations(document).find(|operation| operation["operationId"] == operation_id).unwrap()
}

/// Returns the parameters of an operation as a link names them, for example `path.id`.
fn parameter_names(operation: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let parameters = operation["parameters"].as_array().unwrap();
    parameters.iter().map(|parameter| text(&parameter["in"]) + "." + &text(&parameter["name"])).collect()
}

#[tokio::test]
async fn each_link_sets_parameters_of_an_operation_and_the_response_is_documented() {
    let document = document().await;
    let mut count = 0;
    for response in
        operations(&document).flat_map(|operation| operation["responses"].as_object().unwrap().values())
    {
        let links = response["links"].as_object().into_iter().flat_map(|links| links.values());
        for link in links {
            let names = parameter_names(find(&document, link["operationId"].as_str().unwrap()));
            let parameters = link["parameters"].as_object().unwrap();
            assert!(parameters.keys().all(|name| names.contains(name)), "{link}");
            assert!(response["content"].is_object(), "{link}");
            count += 1;
        }
    }
    assert!(count > 0);
}

#[tokio::test]
async fn a_new_post_links_to_its_edit_and_deletion() {
    let document = document().await;
    for kind in ["messages", "wishes"] {
        let links = &find(&document, &format!("post_{kind}"))["responses"]["201"]["links"];
        let edit = &links[format!("patch_{kind}_id")]["parameters"];
        assert_eq!(edit["path.id"], "$response.body#/id");
        assert_eq!(edit["header.If-Match"], "\"{$response.body#/version}\"");
        assert_eq!(links[format!("delete_{kind}_id")]["parameters"]["path.id"], "$response.body#/id");
    }
}

#[tokio::test]
async fn a_logout_and_the_pages_need_no_cookie() {
    let document = document().await;
    for id in ["post_logout", "post_lite_logout", "get_lite", "get_lite_wishes"] {
        let security = &find(&document, id)["security"];
        assert_eq!(*security, serde_json::json!([{ "session_cookie": [] }, {}]), "{id}");
    }
    assert_eq!(find(&document, "post_token")["security"], serde_json::json!([{ "session_cookie": [] }]));
}
