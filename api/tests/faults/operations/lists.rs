//! The lists that everyone can read.

use super::Operation;
use crate::faults::api_request::ApiRequest;

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::request("list of messages", 200, |_| ApiRequest::new("GET", "/api/messages")),
        Operation::request("list of wishes", 200, |_| ApiRequest::new("GET", "/api/wishes")),
        Operation::request("list of a user's wishes", 200, |_| {
            ApiRequest::new("GET", "/api/users/ann/wishes")
        }),
        Operation::request("list of an unknown user's wishes", 404, |_| {
            ApiRequest::new("GET", "/api/users/unknown_user/wishes")
        }),
    ]
}
