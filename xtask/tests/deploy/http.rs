//! Requests to a deployed stack.

use serde_json::Value;
use ureq::Agent;

use crate::aws::{endpoint, stack_output};

/// Requests a page from a stack's CloudFront. Returns the status and the body.
pub fn get_page(stack: &str, path: &str) -> (u16, String) {
    let url = stack_output(stack, "Url").unwrap();
    let request = agent().get(format!("{}{path}", endpoint()));
    let request = request.header("host", &url["https://".len()..]).header("x-forwarded-proto", "https");
    let mut response = request.call().unwrap();
    let body = response.body_mut().read_to_vec().unwrap();
    (response.status().as_u16(), String::from_utf8_lossy(&body).into_owned())
}

/// Sends JSON to a stack's HTTP API. Returns the status.
pub fn post(stack: &str, path: &str, body: &Value) -> u16 {
    let api = stack_output(stack, "HttpApiId").unwrap();
    let url = format!("{}/_aws/execute-api/{api}/$default{path}", endpoint());
    let request = agent().post(url).header("content-type", "application/json");
    request.send(&body.to_string()).unwrap().status().as_u16()
}

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).proxy(None).build().new_agent()
}
