//! Serves the built site from a folder, as CloudFront does in AWS.

use std::io;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, LINK};
use http::{HeaderValue, StatusCode, Uri};
use tower_http::services::ServeDir;

use crate::local::preload;
use crate::web::content_security_policy;
use crate::web::error::Error;

/// The cache policy of files whose name contains a hash of their content.
const IMMUTABLE_CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// The cache policy of all other files: browsers revalidate them each time.
const REVALIDATE_CACHE_CONTROL: &str = "no-cache";

/// Serves the files of a folder, and `index.html` for each path that is a route of the app.
pub fn router(folder: &Path) -> Router {
    let files = ServeDir::new(folder).precompressed_br().append_index_html_on_directories(false);
    let preload: Arc<str> = preload::read_site_links(folder).into();
    Router::new().fallback(serve_file).with_state((files, preload))
}

/// Responds with a file. A path without a dot in its last segment is a route of the app.
async fn serve_file(State((files, preload)): State<(ServeDir, Arc<str>)>, mut request: Request) -> Response {
    let path = request.uri().path();
    if matches!(path.split('/').nth(1), Some("api" | ".well-known")) {
        return Error::NotFound.into_response();
    }
    let is_file = path.rsplit('/').next().is_some_and(|segment| segment.contains('.'));
    let cache_control =
        if is_file && has_content_hash(path) { IMMUTABLE_CACHE_CONTROL } else { REVALIDATE_CACHE_CONTROL };
    let link = if is_file { None } else { preload::link_header(&preload, path) };
    if !is_file {
        *request.uri_mut() = Uri::from_static("/index.html");
    }
    let mut response = read_file(files, request).await;
    // Errors keep the header `no-store`, because a missing file may exist later.
    let status = response.status();
    if status.is_success() || status == StatusCode::NOT_MODIFIED {
        let headers = response.headers_mut();
        headers
            .insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(content_security_policy::APP_POLICY));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache_control));
        if let Some(link) = link.filter(|_| status != StatusCode::PARTIAL_CONTENT) {
            headers.insert(LINK, link);
        }
    }
    response
}

async fn read_file(mut files: ServeDir, request: Request) -> Response {
    match files.try_call(request).await {
        Ok(response) if response.status() == StatusCode::NOT_FOUND => Error::NotFound.into_response(),
        Ok(response) => response.map(Body::new),
        Err(error) if means_not_found(&error) => Error::NotFound.into_response(),
        Err(error) => {
            // Most likely too many files are open.
            tracing::warn!(%error, "cannot read a file of the site");
            Error::Busy.into_response()
        }
    }
}

/// Returns whether an error means that no file can be served at this path: the path is too long, contains NUL,
/// continues after a file, or is forbidden.
fn means_not_found(error: &io::Error) -> bool {
    use io::ErrorKind::*;
    matches!(
        error.kind(),
        NotFound | PermissionDenied | NotADirectory | IsADirectory | InvalidInput | InvalidFilename
    )
}

/// Returns whether a file's name ends with a hash of its content, for example `app-0123456789abcdef_bg.wasm`.
///
/// The hash has 16 hexadecimal digits, but Trunk omits leading zeros. One in a million hashes has fewer than 12 digits;
/// browsers then revalidate the file.
///
/// `xtask/src/deploy/site_file.rs` has the same function, because xtask does not depend on the crates that it builds.
fn has_content_hash(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    let hash = stem.trim_end_matches("_bg").rsplit_once('-').map_or("", |(_, hash)| hash);
    (12..=16).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}
