//! The local server's connections: how many, how slow, and how they end.
//!
//! One process may be a small host on the open Internet: clients that send nothing, or little by
//! little, must not keep others out.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt;

use crate::client_address::ClientAddress;
use crate::trusted_proxy::TrustedProxies;

/// How many connections are open at once; the next ones wait. Fewer than the 1,024 files that a
/// process may open where nobody has said otherwise.
const CONNECTIONS: usize = 800;

/// How long a client may take to send the head of a request, and to begin another one.
const HEAD: Duration = Duration::from_secs(10);

/// How long requests that are under way may take after the signal to end.
const GRACE: Duration = Duration::from_secs(10);

/// Answers requests until `ended` is done, and then those that are under way.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    proxies: TrustedProxies,
    ended: impl Future<Output = ()> + Send,
) {
    let proxies = Arc::new(proxies);
    let free = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let mut ended = std::pin::pin!(ended);
    loop {
        let accepted = async {
            let place = free.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut ended => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of files, most likely: others have to end first.
                tracing::warn!(%error, "can't accept a connection");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let (app, proxies) = (app.clone(), proxies.clone());
        let answer = service_fn(move |request: http::Request<Incoming>| {
            let mut request = request.map(Body::new);
            let client = proxies.client(peer.ip(), request.headers());
            request.extensions_mut().insert(ClientAddress::from(client));
            app.clone().oneshot(request)
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), answer));
        tokio::spawn(async move {
            let _place = place;
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke off");
            }
        });
    }
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
}
