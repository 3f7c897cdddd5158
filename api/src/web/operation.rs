//! Describes an operation of the API (a method and a path) for OpenAPI, from the types of its handler.
//!
//! The traits in [`describe`](crate::web::describe) connect the types with this description: each extractor adds what it
//! reads and how it rejects a request, and each type that a handler returns adds its response. So the description
//! contains every parameter, body and error of every extractor. The route table adds the problems that the handler
//! itself returns.

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};
use shared::problem::{self, Problem, ProblemType};

/// A request or a response with an example.
pub trait Example {
    /// Returns an example that has all fields.
    fn example() -> Value;
}

/// Generates the schemas of all operations. They are stored once, under `#/components/schemas`.
pub struct Schemas {
    /// Of requests: a field with a default is optional.
    requests: SchemaGenerator,
    /// Of responses: a field that is always present is required.
    responses: SchemaGenerator,
}

impl Default for Schemas {
    fn default() -> Self {
        // OpenAPI 3.1 uses JSON Schema 2020-12.
        let mut settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(remove_default));
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
        let requests = settings.clone().for_deserialize().into_generator();
        Self { requests, responses: settings.for_serialize().into_generator() }
    }
}

/// Removes the default of a field. Generators of clients treat a field with a default as always present, and then
/// require it in requests too.
fn remove_default(schema: &mut Schema) {
    schema.remove("default");
}

impl Schemas {
    /// Returns the schemas by name.
    pub fn into_components(mut self) -> Map<String, Value> {
        let mut schemas = self.responses.take_definitions(true);
        schemas.extend(self.requests.take_definitions(true));
        schemas
    }
}

/// The description of an operation: an Operation Object (OpenAPI 3.1, section 4.8.10).
pub struct Operation<'a> {
    schemas: &'a mut Schemas,
    path: &'static str,
    parameters: Vec<Value>,
    request_body: Option<Value>,
    responses: BTreeMap<u16, Value>,
    problems: BTreeMap<u16, BTreeMap<String, ProblemType>>,
    /// Whether the handler requires a login.
    pub requires_caller: bool,
}

impl<'a> Operation<'a> {
    /// Returns the description of an operation at a path, without parameters and responses.
    pub fn new(path: &'static str, schemas: &'a mut Schemas) -> Self {
        let (parameters, request_body, responses) = Default::default();
        Self {
            schemas,
            path,
            parameters,
            request_body,
            responses,
            problems: BTreeMap::new(),
            requires_caller: false,
        }
    }

    /// Adds the variable segment of the path.
    pub fn path_parameter<T: JsonSchema>(&mut self, example: &str) {
        let (_, name) = self.path.split_once('{').unwrap_or_default();
        let name = name.split('}').next().unwrap_or_default();
        let schema = self.schemas.requests.subschema_for::<T>();
        self.parameters.push(
            json!({ "in": "path", "name": name, "required": true, "schema": schema, "example": example }),
        );
    }

    /// Adds an optional parameter of the query. Its schema contains examples.
    pub fn query_parameter(&mut self, name: &str, description: &str, schema: Value) {
        let parameter = json!({ "in": "query", "name": name, "description": description, "schema": schema });
        self.parameters.push(parameter);
    }

    /// Adds a header of the request. Its schema contains examples.
    pub fn request_header(&mut self, name: &str, is_required: bool, description: &str, schema: Value) {
        let parameter = json!({
            "in": "header", "name": name, "required": is_required, "description": description, "schema": schema,
        });
        self.parameters.push(parameter);
    }

    /// Adds the body of the request.
    pub fn request_body<T: JsonSchema + Example>(&mut self, media_type: &str) {
        let schema = self.schemas.requests.subschema_for::<T>();
        let content = json!({ media_type: { "schema": schema, "example": T::example() } });
        self.request_body = Some(json!({ "required": true, "content": content }));
    }

    /// Adds a response without a body.
    pub fn response(&mut self, status: u16, description: &str) {
        self.responses.insert(status, json!({ "description": description }));
    }

    /// Adds a response with JSON in its body.
    pub fn json_response<T: JsonSchema + Example>(&mut self, status: u16, description: &str) {
        let schema = self.schemas.responses.subschema_for::<T>();
        let content = json!({ "application/json": { "schema": schema, "example": T::example() } });
        self.responses.insert(status, json!({ "description": description, "content": content }));
    }

    /// Adds a response with a body that this schema describes.
    pub fn response_with_schema(&mut self, status: u16, media_type: &str, description: &str, schema: Value) {
        let content = json!({ media_type: { "schema": schema } });
        self.responses.insert(status, json!({ "description": description, "content": content }));
    }

    /// Adds a header to all responses of the operation that are not problems.
    pub fn response_header(&mut self, name: &str, description: &str, example: &str) {
        for response in self.responses.values_mut() {
            response["headers"][name] = header(description, example);
        }
    }

    /// Adds problems. All problems with the same status are one response.
    pub fn problems(&mut self, problems: impl IntoIterator<Item = ProblemType>) {
        for problem in problems {
            self.problems.entry(problem.status()).or_default().insert(uri(problem), problem);
        }
    }

    /// Returns the members of the Operation Object. On pages without JavaScript, problems are pages too.
    pub fn into_members(mut self) -> Map<String, Value> {
        let is_page = self.path.starts_with("/lite");
        let schema = self.schemas.responses.subschema_for::<Problem>();
        for (status, problems) in std::mem::take(&mut self.problems) {
            let uris: Vec<_> = problems.keys().collect();
            let content = if is_page {
                json!({ "text/html": { "schema": { "type": "string" } } })
            } else {
                let types = json!({ "properties": { "type": { "enum": uris } } });
                let examples: Map<_, _> =
                    problems.values().map(|problem| problem_example(*problem)).collect();
                json!({ problem::MEDIA_TYPE: { "schema": { "allOf": [schema, types] }, "examples": examples } })
            };
            let names: Vec<_> = uris.iter().map(|uri| format!("`{uri}`")).collect();
            let mut response = json!({ "description": names.join(", "), "content": content });
            if let Some((name, description, example)) = problem_header(status) {
                response["headers"] = json!({ name: header(description, example) });
            }
            self.responses.insert(status, response);
        }
        let responses = self.responses.into_iter().map(|(status, response)| (status.to_string(), response));
        let mut members = Map::new();
        members.insert("parameters".to_owned(), self.parameters.into());
        members.extend(self.request_body.map(|body| ("requestBody".to_owned(), body)));
        members.insert("responses".to_owned(), Value::Object(responses.collect()));
        members
    }
}

/// Returns the URI of a problem type.
fn uri(problem: ProblemType) -> String {
    json!(problem).as_str().unwrap_or_default().to_owned()
}

/// Returns the header that problems with this status have.
fn problem_header(status: u16) -> Option<(&'static str, &'static str, &'static str)> {
    match status {
        401 => Some((
            "WWW-Authenticate",
            "`Bearer`, perhaps with an error (RFC 6750, section 3).",
            "Bearer error=\"invalid_token\"",
        )),
        429 | 503 => Some(("Retry-After", "When the client may retry, in seconds.", "2")),
        _ => None,
    }
}

/// Returns a Header Object (OpenAPI 3.1, section 4.8.21).
fn header(description: &str, example: &str) -> Value {
    json!({ "description": description, "schema": { "type": "string" }, "example": example })
}

/// Returns an example of a problem, and its name in the document.
fn problem_example(problem: ProblemType) -> (String, Value) {
    let uri = uri(problem);
    let (title, status) = (problem.title(), problem.status());
    let value = json!({ "type": uri, "title": title, "status": status, "detail": format!("{title}.") });
    let name = uri.rsplit('/').next().unwrap_or_default().to_owned();
    (name, json!({ "value": value }))
}
