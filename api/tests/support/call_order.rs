//! The order of the calls that two requests make to the database. A test runs the requests once for each order.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use api::local::dynamodb_engine::Engine;
use aws_sdk_dynamodb::Client;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use futures_util::future::BoxFuture;
use tokio::sync::{oneshot, watch};
use tokio::time::timeout;

/// Maximum time until a request makes its next call or ends, on a slow machine under load: 60 seconds.
const CALL_TIMEOUT: Duration = Duration::from_secs(60);

/// Lets the calls of two requests pass one by one.
#[derive(Clone)]
pub struct CallOrder {
    requests: Arc<watch::Sender<[RequestProgress; 2]>>,
    /// Returns whether a call with this body is ordered. All others pass at once.
    is_ordered: fn(&str) -> bool,
}

#[derive(Default)]
struct RequestProgress {
    has_begun: bool,
    has_ended: bool,
    waiting: VecDeque<oneshot::Sender<()>>,
    running: usize,
}

/// The choices between the next call of the first request (false) and that of the second one (true).
pub type Choices = Vec<bool>;

impl CallOrder {
    pub fn new(is_ordered: fn(&str) -> bool) -> Self {
        Self { requests: Arc::new(watch::Sender::default()), is_ordered }
    }

    /// Returns a client for the first or the second request.
    pub fn client(&self, engine: &Engine, request: usize) -> Client {
        let connector = OrderedConnector { engine: engine.clone(), order: self.clone(), request };
        let config = engine.clone().client().config().to_builder().http_client(connector);
        Client::from_conf(config.build())
    }

    /// Runs two requests. Makes these choices, and then always chooses the first request. Returns the results and all
    /// choices.
    pub async fn run<T: Send + 'static>(
        &self,
        requests: [BoxFuture<'static, T>; 2],
        choices: &[bool],
    ) -> ([T; 2], Choices) {
        let mut tasks = Vec::new();
        for (index, request) in requests.into_iter().enumerate() {
            self.requests.send_modify(|requests| requests[index].has_begun = true);
            let order = self.clone();
            tasks.push(tokio::spawn(async move {
                let result = request.await;
                order.requests.send_modify(|requests| requests[index].has_ended = true);
                result
            }));
        }
        let mut made = Choices::new();
        while let Some(ready) = self.wait_for_calls().await {
            let next = match ready[..] {
                [only] => only,
                _ => {
                    made.push(choices.get(made.len()).copied().unwrap_or_default());
                    usize::from(made[made.len() - 1])
                }
            };
            self.release(next);
        }
        let second = tasks.pop().unwrap().await.unwrap();
        ([tasks.pop().unwrap().await.unwrap(), second], made)
    }

    /// Waits until each request waits for its next call or has ended. Returns the requests that wait, or `None` if both
    /// have ended.
    async fn wait_for_calls(&self) -> Option<Vec<usize>> {
        let is_settled = |request: &RequestProgress| {
            request.running == 0 && (request.has_ended || !request.waiting.is_empty())
        };
        let mut requests = self.requests.subscribe();
        let settled = timeout(CALL_TIMEOUT, requests.wait_for(|requests| requests.iter().all(is_settled)));
        let settled = settled.await.expect("a request neither makes a call nor ends").unwrap();
        let ready: Vec<usize> = (0..2).filter(|index| !settled[*index].waiting.is_empty()).collect();
        (!ready.is_empty()).then_some(ready)
    }

    fn release(&self, request: usize) {
        self.requests.send_modify(|requests| {
            let request = &mut requests[request];
            request.running += 1;
            request.waiting.pop_front().unwrap().send(()).unwrap();
        });
    }
}

/// Runs a test for every order of the calls: the test runs two requests with the given choices, checks the result, and
/// returns all choices. Returns the number of orders.
pub async fn for_every_order(test: impl AsyncFn(&Choices) -> Choices) -> usize {
    let mut choices = Choices::new();
    for count in 1.. {
        choices = test(&choices).await;
        while choices.last() == Some(&true) {
            choices.pop();
        }
        match choices.last_mut() {
            Some(last) => *last = true,
            None => return count,
        }
    }
    unreachable!("the number of orders is finite")
}

#[derive(Clone)]
struct OrderedConnector {
    engine: Engine,
    order: CallOrder,
    request: usize,
}

impl HttpConnector for OrderedConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Self { engine, order, request: index } = self.clone();
        let body = String::from_utf8_lossy(request.body().bytes().unwrap_or_default()).into_owned();
        if !order.requests.borrow()[index].has_begun || !(order.is_ordered)(&body) {
            return engine.call(request);
        }
        HttpConnectorFuture::new(async move {
            let (sender, released) = oneshot::channel();
            order.requests.send_modify(|requests| requests[index].waiting.push_back(sender));
            released.await.unwrap();
            let response = engine.call(request).await;
            order.requests.send_modify(|requests| requests[index].running -= 1);
            response
        })
    }
}

impl HttpClient for OrderedConnector {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl std::fmt::Debug for OrderedConnector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OrderedConnector")
    }
}
