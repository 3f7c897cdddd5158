//! The local server's connections: how many there are, how slow they may be, and how they end.
//!
//! One process may be a small host on the open Internet. A client that sends nothing, reads nothing,
//! or does so byte by byte must not block others.

mod socket;
mod write_timeout;

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::header::CONNECTION;
use http::{HeaderValue, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

use crate::auth::client_address::ClientAddress;
use crate::auth::trusted_proxy::TrustedProxies;
pub use crate::local::server::socket::listen;
use crate::local::server::write_timeout::WriteTimeout;
use crate::web::http_rules;

/// What a client may use of the server's connections and time. The time for a body is limited where
/// bodies are read, in [`extract`](crate::web::extract).
#[derive(Clone, Debug)]
pub struct ConnectionLimits {
    /// Maximum number of open connections; further ones wait to be accepted.
    pub max_connections: usize,
    /// Maximum time for a client to send the head of a request, and to begin the next request.
    pub head_timeout: Duration,
    /// Maximum time for a client to accept the next 10 KiB, or the rest, of a response.
    pub write_timeout: Duration,
    /// Maximum time for requests in progress after the signal to stop.
    pub shutdown_timeout: Duration,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            max_connections: 800,
            head_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(10),
            shutdown_timeout: Duration::from_secs(10),
        }
    }
}

/// Answers requests until `stop` is done, then finishes those in progress.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    proxies: TrustedProxies,
    stop: impl Future<Output = ()> + Send,
) {
    serve_with(ConnectionLimits::default(), listener, app, proxies, stop).await;
}

/// Does what [`serve`] does, with other limits.
pub async fn serve_with(
    limits: ConnectionLimits,
    listener: TcpListener,
    app: Router,
    proxies: TrustedProxies,
    stop: impl Future<Output = ()> + Send,
) {
    let proxies = Arc::new(proxies);
    socket::raise_file_limit(limits.max_connections);
    let slots = Arc::new(Semaphore::new(limits.max_connections));
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head_timeout);
    let mut stop = std::pin::pin!(stop);
    loop {
        let (slot, stream, peer) = tokio::select! {
            accepted = accept(&listener, &slots) => accepted,
            () = &mut stop => break,
        };
        let (app, proxies, slots) = (app.clone(), proxies.clone(), slots.clone());
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            let client = proxies.client(peer, request.headers());
            request.extensions_mut().insert(ClientAddress::from(client));
            request.extensions_mut().insert(http_rules::Direct);
            respond(app.clone(), slots.clone(), request)
        });
        let stream = TokioIo::new(WriteTimeout::new(stream, limits.write_timeout));
        let connection = graceful.watch(http.serve_connection(stream, service));
        tokio::spawn(async move {
            let _place = slot;
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection failed");
            }
        });
    }
    let _ = tokio::time::timeout(limits.shutdown_timeout, graceful.shutdown()).await;
}

/// Waits for a free place, and then for a connection that takes it.
async fn accept(listener: &TcpListener, slots: &Arc<Semaphore>) -> (impl Send + use<>, TcpStream, IpAddr) {
    let slot = slots.clone().acquire_owned().await;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (slot, stream, peer.ip()),
            Err(error) => {
                // Most likely too many files are open: other connections have to end first.
                tracing::warn!(%error, "can't accept a connection");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// Answers a request. While all places are taken, each connection ends after its response, so that
/// a client can't keep a place by sending request after request.
async fn respond(app: Router, slots: Arc<Semaphore>, request: Request<Body>) -> Result<Response, Infallible> {
    let mut response = app.oneshot(request).await?;
    if slots.available_permits() == 0 {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}
