//! The `Link` header that makes the browser request the style sheet, `start.js` and the first data of a page as soon as
//! it has received the headers of the page.
//!
//! `app/start.js` sends the same request for the data, and the browser answers it with the preloaded response. In AWS,
//! the function `PreloadFunction` of `deploy/template.yaml` adds the header.

use std::fs;
use std::path::Path;

use http::HeaderValue;
use shared::users::Username;

/// The file in which `cargo xtask build` lists the files to preload, in the format of the header.
const PRELOAD_FILE: &str = "preload.txt";

/// Returns the part of the header that all pages of a site have. Empty if the site does not say what to preload.
pub fn read_site_links(site: &Path) -> String {
    fs::read_to_string(site.join(PRELOAD_FILE)).unwrap_or_default()
}

/// Returns the header for the page at this path, or `None` if there is nothing to preload.
pub fn link_header(site_links: &str, path: &str) -> Option<HeaderValue> {
    let list = list_path(path).map(|list| format!("<{list}>; rel=preload; as=fetch; crossorigin"));
    let links = [Some(site_links.to_owned()), list].into_iter().flatten().filter(|links| !links.is_empty());
    HeaderValue::try_from(links.collect::<Vec<_>>().join(", ")).ok().filter(|header| !header.is_empty())
}

/// Returns the API path of the list that a page starts with. `app/start.js` has the same rules.
fn list_path(path: &str) -> Option<String> {
    Some(match path.strip_suffix('/').unwrap_or(path) {
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
    })
}
