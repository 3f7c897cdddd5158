//! Client for the documents that the external identity provider publishes: OpenID Connect discovery, and the JWK Set.
//!
//! It reads at most 64 KiB per document, follows no redirects, and uses https only (or http to a loopback address).

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

/// Maximum size of a document in bytes. The documents of Auth0, Amazon Cognito and Keycloak are about a tenth of this
/// size.
const MAX_DOCUMENT_BYTES: usize = 64 * 1024;

/// The members of the discovery document that we need (OpenID Connect Discovery 1.0, section 3).
#[derive(Deserialize)]
struct ProviderMetadata {
    issuer: String,
    jwks_uri: String,
}

type HttpsClient = Client<HttpsConnector<HttpConnector>, Body>;

/// Fetches the keys that verify RS256 signatures of this issuer, by `kid`. Has no timeout: the caller must set one.
///
/// # Errors
/// If a document cannot be read, is malformed or belongs to another issuer, or if the JWK Set is empty.
pub(super) async fn fetch_keys(issuer: &str) -> Result<BTreeMap<String, DecodingKey>, Cause> {
    let client = new_client()?;
    // Without a trailing slash: OpenID Connect Discovery 1.0, section 4.1.
    let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let metadata: ProviderMetadata = get_json(&client, &address).await?;
    if metadata.issuer != issuer {
        return Err("the discovery document names another issuer".into());
    }
    let jwks: JwkSet = get_json(&client, &metadata.jwks_uri).await?;
    if jwks.keys.is_empty() {
        return Err("the JWK Set is empty".into());
    }
    Ok(jwks.into_verifiers())
}

/// Creates a client with the TLS library that the AWS SDK uses, and the root certificates of the operating system.
///
/// It is used for two requests and then dropped, because a frozen Lambda function cannot keep a connection alive.
fn new_client() -> Result<HttpsClient, Cause> {
    let connector = HttpsConnectorBuilder::new()
        .with_provider_and_native_roots(rustls::crypto::aws_lc_rs::default_provider())?
        .https_or_http()
        .enable_http1()
        .build();
    Ok(Client::builder(TokioExecutor::new()).build(connector))
}

async fn get_json<T: DeserializeOwned>(client: &HttpsClient, address: &str) -> Result<T, Cause> {
    let uri: Uri = address.parse()?;
    if !url::is_https_or_loopback(&uri) {
        return Err("the URL of a document is not https".into());
    }
    let request = Request::get(&uri).header("accept", "application/json").body(Body::empty())?;
    let response = client.request(request).await?;
    if response.status() != StatusCode::OK {
        return Err(format!("{} responded with {}", uri.path(), response.status()).into());
    }
    let bytes: Bytes = Limited::new(response.into_body(), MAX_DOCUMENT_BYTES).collect().await?.to_bytes();
    Ok(serde_json::from_slice(&bytes)?)
}
