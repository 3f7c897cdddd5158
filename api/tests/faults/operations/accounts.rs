//! Sign-up, profile, password, export and deletion.

use serde_json::json;

use super::{Effect, Operation};
use crate::faults::api_request::ApiRequest;
use crate::support::{NEW_PASSWORD, PASSWORD, sign_up_body};

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::request("sign-up", 201, |_| sign_up("carl", PASSWORD)).repeated(409),
        Operation::request("sign-up with a taken username", 409, |_| sign_up("bob", PASSWORD)),
        Operation::request("sign-up with a weak password", 422, |_| sign_up("carl", "password1")),
        Operation::request("profile", 200, |world| ApiRequest::new("GET", "/api/me").by(&world.ann)),
        Operation::request("profile with an ended session", 401, |world| {
            ApiRequest::new("GET", "/api/me").by(&world.ended)
        }),
        Operation::request("rename", 200, |world| {
            ApiRequest::new("PATCH", "/api/me").by(&world.ann).json(&json!({"name": "Ann B."}))
        }),
        Operation::request("rename with an ended session", 401, |world| {
            ApiRequest::new("PATCH", "/api/me").by(&world.ended).json(&json!({"name": "Ann B."}))
        }),
        Operation::request("password change", 204, |world| {
            let change = json!({"current": PASSWORD, "new": NEW_PASSWORD});
            ApiRequest::new("PUT", "/api/me/password").by(&world.ann).json(&change)
        })
        .repeated(422),
        Operation::request("password change with a wrong password", 422, |world| {
            let change = json!({"current": "not the password", "new": NEW_PASSWORD});
            ApiRequest::new("PUT", "/api/me/password").by(&world.ann).json(&change)
        }),
        Operation::request("password change with an ended session", 401, |world| {
            let change = json!({"current": PASSWORD, "new": NEW_PASSWORD});
            ApiRequest::new("PUT", "/api/me/password").by(&world.ended).json(&change)
        }),
        Operation::request("export", 200, |world| ApiRequest::new("GET", "/api/me/export").by(&world.ann)),
        Operation::request("account deletion", 204, |world| {
            ApiRequest::new("POST", "/api/me/delete").by(&world.ann).json(&json!({"password": PASSWORD}))
        })
        .repeated(401)
        .with_effect(Effect::InSteps),
        Operation::request("account deletion with a wrong password", 422, |world| {
            let body = json!({"password": "not the password"});
            ApiRequest::new("POST", "/api/me/delete").by(&world.ann).json(&body)
        }),
    ]
}

fn sign_up(username: &str, password: &str) -> ApiRequest {
    let mut body = sign_up_body(username);
    body["password"] = password.into();
    ApiRequest::new("POST", "/api/signup").json(&body)
}
