//! Two requests at the same time, in every order of their calls to the database.
//!
//! The counters of rate limits are left out, because the two requests of a test use different counters, or add to the
//! same one in one write.

use api::signing_keys::rotation;
use api::signing_keys::rotation_schedule::KeyRingChange;
use api::web::error::Result;
use futures_util::future::BoxFuture;
use jiff::SignedDuration;
use serde_json::json;

use super::api_request::ApiRequest;
use super::operations::expire_key;
use super::world::{ANNS_MESSAGE, NEW_POST, Template, World, send};
use crate::support::call_order::{CallOrder, Choices, for_every_order};
use crate::support::{NEW_PASSWORD, PASSWORD, Reply};

/// A world in which two processes of the API each handle one request.
struct TwoRequests {
    world: World,
    order: CallOrder,
}

impl TwoRequests {
    async fn prepare(template: &Template) -> Self {
        let world = World::new(template).await;
        Self { world, order: CallOrder::new(|body| !body.contains("\"limit#")) }
    }

    /// Sends both requests and returns the responses and all choices.
    async fn send(&self, requests: [ApiRequest; 2], choices: &Choices) -> ([Reply; 2], Choices) {
        let engine = self.world.database.engine();
        let [first, second] = requests;
        let first_process = self.world.start_process(self.order.client(&engine, 0)).await;
        let second_process = self.world.start_process(self.order.client(&engine, 1)).await;
        let requests =
            [Box::pin(send(first_process, first)) as _, Box::pin(send(second_process, second)) as _];
        self.order.run(requests, choices).await
    }
}

fn post_message(key: impl ToString) -> ApiRequest {
    ApiRequest::new("POST", "/api/messages").with("idempotency-key", key).json(&json!({"body": "new"}))
}

/// Checks that the access token of a successful response is refused.
async fn assert_token_is_refused(world: &World, reply: &Reply, choices: &Choices) {
    if reply.status == 200 {
        let authorization = format!("Bearer {}", reply.token());
        let profile = ApiRequest::new("GET", "/api/me").with("authorization", authorization);
        assert_eq!(world.send(profile).await.status, 401, "{choices:?}");
    }
}

#[tokio::test]
async fn a_login_with_the_old_password_is_not_live_after_a_password_change() {
    let template = Template::create().await;
    let orders = for_every_order(async |choices| {
        let test = TwoRequests::prepare(&template).await;
        let log_in = ApiRequest::new("POST", "/api/login");
        let log_in = log_in.json(&json!({"username": "ann", "password": PASSWORD}));
        let change = ApiRequest::new("PUT", "/api/me/password").by(&test.world.ann);
        let change = change.json(&json!({"current": PASSWORD, "new": NEW_PASSWORD}));
        let ([logged_in, changed], choices) = test.send([log_in, change], choices).await;
        assert_eq!(changed.status, 204, "{choices:?}: {changed:?}");
        assert!([200, 401].contains(&logged_in.status), "{choices:?}: {logged_in:?}");
        assert_token_is_refused(&test.world, &logged_in, &choices).await;
        let sessions = test.world.send(ApiRequest::new("GET", "/api/me/sessions").by(&test.world.ann)).await;
        assert_eq!(sessions.body["sessions"].as_array().unwrap().len(), 1, "{choices:?}");
        choices
    })
    .await;
    assert!(orders >= 6, "{orders}");
}

#[tokio::test]
async fn a_refresh_does_not_restore_a_session_that_is_logged_out() {
    // After 11 minutes, the refresh stores the last use of the session, and the access token has expired.
    for (minutes, min_orders) in [(0, 6), (11, 4)] {
        let template = Template::create().await;
        let orders = for_every_order(async |choices| {
            let test = TwoRequests::prepare(&template).await;
            let ann = &test.world.ann;
            test.world.state.clock.advance(SignedDuration::from_mins(minutes));
            let refresh = ApiRequest::new("POST", "/api/token").with("cookie", &ann.cookie);
            let log_out = ApiRequest::new("POST", "/api/logout").by(ann).with("cookie", &ann.cookie);
            let ([refreshed, logged_out], choices) = test.send([refresh, log_out], choices).await;
            assert_eq!(logged_out.status, 204, "{choices:?}: {logged_out:?}");
            assert!([200, 401].contains(&refreshed.status), "{choices:?}: {refreshed:?}");
            assert!(test.world.store.find_session(&ann.sid).await.unwrap().is_none(), "{choices:?}");
            assert_token_is_refused(&test.world, &refreshed, &choices).await;
            choices
        })
        .await;
        assert!(orders >= min_orders, "{orders}");
    }
}

#[tokio::test]
async fn a_post_does_not_outlive_the_account_that_is_deleted() {
    let template = Template::create().await;
    let orders = for_every_order(async |choices| {
        let mut test = TwoRequests::prepare(&template).await;
        // The deletions of other items are not ordered, because they do not concern the new post.
        test.order = CallOrder::new(|body| body.contains("user#ann") || body.contains(&NEW_POST.to_string()));
        let post = post_message(NEW_POST).by(&test.world.other);
        let delete = ApiRequest::new("POST", "/api/me/delete").by(&test.world.ann);
        let delete = delete.json(&json!({"password": PASSWORD}));
        let ([posted, deleted], choices) = test.send([post, delete], choices).await;
        assert_eq!(deleted.status, 204, "{choices:?}: {deleted:?}");
        assert!([201, 401].contains(&posted.status), "{choices:?}: {posted:?}");
        let key = format!("message#{NEW_POST}");
        assert!(test.world.database.items(&key).is_empty(), "{choices:?}: {posted:?}");
        choices
    })
    .await;
    assert!(orders >= 20, "{orders}");
}

#[tokio::test]
async fn a_deleted_message_is_not_created_again_by_a_retry() {
    let template = Template::create().await;
    for_every_order(async |choices| {
        let test = TwoRequests::prepare(&template).await;
        let created = test.world.send(post_message(NEW_POST).by(&test.world.ann)).await;
        assert_eq!(created.status, 201, "{created:?}");
        let retry = post_message(NEW_POST).by(&test.world.ann);
        let delete = ApiRequest::new("DELETE", &format!("/api/messages/{NEW_POST}")).by(&test.world.ann);
        let ([retried, deleted], choices) = test.send([retry, delete], choices).await;
        assert_eq!(deleted.status, 204, "{choices:?}: {deleted:?}");
        assert!([201, 410].contains(&retried.status), "{choices:?}: {retried:?}");
        let list = test.world.send(ApiRequest::new("GET", "/api/messages")).await;
        assert!(!list.body.to_string().contains(&NEW_POST.to_string()), "{choices:?}");
        choices
    })
    .await;
}

#[tokio::test]
async fn two_edits_of_one_version_have_one_winner() {
    let template = Template::create().await;
    let orders = for_every_order(async |choices| {
        let test = TwoRequests::prepare(&template).await;
        let edit = |text: &str| {
            let request = ApiRequest::new("PATCH", &format!("/api/messages/{ANNS_MESSAGE}"));
            request.by(&test.world.ann).with("if-match", "\"1\"").json(&json!({ "body": text }))
        };
        let (replies, choices) = test.send([edit("first"), edit("second")], choices).await;
        let [winner, loser] = if replies[0].status == 200 { [0, 1] } else { [1, 0] };
        assert_eq!([replies[winner].status, replies[loser].status], [200, 412], "{choices:?}: {replies:?}");
        let list = test.world.send(ApiRequest::new("GET", "/api/messages")).await;
        let messages = list.body["messages"].as_array().unwrap();
        assert!(messages.contains(&replies[winner].body), "{choices:?}: {messages:?}");
        assert_eq!(replies[loser].body["current"], replies[winner].body, "{choices:?}");
        choices
    })
    .await;
    assert!(orders >= 20, "{orders}");
}

#[tokio::test]
async fn two_changes_of_the_key_ring_are_both_applied() {
    let template = Template::create().await;
    let orders = for_every_order(async |choices| {
        let test = TwoRequests::prepare(&template).await;
        let engine = test.world.database.engine();
        let mut changes: Vec<BoxFuture<'static, Result<()>>> = Vec::new();
        for index in 0..2 {
            let state = test.world.start_process(test.order.client(&engine, index)).await;
            changes.push(Box::pin(async move {
                rotation::apply(&state.store, KeyRingChange::RemoveExpired, state.clock.now()).await
            }) as _);
        }
        let second = changes.pop().unwrap();
        let (results, choices) = test.order.run([changes.pop().unwrap(), second], choices).await;
        assert!(results.iter().all(Result::is_ok), "{choices:?}: {results:?}");
        let (public, private) = test.world.store.read_key_ring().await.unwrap().unwrap();
        assert_eq!((public.version, private.version), (3, 3), "{choices:?}");
        choices
    })
    .await;
    assert!(orders >= 20, "{orders}");
}

#[tokio::test]
async fn two_processes_rotate_the_keys_only_once() {
    let template = Template::create().await;
    let orders = for_every_order(async |choices| {
        let mut test = TwoRequests::prepare(&template).await;
        // Orders only the calls with the private half, because there are too many orders of all calls.
        test.order = CallOrder::new(|body| body.contains("ring#private"));
        let cookie = test.world.ann.cookie.clone();
        let refresh = || ApiRequest::new("POST", "/api/token").with("cookie", &cookie);
        let engine = test.world.database.engine();
        let mut requests: Vec<BoxFuture<'static, Reply>> = Vec::new();
        for index in 0..2 {
            let process = test.world.start_process(test.order.client(&engine, index)).await;
            requests.push(Box::pin(send(process, refresh())) as _);
        }
        expire_key(&test.world).await;
        let second = requests.pop().unwrap();
        let (replies, choices) = test.order.run([requests.pop().unwrap(), second], choices).await;
        assert!(replies.iter().all(|reply| reply.status == 200), "{choices:?}: {replies:?}");
        let (public, private) = test.world.store.read_key_ring().await.unwrap().unwrap();
        assert_eq!((public.version, private.version), (3, 3), "{choices:?}");
        choices
    })
    .await;
    assert!(orders >= 20, "{orders}");
}
