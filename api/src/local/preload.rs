//! The `Link` header with which the browser requests the first data of a page as soon as it has the headers of the page.
//!
//! `app/start.js` sends the same request, and the browser answers it with the preloaded response. In AWS, the function
//! `PreloadFunction` of `deploy/template.yaml` adds the header.

use http::HeaderValue;
use shared::users::Username;

/// Returns the header for the page at this path, or `None` if the page starts with no request. The routes are those of
/// `ROUTES` in `app/start.js`.
pub fn link_header(path: &str) -> Option<HeaderValue> {
    let list = match path.strip_suffix('/').unwrap_or(path) {
        "" => "/api/messages".to_owned(),
        "/wishes" => "/api/wishes".to_owned(),
        page => {
            let segment = page.strip_prefix("/u/")?;
            let username = Username::parse(segment).ok()?;
            // Rejects a segment with white space around the username, which `parse` removes.
            if !username.as_str().eq_ignore_ascii_case(segment) {
                return None;
            }
            format!("/api/users/{}/wishes", username.as_str())
        }
    };
    HeaderValue::try_from(format!("<{list}>; rel=preload; as=fetch; crossorigin")).ok()
}
