//! How long notices stay on the screen.

use std::time::Duration;

use leptos::prelude::*;

use crate::notices::{Notice, Notices};

/// How long the result of an action is shown.
const DONE_DISPLAY_TIME: Duration = Duration::from_secs(10);

/// Removes the result of an action after [`DONE_DISPLAY_TIME`]. All other notices stay until the user dismisses them,
/// another notice replaces them, or an event such as a login clears them.
pub(super) fn clear_in_time(notices: Notices, notice: &Notice) {
    if let Notice::Done(_) = notice {
        let notice = notice.clone();
        set_timeout(move || notices.clear_notice(&notice), DONE_DISPLAY_TIME);
    }
}
