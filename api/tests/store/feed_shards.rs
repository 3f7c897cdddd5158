//! Feeds that are spread over shards.

use std::sync::Arc;
use std::time::Duration;

use api::local::dynamodb_engine::Engine;
use api::store::Store;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::RuntimeComponents;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use shared::messages::Message;
use tokio::sync::Barrier;

use crate::support::stored::{message_by, store_external_user, store_message};

const SHARDS: u32 = 8;

/// An engine that answers queries only when it has received one for each shard.
#[derive(Clone, Debug)]
struct AllShardsAtOnce {
    engine: Engine,
    queries: Arc<Barrier>,
}

impl HttpClient for AllShardsAtOnce {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for AllShardsAtOnce {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Self { engine, queries } = self.clone();
        let is_query = request.headers().get("x-amz-target").is_some_and(|target| target.ends_with(".Query"));
        HttpConnectorFuture::new(async move {
            if is_query {
                queries.wait().await;
            }
            engine.call(request).await
        })
    }
}

#[tokio::test]
async fn a_list_reads_all_shards_at_the_same_time() {
    let engine = Engine::in_memory().unwrap();
    let connector =
        AllShardsAtOnce { engine: engine.clone(), queries: Arc::new(Barrier::new(SHARDS as usize)) };
    let config = engine.client().config().to_builder().http_client(connector).build();
    let store = Store::new(Client::from_conf(config), "wishboard", SHARDS);
    store.create_tables().await.unwrap();
    store_external_user(&store, "ann", "Ann").await;
    for _ in 0..50 {
        store_message(&store, message_by("ann", "hello")).await;
    }
    let list = store.list_posts::<Message>(None, 20);
    let page =
        tokio::time::timeout(Duration::from_secs(60), list).await.expect("the queries wait for each other");
    assert_eq!(page.unwrap().posts.len(), 20);
}
