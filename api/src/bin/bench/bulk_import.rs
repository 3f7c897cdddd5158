//! Collects the items that the store writes, so that they can be imported into the embedded engine in large batches.

use std::sync::{Arc, Mutex, PoisonError};

use api::local::dynamodb_engine::Engine;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::RuntimeComponents;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use dynoxide::Item;
use serde::Deserialize;

/// Answers each PutItem request with success, and keeps the item instead of storing it.
#[derive(Clone, Debug, Default)]
pub struct ItemCollector(Arc<Mutex<Vec<Item>>>);

/// The part of a PutItem request that the collector needs.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PutItem {
    item: Item,
}

impl ItemCollector {
    /// Returns an SDK client whose requests this collector answers. It has the configuration of the engine's clients.
    pub fn client(&self, engine: Engine) -> Client {
        let config = engine.client().config().to_builder().http_client(self.clone()).build();
        Client::from_conf(config)
    }

    /// Returns the items since the last call.
    pub fn take(&self) -> Vec<Item> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl HttpClient for ItemCollector {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for ItemCollector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let put = serde_json::from_slice::<PutItem>(request.body().bytes().unwrap_or_default());
        HttpConnectorFuture::ready(match put {
            Ok(put) => {
                self.0.lock().unwrap_or_else(PoisonError::into_inner).push(put.item);
                Ok(HttpResponse::new(http::StatusCode::OK.into(), SdkBody::from("{}")))
            }
            Err(error) => Err(ConnectorError::other(error.into(), None)),
        })
    }
}
