//! Saves the scroll position in the history entry of each page, and restores it. Positions are in CSS pixels.

use leptos::prelude::*;
use web_sys::ScrollRestoration;

/// Maximum number of animation frames to wait until the page is long enough: about three seconds at 60 frames per
/// second.
const MAX_FRAMES: u32 = 180;

/// Restores the position after a reload. Disables the browser's own restoration, because the browser would scroll
/// before the page has its content.
pub(super) fn restore_after_page_load() {
    if let Ok(history) = window().history() {
        _ = history.set_scroll_restoration(ScrollRestoration::Manual);
    }
    scroll_when_long_enough(saved(), MAX_FRAMES);
}

/// Scrolls to the top, and to the position as soon as the page is long enough.
pub(super) fn restore(position: f64) {
    window().scroll_to_with_x_and_y(0.0, 0.0);
    scroll_when_long_enough(position, MAX_FRAMES);
}

/// Saves the current position in the current history entry.
pub(super) fn save_current() {
    save(current());
}

/// Saves a position in the current history entry. It survives a reload.
pub(super) fn save(position: f64) {
    if let Ok(history) = window().history() {
        _ = history.replace_state_with_url(&position.into(), "", None);
    }
}

/// Returns the position in the current history entry, or 0 if it has none.
pub(super) fn saved() -> f64 {
    let state = window().history().and_then(|history| history.state());
    state.ok().and_then(|state| state.as_f64()).unwrap_or(0.0)
}

fn current() -> f64 {
    window().scroll_y().unwrap_or(0.0)
}

/// Tries to scroll once per frame. Stops if the user scrolls. After the last frame, scrolls as far as possible.
fn scroll_when_long_enough(position: f64, frames_left: u32) {
    let Some(root) = document().document_element() else { return };
    let max_position = f64::from(root.scroll_height() - root.client_height());
    if current() > 0.0 || position == 0.0 {
        return;
    }
    if max_position >= position || frames_left == 0 {
        window().scroll_to_with_x_and_y(0.0, position);
    } else {
        request_animation_frame(move || scroll_when_long_enough(position, frames_left - 1));
    }
}
