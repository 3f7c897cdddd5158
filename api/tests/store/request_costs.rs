//! What requests cost in DynamoDB, in its read and write units: the numbers that `deploy/README.md` reckons
//! with. An item of up to 4 KB is half a read unit, or one where the read must be consistent; up to 1 KB is
//! one write unit, in the table and in each index; a transaction costs double ("DynamoDB read and write
//! operations", Amazon DynamoDB Developer Guide).

use jiff::Timestamp;
use serde_json::{Value, json};
use shared::messages::Message;
use shared::users::PublicUser;
use uuid::Uuid;

use crate::support::PASSWORD;
use crate::support::lambda::{DynamoDbServer, GatewayRequest, LambdaFunction, SITE, Units};

struct Costs {
    tables: DynamoDbServer,
    lambda: LambdaFunction,
}

impl Costs {
    async fn start() -> Self {
        let tables = DynamoDbServer::start().await;
        let lambda = LambdaFunction::start(env!("CARGO_BIN_EXE_lambda"), &tables).await;
        lambda.invoke(GatewayRequest::new("GET", "/api/health").v2()).await.unwrap();
        Self { tables, lambda }
    }

    /// Adds a message without the API, whose rate limit would refuse so many.
    async fn store_message(&self, body: &Value) {
        let (id, now) = (Uuid::new_v4(), Timestamp::now());
        let message = Message {
            id: id.to_string(),
            author: PublicUser { username: "ann".to_owned(), name: "Ann".to_owned() },
            body: body.as_str().unwrap().to_owned(),
            created_at: now.into(),
            edited_at: None,
            version: 1,
        };
        self.tables.store.create_post(id, message, String::new(), now).await.unwrap();
    }

    /// The answer, and what it cost.
    async fn of(&self, request: &GatewayRequest) -> (Value, Units) {
        self.tables.units();
        let answer = self.lambda.invoke(request.v2()).await.unwrap();
        assert!(answer["statusCode"].as_u64().unwrap() < 300, "{answer}");
        let body = serde_json::from_str(answer["body"].as_str().unwrap_or_default()).unwrap_or_default();
        (body, self.tables.units())
    }
}

fn units(read: f64, write: f64) -> Units {
    Units { read, write }
}

#[tokio::test]
async fn every_request_costs_what_the_guide_says() {
    let costs = Costs::start().await;
    let ann = json!({"username": "ann", "password": PASSWORD, "name": "Ann"});
    let (_, signed_up) =
        costs.of(&GatewayRequest::new("POST", "/api/signup").json(&ann).with("origin", SITE)).await;
    assert_eq!(signed_up, units(1.0, 6.0));

    let login = json!({"username": "ann", "password": PASSWORD});
    let (body, token_response) =
        costs.of(&GatewayRequest::new("POST", "/api/login").json(&login).with("origin", SITE)).await;
    assert_eq!(token_response, units(2.0, 9.0));

    let again = GatewayRequest::new("POST", "/api/login").json(&login).with("origin", SITE);
    let cookie = costs.lambda.invoke(again.v2()).await.unwrap()["cookies"][0].clone();
    let mut anew = GatewayRequest::new("POST", "/api/token").with("origin", SITE);
    anew.cookie = Some(cookie.as_str().unwrap().split(';').next().unwrap().to_owned());
    let (_, renewed) = costs.of(&anew).await;
    assert_eq!(renewed, units(3.0, 0.0), "two more writes, in the table and an index, every ten minutes");

    let bearer = format!("Bearer {}", body["token"].as_str().unwrap());
    let as_ann = |method, path: &str| GatewayRequest::new(method, path).with("authorization", &bearer);
    let (_, who) = costs.of(&as_ann("GET", "/api/me")).await;
    assert_eq!(who, units(2.0, 0.0), "the session and the user, consistently");

    let text = json!({"body": "a message as long as people write them. ".repeat(4)});
    let (message, posted) = costs.of(&as_ann("POST", "/api/messages").json(&text)).await;
    assert_eq!(posted, units(2.0, 4.0), "the table, two indexes and the rate limit");

    let path = format!("/api/messages/{}", message["id"].as_str().unwrap());
    let (_, edited) = costs.of(&as_ann("PATCH", &path).json(&text).with("if-match", "\"1\"")).await;
    assert_eq!(edited, units(3.0, 4.0));
    let (_, deleted) = costs.of(&as_ann("DELETE", &path)).await;
    assert_eq!(deleted, units(3.0, 4.0), "the marker moves to another place in an index");

    let mut lists = Vec::new();
    for _ in 0..4 {
        for _ in 0..30 {
            costs.store_message(&text["body"]).await;
        }
        lists.push(costs.of(&GatewayRequest::new("GET", "/api/messages")).await.1);
    }
    assert_eq!(lists, [units(2.0, 0.0); 4], "however many there are, with the name of their one author");
}

#[tokio::test]
async fn a_list_costs_half_a_read_unit_more_for_each_author() {
    let costs = Costs::start().await;
    for number in 0..20 {
        let user = json!({"username": format!("user{number}"), "password": PASSWORD, "name": "Name"});
        let sign_up = GatewayRequest::new("POST", "/api/signup").json(&user).with("origin", SITE);
        let (body, _) = costs.of(&sign_up).await;
        let bearer = format!("Bearer {}", body["token"].as_str().unwrap());
        let message = json!({"body": "a message as long as people write them. ".repeat(4)});
        costs
            .of(&GatewayRequest::new("POST", "/api/messages").json(&message).with("authorization", &bearer))
            .await;
    }
    assert_eq!(costs.of(&GatewayRequest::new("GET", "/api/messages")).await.1, units(1.5 + 20.0 * 0.5, 0.0));
}
