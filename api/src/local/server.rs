//! The HTTP server of the local server, with limits on connections and on slow clients.
//!
//! It may run on a small host on the Internet. A client that sends or reads slowly, or not at all, must not block other
//! clients.

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
use crate::web::http1_validation;

/// Limits on connections and on slow clients. [`request_body`](crate::web::request_body) limits the time for a request's body.
#[derive(Clone, Debug)]
pub struct ConnectionLimits {
    /// Maximum number of open connections. A further one waits until another one closes.
    pub max_connections: usize,
    /// Maximum time until a client has sent the head of a request. Also limits the time between two requests.
    pub head_timeout: Duration,
    /// Maximum time until a client has accepted the next 10 KiB, or the rest, of a response.
    pub write_timeout: Duration,
    /// Maximum time that unfinished requests get after the signal to stop.
    pub shutdown_timeout: Duration,
}

/// Delay after an error before the next attempt to accept a connection: 100 milliseconds.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(100);

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

/// Serves requests until the future `stop` completes, and then finishes the running requests.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    proxies: TrustedProxies,
    stop: impl Future<Output = ()> + Send,
) {
    serve_with_limits(ConnectionLimits::default(), listener, app, proxies, stop).await;
}

/// As [`serve`], with these limits.
pub async fn serve_with_limits(
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
            respond(app.clone(), slots.clone(), add_extensions(request, peer, &proxies))
        });
        let stream = TokioIo::new(WriteTimeout::new(stream, limits.write_timeout));
        let connection = graceful.watch(http.serve_connection(stream, service));
        tokio::spawn(async move {
            let _slot = slot;
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection has failed");
            }
        });
    }
    let _ = tokio::time::timeout(limits.shutdown_timeout, graceful.shutdown()).await;
}

/// Waits for a free slot, and then for a connection.
async fn accept(listener: &TcpListener, slots: &Arc<Semaphore>) -> (impl Send + use<>, TcpStream, IpAddr) {
    let slot = slots.clone().acquire_owned().await;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (slot, stream, peer.ip()),
            Err(error) => {
                // Most likely too many files are open, so other connections must end first.
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(ACCEPT_RETRY_DELAY).await;
            }
        }
    }
}

/// Adds two extensions to a request: the client's address, and the marker that enables the HTTP/1.1 validation.
fn add_extensions(request: Request<Incoming>, peer: IpAddr, proxies: &TrustedProxies) -> Request<Body> {
    let mut request = request.map(Body::new);
    let client = proxies.client(peer, request.headers());
    request.extensions_mut().insert(ClientAddress::from(client));
    request.extensions_mut().insert(http1_validation::FromConnection);
    request
}

/// Responds to a request. While no slot is free, each connection closes after its response, so that no client keeps a
/// slot by sending request after request.
async fn respond(app: Router, slots: Arc<Semaphore>, request: Request<Body>) -> Result<Response, Infallible> {
    let mut response = app.oneshot(request).await?;
    if slots.available_permits() == 0 {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}
