//! The OpenAPI document as a page, without JavaScript.

use maud::{DOCTYPE, Markup, html};
use serde_json::Value;

/// Renders the page of this OpenAPI document.
pub fn render(document: &Value) -> Markup {
    let info = &document["info"];
    html! {
        (DOCTYPE)
        html lang="en" dir="ltr" {
            head {
                meta charset="utf-8";
                title { "API · Wishboard" }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="description" content="The routes of the Wishboard API";
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href="/lite/style.css";
            }
            body {
                header { div class="row" {
                    a class="brand" href="/" { "Wishboard" }
                    a class="target" href="/api/openapi.json" { "OpenAPI document" }
                } }
                main class="api" {
                    h1 { "API " (text(&info["version"])) }
                    @for paragraph in text(&info["description"]).split("\n\n") { p { (with_code(paragraph)) } }
                    @for tag in tags(document) {
                        section {
                            h2 { (tag) }
                            @for (path, method, operation) in operations(document) {
                                @if operation["tags"][0] == tag { (render_operation(path, method, operation)) }
                            }
                        }
                    }
                    section {
                        h2 { "Schemas" }
                        @for (name, schema) in members(&document["components"]["schemas"]) {
                            details class="card" id=(name) { summary { code { (name) } } (json(schema)) }
                        }
                    }
                }
            }
        }
    }
}

fn render_operation(path: &str, method: &str, operation: &Value) -> Markup {
    html! {
        details class="card" id=(text(&operation["operationId"])) {
            summary {
                code { (method.to_uppercase()) " " (path) }
                span class="hint" { (text(&operation["summary"])) }
            }
            p { (access(operation)) }
            @for parameter in items(&operation["parameters"]) {
                p {
                    code { (text(&parameter["name"])) } " (" (text(&parameter["in"])) ") "
                    (with_code(text(&parameter["description"])))
                }
                (json(&parameter["schema"]))
            }
            @for (media_type, body) in members(&operation["requestBody"]["content"]) {
                h3 { "Body" }
                p { code { (media_type) } (schema_link(&body["schema"])) }
                (json(&body["example"]))
            }
            h3 { "Responses" }
            @for (status, response) in members(&operation["responses"]) {
                p {
                    code { (status) } " " (with_code(text(&response["description"])))
                    @for (_, body) in members(&response["content"]) { (schema_link(&body["schema"])) }
                }
                @for (_, body) in members(&response["content"]) {
                    @if body["example"] != Value::Null { (json(&body["example"])) }
                }
            }
        }
    }
}

fn access(operation: &Value) -> &'static str {
    let security = &operation["security"];
    match () {
        () if security[0].get("access_token").is_some() => "Needs an access token.",
        () if security.get(1).is_some() => "Uses the session cookie, if the request has one.",
        () if security[0].get("session_cookie").is_some() => "Needs the session cookie.",
        () => "Public.",
    }
}

/// Links to the schema that another one refers to.
fn schema_link(schema: &Value) -> Markup {
    let name = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
    html! { @if let Some(name) = name { ": " a href={ "#" (name) } { (name) } } }
}

/// Shows the parts between backticks as code.
fn with_code(markdown: &str) -> Markup {
    html! {
        @for (index, part) in markdown.split('`').enumerate() {
            @if index % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

fn json(value: &Value) -> Markup {
    html! { pre { code { (format!("{value:#}")) } } }
}

/// Returns all operations: path, method, and Operation Object.
fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    members(&document["paths"]).flat_map(|(path, methods)| {
        members(methods).map(move |(method, operation)| (path, method, operation))
    })
}

/// Returns the tags in the order of their first operation.
fn tags(document: &Value) -> Vec<&str> {
    let mut tags: Vec<&str> = Vec::new();
    for (_, _, operation) in operations(document) {
        let tag = text(&operation["tags"][0]);
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

fn members(object: &Value) -> impl Iterator<Item = (&str, &Value)> {
    object.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

fn items(array: &Value) -> impl Iterator<Item = &Value> {
    array.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
