//! Sends requests and receives their responses.

use gloo_net::http::RequestBuilder;
use js_sys::Promise;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::RequestCredentials;

use crate::api::access_token::AccessToken;
use crate::api::early_fetch;
use crate::api::error::Error;
use crate::api::request::Request;
use crate::api::request_timeout::with_timeout;
use crate::api::response::Response;
use crate::browser;

/// Sends a request with the browser's cookies and, if given, an access token.
///
/// # Errors
/// Returns an error if there is no response.
pub async fn send(request: &Request, token: Option<&AccessToken>) -> Result<Response, Error> {
    let mut builder = with_timeout(RequestBuilder::new(&request.path).method(request.method.clone()));
    if let Some(token) = token {
        builder = token.authorize(builder);
    }
    if let Some((name, value)) = &request.header {
        builder = builder.header(name, value);
    }
    fetch(match &request.body {
        Some(json) => builder.header("Content-Type", "application/json").body(json),
        None => builder.build(),
    })
    .await
}

/// Loads public data. Uses the response to the early request of `start.js`, if there is one. Otherwise sends a request
/// without access token and cookies, so that CloudFront can cache the response. Returns the data and its entity tag, or
/// `None` if the data still has the entity tag `etag` (304).
///
/// # Errors
/// Returns any error except `SessionExpired`, `UserChanged` and `PostDeleted`.
pub async fn get_public<T: DeserializeOwned>(
    path: &str,
    etag: Option<String>,
) -> Result<Option<(T, String)>, Error> {
    let response = public_response(path, etag).await?;
    if response.status == 304 {
        return Ok(None);
    }
    let etag = response.etag.clone();
    response.parse().map(|data| Some((data, etag)))
}

async fn public_response(path: &str, etag: Option<String>) -> Result<Response, Error> {
    if let Some(promise) = early_fetch::take(path) {
        return receive(promise).await;
    }
    let mut builder = with_timeout(RequestBuilder::new(path)).credentials(RequestCredentials::Omit);
    if let Some(etag) = etag {
        builder = builder.header("If-None-Match", &etag);
    }
    fetch(builder.build()).await
}

async fn fetch(request: Result<gloo_net::http::Request, gloo_net::Error>) -> Result<Response, Error> {
    receive(browser::fetch(&request?.into())?).await
}

async fn receive(promise: Promise) -> Result<Response, Error> {
    let response = JsFuture::from(promise).await?;
    Response::receive(response.dyn_into::<web_sys::Response>()?.into()).await
}
