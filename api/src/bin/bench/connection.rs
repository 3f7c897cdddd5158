//! One keep-alive connection to the local server.

use std::net::SocketAddr;

use axum::body::Body;
use http::header::HOST;
use http::{HeaderValue, Request, Response};
use http_body_util::BodyExt;
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::Result;

/// An open connection, which sends one request after the other.
pub struct Connection {
    sender: SendRequest<Body>,
    host: HeaderValue,
}

impl Connection {
    pub async fn open(addr: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(addr).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { sender, host: addr.to_string().parse()? })
    }

    /// Sends a request and returns the complete response.
    ///
    /// # Errors
    /// If the response is an error, or if the server does not respond.
    pub async fn send(&mut self, mut request: Request<Body>) -> Result<Response<Bytes>> {
        let what = format!("{} {}", request.method(), request.uri());
        request.headers_mut().insert(HOST, self.host.clone());
        self.sender.ready().await?;
        let (head, body) = self.sender.send_request(request).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        if head.status.is_client_error() || head.status.is_server_error() {
            return Err(format!("{what}: {} {}", head.status, String::from_utf8_lossy(&body)).into());
        }
        Ok(Response::from_parts(head, body))
    }
}
