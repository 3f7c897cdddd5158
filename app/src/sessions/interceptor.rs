//! Sends requests to the API with the access token of the logged-in user. After a 401, refreshes the token and retries
//! the request once.
//!
//! A request of a guest has no token and never causes a refresh. No request is retried with the token of another user.
//! Concurrent requests share one refresh.

use std::cell::RefCell;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use serde::de::DeserializeOwned;

use crate::api::client::send;
use crate::api::response::Response;
use crate::api::{Error, Request};
use crate::sessions::auth_requests;
use crate::sessions::credentials::Credentials;
use crate::sessions::state::Session;

/// Sends a request and parses the response.
///
/// # Errors
/// Returns any [`Error`], including `SessionExpired` and `UserChanged`.
pub async fn call<T: DeserializeOwned>(session: Session, request: Request) -> Result<T, Error> {
    send_with_refresh(session, request).await?.parse()
}

/// Sends a request and returns the response without parsing it, if its status is 2xx.
///
/// # Errors
/// Returns the same errors as [`call`].
pub async fn call_raw(session: Session, request: Request) -> Result<Response, Error> {
    let response = send_with_refresh(session, request).await?;
    if response.is_success() { Ok(response) } else { Err(response.error()) }
}

async fn send_with_refresh(session: Session, request: Request) -> Result<Response, Error> {
    let credentials = session.credentials();
    let response = send(&request, credentials.as_ref().map(|current| &current.token)).await?;
    let Some(expired) = credentials.filter(|_| response.status == 401) else {
        return Ok(response);
    };
    let refreshed = refreshed_credentials(session, &expired).await?;
    let response = send(&request, Some(&refreshed.token)).await?;
    if response.status == 401 {
        session.on_expired(&refreshed);
        return Err(Error::SessionExpired);
    }
    Ok(response)
}

/// Returns the credentials of the same user that have replaced `expired`. Refreshes the token if necessary.
async fn refreshed_credentials(session: Session, expired: &Credentials) -> Result<Credentials, Error> {
    if session.is_current(expired) {
        shared_refresh(session, expired).await?;
    }
    match session.credentials() {
        Some(current) if current.is_same_user(expired) => Ok(current),
        Some(_) => Err(Error::UserChanged),
        None => Err(Error::SessionExpired),
    }
}

type Refresh = Shared<LocalBoxFuture<'static, Result<(), Error>>>;

thread_local! {
    /// The refresh whose response has not arrived yet.
    static PENDING_REFRESH: RefCell<Option<Refresh>> = const { RefCell::new(None) };
}

fn shared_refresh(session: Session, expired: &Credentials) -> Refresh {
    let expired = expired.clone();
    PENDING_REFRESH.with_borrow_mut(|pending| {
        pending.get_or_insert_with(|| refresh(session, expired).boxed_local().shared()).clone()
    })
}

async fn refresh(session: Session, expired: Credentials) -> Result<(), Error> {
    let result = auth_requests::refresh().await;
    PENDING_REFRESH.take();
    match result {
        Ok(refreshed) => session.on_refreshed(&expired, refreshed),
        Err(error) if error.status() == Some(401) => session.on_expired(&expired),
        Err(error) => return Err(error),
    }
    Ok(())
}
