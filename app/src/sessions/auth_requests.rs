//! The requests that start or end a session or refresh the access token. They do not use the interceptor.

use shared::sessions::TokenResponse;

use crate::api::client::send;
use crate::api::{Error, Request};
use crate::sessions::credentials::Credentials;

/// Sends a login or sign-up. The response sets the session cookie.
pub(super) async fn authenticate(request: Request) -> Result<Credentials, Error> {
    send(&request, None).await?.parse::<TokenResponse>().map(Credentials::from)
}

/// Exchanges the session cookie for a new access token.
pub(super) async fn refresh() -> Result<Credentials, Error> {
    authenticate(Request::post_empty("/api/token")).await
}

/// Ends the session of the session cookie and, if there are credentials, the session of the access token.
///
/// Only the API's own 204 means success. After any other response, for example of a proxy or of the login page of a
/// public network, the session may still exist.
pub(super) async fn log_out(credentials: Option<&Credentials>) -> Result<(), Error> {
    let request = Request::post_empty("/api/logout");
    let response = send(&request, credentials.map(|credentials| &credentials.token)).await?;
    if response.status == 204 { Ok(()) } else { Err(response.error()) }
}
