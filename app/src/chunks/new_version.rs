//! Finds out whether a newer build of the app has been deployed. The files of an old build are deleted some time after
//! that, so a page that has been open for long may ask for chunks that do not exist any more.

use leptos::prelude::document;

use crate::api::Request;
use crate::api::client::send;

/// Whether the server has another build of the app than this one. False if the server cannot be reached.
pub(super) async fn is_deployed() -> bool {
    // The name of the script contains a hash of the build.
    let script = document().get_element_by_id("glue").and_then(|link| link.get_attribute("href"));
    match (script, send(&Request::get("/"), None).await) {
        (Some(script), Ok(page)) => page.is_success() && !page.text.contains(&script),
        _ => false,
    }
}
