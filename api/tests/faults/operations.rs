//! The operations: each route with each of its outcomes that uses the database, the authorizer's check, and the
//! removal of an expired signing key. A new operation is one row of a table.

mod accounts;
mod lists;
mod lite;
mod posts;
mod sessions;
mod signing_keys;

use std::time::Duration;

use api::auth::authenticate;
use axum::response::IntoResponse;
use futures_util::future::BoxFuture;

pub use self::signing_keys::expire_key;
use super::api_request::ApiRequest;
use super::world::{Template, World};
use crate::support::Reply;

/// A row of the table.
pub struct Operation {
    /// A description for failure messages.
    pub name: &'static str,
    setup: fn(&World) -> BoxFuture<'_, ()>,
    action: Action,
    /// The status without faults.
    pub status: u16,
    /// The status of a retry if an earlier attempt has taken effect although its response was an error.
    pub repeated_status: u16,
    pub effect: Effect,
}

/// What an operation with a fault may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The same as without the fault if the response is a success; otherwise the same or nothing.
    AllOrNothing,
    /// As `AllOrNothing`, but an error may leave a part of the effect. A retry completes it.
    InSteps,
    /// The same as without the fault or nothing, whatever the response is: a later request completes it.
    Deferrable,
}

enum Action {
    Request(fn(&World) -> ApiRequest),
    /// The check of this access token by the TOKEN authorizer.
    Authorize(fn(&World) -> &str),
}

impl Operation {
    fn request(name: &'static str, status: u16, request: fn(&World) -> ApiRequest) -> Self {
        Self::new(name, status, Action::Request(request))
    }

    fn authorize(name: &'static str, status: u16, token: fn(&World) -> &str) -> Self {
        Self::new(name, status, Action::Authorize(token))
    }

    fn new(name: &'static str, status: u16, action: Action) -> Self {
        let setup: fn(&World) -> BoxFuture<'_, ()> = |_| Box::pin(async {});
        Self { name, setup, action, status, repeated_status: status, effect: Effect::AllOrNothing }
    }

    /// Runs this before the operation, without faults.
    fn after(self, setup: fn(&World) -> BoxFuture<'_, ()>) -> Self {
        Self { setup, ..self }
    }

    fn repeated(self, repeated_status: u16) -> Self {
        Self { repeated_status, ..self }
    }

    fn with_effect(self, effect: Effect) -> Self {
        Self { effect, ..self }
    }

    /// Returns a world in which the operation can run.
    pub async fn prepare(&self, template: &Template) -> World {
        let world = World::new(template).await;
        (self.setup)(&world).await;
        world
    }

    /// Returns the timeout of the Lambda function that does this. It is shorter than the timeouts of both gateways.
    pub fn timeout(&self) -> Duration {
        function_timeout(match self.action {
            Action::Request(_) => "ApiFunction",
            Action::Authorize(_) => "AuthorizerFunction",
        })
    }

    pub async fn run(&self, world: &World) -> Reply {
        match self.action {
            Action::Request(request) => world.send(request(world)).await,
            Action::Authorize(token) => {
                let header = format!("Bearer {}", token(world));
                let response = match authenticate::from_header_value(&world.authorizer, &header).await {
                    Ok(caller) => caller.user.username.into_response(),
                    Err(error) => error.into_response(),
                };
                Reply::read_local(response).await
            }
        }
    }
}

/// Reads the timeout of a function from the template.
fn function_timeout(function: &str) -> Duration {
    let template = include_str!("../../../deploy/template.yaml");
    let (_, properties) = template.split_once(&format!("\n  {function}:\n")).unwrap();
    let (_, timeout) = properties.split_once("\n      Timeout: ").unwrap();
    Duration::from_secs(timeout.lines().next().unwrap().parse().unwrap())
}

pub fn all() -> Vec<Operation> {
    [
        accounts::operations(),
        lists::operations(),
        lite::operations(),
        posts::operations(),
        sessions::operations(),
        signing_keys::operations(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
