//! Checks responses against the OpenAPI document.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use api::routes::openapi_document;
use jsonschema::Validator;
use serde_json::{Value, json};

use super::Reply;

/// The OpenAPI document.
pub static DOCUMENT: LazyLock<Value> = LazyLock::new(openapi_document);

/// Returns a validator of a schema of the document.
pub fn validator(schema: &Value) -> Validator {
    let schema = json!({ "allOf": [schema], "components": DOCUMENT["components"] });
    jsonschema::draft202012::new(&schema).unwrap()
}

/// Checks that the document describes this response: its status, its media type, and its body.
///
/// Skips the errors that every path can have, as the introduction of the document says.
#[track_caller]
pub fn assert_documented(method: &str, path: &str, reply: &Reply) {
    let Some((path, operation)) = find_operation(method, path) else { return };
    let name = format!("{method} {path}");
    let response = &operation["responses"][reply.status.to_string()];
    if matches!(reply.status, 400 | 500) && response.is_null() {
        return;
    }
    assert!(!response.is_null(), "{name}: the OpenAPI document does not contain the status of {reply:?}");
    let media_type = reply.header("content-type").split(';').next().unwrap_or_default();
    let content = &response["content"][media_type];
    assert_eq!(content.is_null(), media_type.is_empty(), "{name}: the media type of {reply:?}");
    if reply.body.is_object()
        && !is_valid(&format!("{name} {}", reply.status), &content["schema"], &reply.body)
    {
        let errors: Vec<_> =
            validator(&content["schema"]).iter_errors(&reply.body).map(|it| it.to_string()).collect();
        panic!("{name}: the OpenAPI document does not describe {reply:?}: {errors:?}");
    }
}

/// Returns the path in the document and the operation of a request, or `None` if there is none.
fn find_operation(method: &str, path: &str) -> Option<(&'static str, &'static Value)> {
    let path = path.split('?').next()?;
    let matches = |template: &str| {
        let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
        let is_equal = |(segment, own): (&&str, &&str)| segment.starts_with('{') || segment == own;
        template.len() == path.len() && template.iter().zip(&path).all(is_equal)
    };
    let (template, operations) =
        DOCUMENT["paths"].as_object()?.iter().find(|(template, _)| matches(template))?;
    Some((template, operations.get(method.to_ascii_lowercase())?))
}

/// Returns whether a body matches a schema. Building a validator takes longer than using it, so they are cached.
fn is_valid(key: &str, schema: &Value, body: &Value) -> bool {
    static VALIDATORS: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    let cached = VALIDATORS.lock().unwrap().get(key).cloned();
    let validator = cached.unwrap_or_else(|| {
        let validator = Arc::new(validator(schema));
        VALIDATORS.lock().unwrap().insert(key.to_owned(), validator.clone());
        validator
    });
    validator.is_valid(body)
}
