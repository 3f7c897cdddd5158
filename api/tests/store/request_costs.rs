//! The read and write units that requests consume in DynamoDB, on which the estimate in `deploy/README.md` is based.
//!
//! Reading an item of up to 4 KB costs half a unit, or one unit if the read is strongly consistent. Writing an item of
//! up to 1 KB costs one unit in the table and one in each index. A transaction costs twice as much ("DynamoDB read and
//! write operations", Amazon DynamoDB Developer Guide).

use serde_json::{Value, json};

use crate::support::PASSWORD;
use crate::support::dynamodb_server::{CapacityUnits, DynamoDbServer};
use crate::support::gateway::{GatewayRequest, GatewayResponse, Payload};
use crate::support::lambda::{API, LambdaFunction, SITE};
use crate::support::stored::{message_by, store_external_user, store_message};

struct MeteredApi {
    database: DynamoDbServer,
    lambda: LambdaFunction,
}

impl MeteredApi {
    /// Starts the API and waits until it has read the key ring.
    async fn start() -> Self {
        let database = DynamoDbServer::start().await;
        let lambda = LambdaFunction::start(API, &database).await;
        lambda.send(Payload::V2, &GatewayRequest::new("GET", "/api/health")).await;
        Self { database, lambda }
    }

    /// Sends a request. Returns the response and the units that it consumed.
    async fn send(&self, request: &GatewayRequest) -> (GatewayResponse, CapacityUnits) {
        self.database.take_consumed_units();
        let response = self.lambda.send(Payload::V2, request).await;
        assert!(response.status() < 300, "{response:?}");
        (response, self.database.take_consumed_units())
    }

    /// Returns the units that a request consumes.
    async fn cost(&self, request: &GatewayRequest) -> CapacityUnits {
        self.send(request).await.1
    }
}

fn units(read: f64, write: f64) -> CapacityUnits {
    CapacityUnits { read, write }
}

/// Returns a message of usual length.
fn message() -> Value {
    json!({"body": "a message of the usual length in words. ".repeat(4)})
}

#[tokio::test]
async fn account_requests_consume_the_estimated_units() {
    let api = MeteredApi::start().await;
    assert_eq!(api.cost(&GatewayRequest::sign_up("ann")).await, units(1.0, 6.0));
    let (login, cost) = api.send(&GatewayRequest::log_in("ann", PASSWORD)).await;
    assert_eq!(cost, units(2.0, 9.0));
    let refresh = GatewayRequest::new("POST", "/api/token").with("origin", SITE).with_cookie(login.cookie());
    let cost = api.cost(&refresh).await;
    assert_eq!(cost, units(3.0, 0.0), "every ten minutes, two more writes: in the table and in an index");
    let me = GatewayRequest::new("GET", "/api/me").with_token(&login.token());
    assert_eq!(api.cost(&me).await, units(2.0, 0.0), "consistent reads of the session and the user");
}

#[tokio::test]
async fn post_requests_consume_the_estimated_units() {
    let api = MeteredApi::start().await;
    let token = api.send(&GatewayRequest::sign_up("ann")).await.0.token();
    let request = |method, path: &str| GatewayRequest::new(method, path).with_token(&token);
    let (created, cost) = api.send(&request("POST", "/api/messages").json(&message())).await;
    assert_eq!(
        cost,
        units(3.0, 4.0),
        "the session and twice the user; the table, two indexes and the rate limit"
    );

    let path = format!("/api/messages/{}", created.json()["id"].as_str().unwrap());
    let edit = request("PATCH", &path).json(&message()).with("if-match", "\"1\"");
    assert_eq!(api.cost(&edit).await, units(3.0, 4.0));
    let cost = api.cost(&request("DELETE", &path)).await;
    assert_eq!(cost, units(3.0, 4.0), "one in the table, one in the index `feed`, two in the index `owner`");
}

#[tokio::test]
async fn a_list_costs_the_same_for_any_number_of_posts() {
    let api = MeteredApi::start().await;
    store_external_user(&api.database.store, "ann", "Ann").await;
    for _ in 0..4 {
        for _ in 0..30 {
            store_message(&api.database.store, message_by("ann", message()["body"].as_str().unwrap())).await;
        }
        let cost = api.cost(&GatewayRequest::new("GET", "/api/messages")).await;
        assert_eq!(cost, units(2.0, 0.0), "the posts and the name of one author");
    }
}

#[tokio::test]
async fn each_author_of_a_list_costs_half_a_read_unit() {
    let api = MeteredApi::start().await;
    for number in 0..20 {
        let (store, username) = (&api.database.store, format!("user{number}"));
        store_external_user(store, &username, "Name").await;
        store_message(store, message_by(&username, message()["body"].as_str().unwrap())).await;
    }
    let cost = api.cost(&GatewayRequest::new("GET", "/api/messages")).await;
    assert_eq!(cost, units(1.5 + 20.0 * 0.5, 0.0));
}
