//! How long the client waits for a response.

use std::time::Duration;

use gloo_net::http::RequestBuilder;

use crate::browser::timeout_signal;

/// How long the client waits for a response. `app/start.js` uses the same timeout; a test compares the two.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(15);

/// Aborts the request if there is no response in time.
pub(super) fn with_timeout(builder: RequestBuilder) -> RequestBuilder {
    builder.abort_signal(timeout_signal(REQUEST_TIMEOUT).as_ref())
}
