//! The valid requests of the matrix. Forms are those of the owner.

use serde_json::json;

use super::clients::{Client, ClientKind, OWNER};
use crate::support::client::FORM;
use crate::support::gateway::GatewayRequest;
use crate::support::{NEW_PASSWORD, PASSWORD, UUID, sign_up_body};

/// Adds the body and headers that a route requires to a request of this client.
pub type Build = fn(GatewayRequest, &Client) -> GatewayRequest;

/// The username of the account that sign-ups create.
pub const NEW_USER: &str = "newcomer";

pub fn bare(request: GatewayRequest, _: &Client) -> GatewayRequest {
    request
}

pub fn sign_up(request: GatewayRequest, _: &Client) -> GatewayRequest {
    request.json(&sign_up_body(NEW_USER))
}

/// Logs in as the owner.
pub fn log_in(request: GatewayRequest, _: &Client) -> GatewayRequest {
    request.json(&json!({"username": OWNER, "password": PASSWORD}))
}

pub fn rename(request: GatewayRequest, _: &Client) -> GatewayRequest {
    request.json(&json!({"name": "Changed"}))
}

pub fn change_password(request: GatewayRequest, _: &Client) -> GatewayRequest {
    request.json(&json!({"current": PASSWORD, "new": NEW_PASSWORD}))
}

/// External users have no password.
pub fn delete_account(request: GatewayRequest, client: &Client) -> GatewayRequest {
    match client.kind {
        ClientKind::ExternalUser => request.json(&json!({})),
        _ => request.json(&json!({"password": PASSWORD})),
    }
}

pub fn new_message(request: GatewayRequest, _: &Client) -> GatewayRequest {
    request.json(&json!({"body": "created"}))
}

pub fn edit_message(request: GatewayRequest, _: &Client) -> GatewayRequest {
    request.json(&json!({"body": "changed"})).with("if-match", "\"1\"")
}

pub fn new_wish(request: GatewayRequest, _: &Client) -> GatewayRequest {
    request.json(&json!({"name": "created"}))
}

pub fn edit_wish(request: GatewayRequest, _: &Client) -> GatewayRequest {
    request.json(&json!({"name": "changed"})).with("if-match", "\"1\"")
}

/// Logs in as the owner.
pub fn log_in_form(request: GatewayRequest, _: &Client) -> GatewayRequest {
    form(request, &[("username", OWNER), ("password", PASSWORD)])
}

pub fn sign_up_form(request: GatewayRequest, _: &Client) -> GatewayRequest {
    form(request, &[("username", NEW_USER), ("name", "Ann"), ("password", PASSWORD)])
}

pub fn empty_form(request: GatewayRequest, _: &Client) -> GatewayRequest {
    form(request, &[])
}

pub fn message_form(request: GatewayRequest, _: &Client) -> GatewayRequest {
    form(request, &[("author", OWNER), ("key", UUID), ("body", "created")])
}

pub fn wish_form(request: GatewayRequest, _: &Client) -> GatewayRequest {
    form(request, &[("author", OWNER), ("key", UUID), ("name", "created")])
}

fn form(mut request: GatewayRequest, fields: &[(&str, &str)]) -> GatewayRequest {
    request.body = Some(form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish());
    request.with("content-type", FORM)
}
