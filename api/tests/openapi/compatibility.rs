//! A released version of the API stays usable: no route, parameter or field is removed or changes its type, and no
//! request needs more than before. `docs/openapi/` contains the document of each release.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::support::openapi::DOCUMENT;

/// The type of each field by its path, such as `messages[].author.name`.
type Fields = BTreeMap<String, BTreeSet<String>>;

#[test]
fn the_api_is_compatible_with_every_release() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi");
    let releases: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!releases.is_empty());
    for release in releases {
        let document: Value = serde_json::from_slice(&std::fs::read(&release).unwrap()).unwrap();
        let breaks = breaking_changes(&document, &DOCUMENT);
        assert!(breaks.is_empty(), "these changes break clients of {}: {breaks:#?}", release.display());
    }
}

#[test]
fn every_kind_of_breaking_change_is_found() {
    let assert_found = |expected: &str, change: &dyn Fn(&mut Value)| {
        let mut changed = DOCUMENT.clone();
        change(&mut changed);
        let breaks = breaking_changes(&DOCUMENT, &changed);
        assert!(breaks.iter().any(|found| found.contains(expected)), "{expected}: {breaks:?}");
    };
    assert_eq!(breaking_changes(&DOCUMENT, &DOCUMENT), [""; 0]);
    let schema = |name: &str| format!("/components/schemas/{name}");
    let remove = |pointer: String, member: &'static str| {
        move |document: &mut Value| {
            document.pointer_mut(&pointer).unwrap().as_object_mut().unwrap().remove(member).unwrap();
        }
    };
    let set = |pointer: String, value: Value| {
        move |document: &mut Value| *document.pointer_mut(&pointer).unwrap() = value.clone()
    };
    assert_found("GET /api/me", &remove("/paths/~1api~1me".into(), "get"));
    assert_found("200", &remove("/paths/~1api~1me/get/responses".into(), "200"));
    assert_found("messages[].body", &remove(schema("Message/properties"), "body"));
    assert_found("messages[].author.name", &remove(schema("PublicUser/properties"), "name"));
    assert_found("messages[].version", &set(schema("Message/properties/version/type"), json!("string")));
    assert_found(
        "messages[].id",
        &set(schema("Message/properties/id"), json!({ "type": ["string", "null"] })),
    );
    assert_found("username", &remove(schema("SignUpRequest/properties"), "username"));
    assert_found("url", &set(schema("NewWish/required"), json!(["name", "url"])));
    assert_found("limit", &set("/paths/~1api~1messages/get/parameters/1/name".into(), json!("count")));
    let required =
        json!({ "in": "header", "name": "X-New", "required": true, "schema": { "type": "string" } });
    assert_found("X-New", &|document| {
        document["paths"]["/api/messages"]["get"]["parameters"]
            .as_array_mut()
            .unwrap()
            .push(required.clone());
    });
}

/// Returns what a client of the old API can no longer do with the new one.
fn breaking_changes(old: &Value, new: &Value) -> Vec<String> {
    let mut breaks = Vec::new();
    for (path, operations) in old["paths"].as_object().unwrap() {
        for (method, old_operation) in operations.as_object().unwrap() {
            let name = format!("{} {path}", method.to_uppercase());
            match new["paths"][path].get(method) {
                Some(new_operation) => {
                    let pair = (Version(old, old_operation), Version(new, new_operation));
                    breaks.extend(
                        changes(pair.0, pair.1).into_iter().map(|change| format!("{name}: {change}")),
                    );
                }
                None => breaks.push(format!("{name} is missing")),
            }
        }
    }
    breaks
}

/// A document and one of its operations.
#[derive(Clone, Copy)]
struct Version<'a>(&'a Value, &'a Value);

fn changes(old: Version<'_>, new: Version<'_>) -> Vec<String> {
    let mut breaks = Vec::new();
    let (old_parameters, new_parameters) = (old.parameters(), new.parameters());
    for (name, is_required) in &new_parameters {
        if *is_required && old_parameters.get(name) != Some(&true) {
            breaks.push(format!("the parameter {name} is required"));
        }
    }
    breaks.extend(
        old_parameters
            .keys()
            .filter(|name| !new_parameters.contains_key(*name))
            .map(|name| format!("the parameter {name} is missing")),
    );

    let (old_request, new_request) = (old.request(), new.request());
    for (field, types) in &old_request.fields {
        if !new_request.fields.get(field).is_some_and(|new_types| new_types.is_superset(types)) {
            breaks.push(format!("the request's field {field} does not accept {types:?}"));
        }
    }
    breaks.extend(
        new_request
            .required
            .difference(&old_request.required)
            .map(|field| format!("the request's field {field} is required")),
    );

    for (status, old_response) in old.responses() {
        let Some(new_response) = new.responses().get(&status).cloned() else {
            breaks.push(format!("the status {status} is missing"));
            continue;
        };
        for (field, types) in &old_response.fields {
            if !new_response.fields.get(field).is_some_and(|new_types| types.is_superset(new_types)) {
                breaks.push(format!("{status}: the response's field {field} is not {types:?}"));
            }
        }
    }
    breaks
}

/// The fields of a body.
#[derive(Clone, Default)]
struct Body {
    fields: Fields,
    required: BTreeSet<String>,
}

impl Version<'_> {
    /// Returns the parameters, and whether they are required.
    fn parameters(self) -> BTreeMap<String, bool> {
        let parameters = self.1["parameters"].as_array().unwrap().iter();
        parameters.map(|it| (it["name"].as_str().unwrap().to_owned(), it["required"] == true)).collect()
    }

    fn request(self) -> Body {
        self.body(&self.1["requestBody"])
    }

    /// Returns the successful responses by status.
    fn responses(self) -> BTreeMap<String, Body> {
        let responses = self.1["responses"].as_object().unwrap().iter();
        let successful = responses.filter(|(status, _)| status.starts_with('2'));
        successful.map(|(status, response)| (status.clone(), self.body(response))).collect()
    }

    fn body(self, body: &Value) -> Body {
        let mut fields = Body::default();
        for content in body["content"].as_object().into_iter().flat_map(|content| content.values()) {
            self.collect(&content["schema"], "", &mut fields);
        }
        fields
    }

    /// Adds the fields of a schema at a path.
    fn collect(self, schema: &Value, path: &str, body: &mut Body) {
        if let Some(reference) = schema["$ref"].as_str() {
            return self.collect(self.0.pointer(reference.trim_start_matches('#')).unwrap(), path, body);
        }
        for alternative in ["anyOf", "allOf"].iter().flat_map(|key| schema[key].as_array()).flatten() {
            self.collect(alternative, path, body);
        }
        let types = schema["type"].as_array().cloned().unwrap_or_else(|| vec![schema["type"].clone()]);
        let types = types.iter().filter_map(|it| it.as_str()).map(str::to_owned);
        body.fields.entry(path.to_owned()).or_default().extend(types);
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            self.collect(property, format!("{path}.{name}").trim_start_matches('.'), body);
        }
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        body.required
            .extend(required.map(|name| format!("{path}.{name}").trim_start_matches('.').to_owned()));
        if schema["items"].is_object() {
            self.collect(&schema["items"], &format!("{path}[]"), body);
        }
    }
}
