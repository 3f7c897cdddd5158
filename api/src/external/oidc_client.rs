//! What an outside issuer publishes: its discovery document, and from there its keys. Nothing large
//! is read, no redirect is followed, and nothing goes over a network in the clear.

use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use http::{Request, StatusCode, Uri};
use http_body_util::{BodyExt, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use jsonwebtoken::DecodingKey;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::config::url;
use crate::external::jwk::JwkSet;
use crate::web::error::Cause;

/// The largest document that is read, in bytes. Real ones have a tenth of it.
const MAX_DOCUMENT_BYTES: usize = 64 * 1024;

/// What we need of OpenID Connect Discovery 1.0, section 3.
#[derive(Deserialize)]
struct ProviderMetadata {
    issuer: String,
    jwks_uri: String,
}

/// Fetches the keys that verify RS256 signatures of this issuer, by `kid`.
///
/// # Errors
/// When a document can't be had, isn't what it should be, or has no key at all. Takes as long as the
/// issuer takes: whoever calls this sets the time.
pub(super) async fn fetch_keys(issuer: &str) -> Result<BTreeMap<String, DecodingKey>, Cause> {
    let client = client()?;
    // Section 4.1: a slash at the end goes.
    let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let discovery: ProviderMetadata = read(&client, &address).await?;
    if discovery.issuer != issuer {
        return Err("the discovery document is another issuer's".into());
    }
    let set: JwkSet = read(&client, &discovery.jwks_uri).await?;
    if set.keys.is_empty() {
        return Err("there is no key".into());
    }
    Ok(set.into_verifiers())
}

/// The same TLS that the AWS SDK brings, with the certificates of this machine. Used for two
/// requests and dropped: no connection outlives the freeze of a Lambda function.
fn client() -> Result<Client<HttpsConnector<HttpConnector>, Body>, Cause> {
    let connector = HttpsConnectorBuilder::new()
        .with_provider_and_native_roots(rustls::crypto::aws_lc_rs::default_provider())?
        .https_or_http()
        .enable_http1()
        .build();
    Ok(Client::builder(TokioExecutor::new()).build(connector))
}

async fn read<T: DeserializeOwned>(
    client: &Client<HttpsConnector<HttpConnector>, Body>,
    address: &str,
) -> Result<T, Cause> {
    let address: Uri = address.parse()?;
    if !url::is_https_or_loopback(&address) {
        return Err("an address is not https".into());
    }
    let request = Request::get(&address).header("accept", "application/json").body(Body::empty())?;
    let response = client.request(request).await?;
    if response.status() != StatusCode::OK {
        return Err(format!("{} answers {}", address.path(), response.status()).into());
    }
    let bytes: Bytes = Limited::new(response.into_body(), MAX_DOCUMENT_BYTES).collect().await?.to_bytes();
    Ok(serde_json::from_slice(&bytes)?)
}
