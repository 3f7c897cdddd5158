//! Scripted responses of the API and of a gateway, and the errors of a browser without a network.

use js_sys::{Promise, TypeError};
use serde::Serialize;
use shared::messages::{Message, MessagePage};
use shared::posts::Post;
use shared::problem::{MEDIA_TYPE, Problem, ProblemType};
use shared::sessions::{Session, Sessions};
use shared::wishes::{Wish, WishPage};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, Headers, Response, ResponseInit};

use crate::support::gate::Gate;

/// A response, or the error that `fetch` returns.
#[derive(Clone)]
pub struct ScriptedResponse {
    response: Result<(u16, &'static str, String), JsValue>,
    headers: Vec<(&'static str, String)>,
    gate: Option<Promise>,
}

fn new(status: u16, media_type: &'static str, body: String) -> ScriptedResponse {
    ScriptedResponse { response: Ok((status, media_type, body)), headers: Vec::new(), gate: None }
}

fn failure(error: JsValue) -> ScriptedResponse {
    ScriptedResponse { response: Err(error), headers: Vec::new(), gate: None }
}

/// A JSON response with this status.
pub fn json(status: u16, value: &impl Serialize) -> ScriptedResponse {
    new(status, "application/json", serde_json::to_string(value).unwrap())
}

/// A page of a proxy or of a public network, in place of a response of the API.
pub fn html(status: u16) -> ScriptedResponse {
    new(status, "text/html", "<h1>Please accept our terms</h1>".to_owned())
}

/// A 204 response (No Content).
pub fn no_content() -> ScriptedResponse {
    new(204, "", String::new())
}

/// A 304 response (Not Modified).
pub fn not_modified() -> ScriptedResponse {
    new(304, "", String::new())
}

/// A 202 response (Accepted): the deletion of an account is incomplete.
pub fn accepted() -> ScriptedResponse {
    new(202, "", String::new())
}

/// A problem response of the API.
pub fn problem(status: u16, kind: ProblemType, field: Option<&str>) -> ScriptedResponse {
    problem_with(status, kind, field, None)
}

/// The 401 response of the API.
pub fn unauthorized() -> ScriptedResponse {
    problem(401, ProblemType::NotLoggedIn, None)
}

/// The 401 response of a gateway. It is not a problem document.
pub fn unauthorized_by_gateway() -> ScriptedResponse {
    json(401, &serde_json::json!({"message": "Unauthorized"}))
}

/// The 412 response of the API, with the current version of the post.
pub fn version_conflict(current: impl Into<Post>) -> ScriptedResponse {
    problem_with(412, ProblemType::EditConflict, None, Some(Box::new(current.into())))
}

/// The 429 response of the API, with the wait in seconds.
pub fn rate_limited(seconds: u32) -> ScriptedResponse {
    problem(429, ProblemType::TooManyAttempts, None).retry_after(seconds)
}

fn problem_with(
    status: u16,
    kind: ProblemType,
    field: Option<&str>,
    current: Option<Box<Post>>,
) -> ScriptedResponse {
    let problem = Problem {
        kind,
        title: "A problem".to_owned(),
        status,
        detail: "Rejected by the server.".to_owned(),
        field: field.map(str::to_owned),
        current,
    };
    new(status, MEDIA_TYPE, serde_json::to_string(&problem).unwrap())
}

/// The error of `fetch` without a network.
pub fn network_error() -> ScriptedResponse {
    failure(TypeError::new("Failed to fetch").into())
}

/// The error of `fetch` after the request timeout.
pub fn timeout() -> ScriptedResponse {
    failure(DomException::new_with_message_and_name("signal timed out", "TimeoutError").unwrap().into())
}

/// A page of messages.
pub fn messages(messages: &[Message], next: Option<&str>) -> ScriptedResponse {
    json(200, &MessagePage { messages: messages.to_vec(), next: next.map(str::to_owned) })
}

/// A page of wishes.
pub fn wishes(wishes: &[Wish], next: Option<&str>) -> ScriptedResponse {
    json(200, &WishPage { wishes: wishes.to_vec(), next: next.map(str::to_owned) })
}

/// A list of sessions.
pub fn sessions(sessions: &[Session]) -> ScriptedResponse {
    json(200, &Sessions { sessions: sessions.to_vec() })
}

impl ScriptedResponse {
    /// Holds the response back until the gate opens.
    pub fn behind(self, gate: &Gate) -> Self {
        Self { gate: Some(gate.opened.clone()), ..self }
    }

    /// Adds the header `Retry-After`, in seconds.
    pub fn retry_after(self, seconds: u32) -> Self {
        self.with_header("Retry-After", &seconds.to_string())
    }

    /// Adds an entity tag.
    pub fn with_etag(self, etag: &str) -> Self {
        self.with_header("ETag", etag)
    }

    fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Waits for the gate, if there is one.
    pub async fn pass_gate(&self) {
        if let Some(gate) = &self.gate {
            JsFuture::from(gate.clone()).await.unwrap();
        }
    }

    /// Converts this to the result of `fetch`.
    pub fn into_fetch_result(self) -> Result<JsValue, JsValue> {
        let (status, media_type, body) = self.response?;
        let headers = Headers::new()?;
        headers.set("Content-Type", media_type)?;
        for (name, value) in self.headers {
            headers.set(name, &value)?;
        }
        let init = ResponseInit::new();
        init.set_status(status);
        init.set_headers(&headers);
        // The browser rejects a body in responses with these statuses.
        let body = (!matches!(status, 204 | 304)).then_some(body);
        Response::new_with_opt_str_and_init(body.as_deref(), &init).map(JsValue::from)
    }
}
