//! How long notices stay on the screen.

use std::time::Duration;

use crate::notices::notice::Notice;

/// How long the result of an action is shown.
const DONE_DISPLAY_TIME: Duration = Duration::from_secs(10);

/// How long a notice is shown. `None` for a notice that stays until the user dismisses it, another notice replaces it,
/// or an event such as a login clears it.
pub(super) fn display_time(notice: &Notice) -> Option<Duration> {
    matches!(notice, Notice::Done(_)).then_some(DONE_DISPLAY_TIME)
}
