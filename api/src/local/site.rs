//! The built site, served by the local server as CloudFront serves it in AWS.

use std::io;
use std::path::Path;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use http::{HeaderValue, StatusCode, Uri};
use tower_http::services::ServeDir;

use crate::web::error::Error;
use crate::web::headers;

/// The files of a folder, and `index.html` for every path that names no file.
pub fn site(folder: &Path) -> Router {
    let files = ServeDir::new(folder).precompressed_br().append_index_html_on_directories(false);
    Router::new().fallback(serve_file).with_state(files)
}

/// Answers with a file. A path without a dot in its last segment is a route of the app.
async fn serve_file(State(files): State<ServeDir>, mut request: Request) -> Response {
    let path = request.uri().path();
    let is_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let is_immutable = is_file && is_hashed(path);
    if matches!(path.split('/').nth(1), Some("api" | ".well-known")) {
        return Error::NotFound.into_response();
    }
    if !is_file {
        *request.uri_mut() = Uri::from_static("/index.html");
    }
    let mut response = read_file(files, request).await;
    // A missing file may exist tomorrow.
    if !response.status().is_success() && response.status() != StatusCode::NOT_MODIFIED {
        return response;
    }
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(headers::PAGE_POLICY));
    // A file with the hash of its content in its name never changes.
    let cache = if is_immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

async fn read_file(mut files: ServeDir, request: Request) -> Response {
    match files.try_call(request).await {
        Ok(response) if response.status() == StatusCode::NOT_FOUND => Error::NotFound.into_response(),
        Ok(response) => response.map(Body::new),
        Err(error) if means_not_found(&error) => Error::NotFound.into_response(),
        Err(error) => {
            // Most likely too many files are open.
            tracing::warn!(%error, "a file of the site can't be read");
            Error::Busy.into_response()
        }
    }
}

/// Whether an error means that there is no file that may be served at this path: the path is too
/// long, has a NUL in it, leads through a file, or is forbidden.
fn means_not_found(error: &io::Error) -> bool {
    use io::ErrorKind::*;
    matches!(
        error.kind(),
        NotFound | PermissionDenied | NotADirectory | IsADirectory | InvalidInput | InvalidFilename
    )
}

/// Whether a file has the name that Trunk gives by its content: `app-0123456789abcdef_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let stem = path.rsplit('/').next().and_then(|file| file.split('.').next()).unwrap_or_default();
    let hash = stem.trim_end_matches("_bg").rsplit_once('-').map_or("", |(_, hash)| hash);
    hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}
