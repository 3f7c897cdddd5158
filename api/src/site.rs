//! The built site, served by the local server as CloudFront serves it in AWS.

use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use http::{HeaderValue, StatusCode, Uri};
use tower_http::services::ServeDir;

use crate::error::Error;
use crate::headers;

/// The files of a folder, and `index.html` for every path that names no file.
pub fn site(folder: &Path) -> Router {
    let files = ServeDir::new(folder).precompressed_br().append_index_html_on_directories(false);
    Router::new().fallback_service(files).layer(middleware::from_fn(rewrite))
}

/// The app has its own routes: a path without a dot in its last segment is one of them.
async fn rewrite(mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let is_hashed = is_hashed(path);
    if matches!(path.split('/').nth(1), Some("api" | ".well-known")) {
        return Error::NotFound.into_response();
    }
    if !is_file {
        *request.uri_mut() = Uri::from_static("/index.html");
    }
    let mut response = next.run(request).await;
    // What is not there now may be there tomorrow.
    if !response.status().is_success() && response.status() != StatusCode::NOT_MODIFIED {
        return response;
    }
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(headers::PAGE_POLICY));
    // What has the hash of its content in its name never changes.
    let fresh = if is_hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(fresh));
    response
}

/// Whether a file has the name that Trunk gives by its content: `app-0123456789abcdef_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let stem = path.rsplit('/').next().and_then(|file| file.split('.').next()).unwrap_or_default();
    let hash = stem.trim_end_matches("_bg").rsplit_once('-').map_or("", |(_, hash)| hash);
    hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}
