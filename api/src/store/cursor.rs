//! Cursors of pages: the sort key of a page's last item in base64url. Clients treat a cursor as opaque.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::web::error::{Error, Result};

/// Returns the cursor for the page after the item with this sort key.
pub(super) fn encode(sort_key: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(sort_key)
}

/// Returns the sort key in a cursor.
///
/// # Errors
/// `Invalid` if the cursor is malformed or `is_sort_key` rejects its content.
pub(super) fn decode(cursor: &str, is_sort_key: fn(&str) -> bool) -> Result<String> {
    let decoded = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded
        .filter(|sort_key| is_sort_key(sort_key))
        .ok_or_else(|| Error::invalid("before", "This must be the `next` of an earlier page."))
}
