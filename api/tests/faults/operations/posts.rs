//! Creating, editing and deleting messages and wishes.

use api::auth::rate_limit;
use futures_util::future::BoxFuture;
use serde_json::json;
use uuid::Uuid;

use super::Operation;
use crate::faults::api_request::ApiRequest;
use crate::faults::world::{ANNS_MESSAGE, ANNS_WISH, BOBS_MESSAGE, DELETED_MESSAGE, NEW_POST, World};

pub fn operations() -> Vec<Operation> {
    [creations(), edits(), deletions()].into_iter().flatten().collect()
}

fn creations() -> Vec<Operation> {
    vec![
        Operation::request("new message", 201, |world| post_message(world, NEW_POST)),
        Operation::request("new message that exists", 201, |world| post_message(world, NEW_POST))
            .after(create_new_post),
        Operation::request("new message with a used key", 409, |world| post_message(world, BOBS_MESSAGE)),
        Operation::request("new message that was deleted", 410, |world| post_message(world, DELETED_MESSAGE)),
        Operation::request("new message over the limit", 429, |world| post_message(world, NEW_POST))
            .after(reach_limit),
        Operation::request("new message that exists, over the limit", 201, |world| {
            post_message(world, NEW_POST)
        })
        .after(create_new_post_and_reach_limit),
        Operation::request("new message with an ended session", 401, |world| {
            let request = ApiRequest::new("POST", "/api/messages").by(&world.ended);
            request.with("idempotency-key", NEW_POST).json(&json!({"body": "new"}))
        }),
        Operation::request("new wish", 201, |world| {
            let request = ApiRequest::new("POST", "/api/wishes").by(&world.ann);
            request.with("idempotency-key", NEW_POST).json(&json!({"name": "new"}))
        }),
    ]
}

fn edits() -> Vec<Operation> {
    vec![
        Operation::request("edit of a message", 200, |world| edit_message(world, ANNS_MESSAGE, 1))
            .repeated(412),
        Operation::request("edit of an old version", 412, |world| edit_message(world, ANNS_MESSAGE, 7)),
        Operation::request("edit of another user's message", 403, |world| {
            edit_message(world, BOBS_MESSAGE, 1)
        }),
        Operation::request("edit of an unknown message", 404, |world| edit_message(world, NEW_POST, 1)),
        Operation::request("edit of a wish", 200, |world| {
            let request = ApiRequest::new("PATCH", &format!("/api/wishes/{ANNS_WISH}")).by(&world.ann);
            request.with("if-match", "\"1\"").json(&json!({"received": true}))
        })
        .repeated(412),
    ]
}

fn deletions() -> Vec<Operation> {
    vec![
        Operation::request("deletion of a message", 204, |world| delete_message(world, ANNS_MESSAGE)),
        Operation::request("deletion of a deleted message", 204, |world| {
            delete_message(world, DELETED_MESSAGE)
        }),
        Operation::request("deletion of another user's message", 403, |world| {
            delete_message(world, BOBS_MESSAGE)
        }),
        Operation::request("deletion of an unknown message", 404, |world| delete_message(world, NEW_POST)),
        Operation::request("deletion of a wish", 204, |world| {
            ApiRequest::new("DELETE", &format!("/api/wishes/{ANNS_WISH}")).by(&world.ann)
        }),
    ]
}

fn post_message(world: &World, key: Uuid) -> ApiRequest {
    let request = ApiRequest::new("POST", "/api/messages").by(&world.ann);
    request.with("idempotency-key", key).json(&json!({"body": "new"}))
}

fn edit_message(world: &World, id: Uuid, version: u64) -> ApiRequest {
    let request = ApiRequest::new("PATCH", &format!("/api/messages/{id}")).by(&world.ann);
    request.with("if-match", format!("\"{version}\"")).json(&json!({"body": "edited"}))
}

fn delete_message(world: &World, id: Uuid) -> ApiRequest {
    ApiRequest::new("DELETE", &format!("/api/messages/{id}")).by(&world.ann)
}

fn create_new_post(world: &World) -> BoxFuture<'_, ()> {
    Box::pin(async {
        let reply = world.send(post_message(world, NEW_POST)).await;
        assert_eq!(reply.status, 201, "{reply:?}");
    })
}

fn reach_limit(world: &World) -> BoxFuture<'_, ()> {
    Box::pin(async { while rate_limit::begin_post(&world.state, "ann").await.is_ok() {} })
}

fn create_new_post_and_reach_limit(world: &World) -> BoxFuture<'_, ()> {
    Box::pin(async {
        create_new_post(world).await;
        reach_limit(world).await;
    })
}
