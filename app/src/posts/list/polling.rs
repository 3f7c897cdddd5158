//! Refreshes a list regularly while its page is visible.

use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::posts::list::PostList;

/// The time between two refreshes.
const POLL_INTERVAL: Duration = Duration::from_secs(30);
/// Maximum number of times that consecutive failures double the interval: up to eight minutes.
const MAX_DOUBLINGS: u32 = 4;

#[derive(Clone, Copy)]
struct Polling {
    list: PostList,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// The number of failures since the last success.
    failures: StoredValue<u32>,
}

/// Refreshes a list now, after each interval, and when the browser goes online or the page becomes visible
/// again. Stops when the current owner is cleaned up.
pub fn start(list: PostList) {
    let polling = Polling { list, timer: StoredValue::new(None), failures: StoredValue::new(0) };
    let online = window_event_listener(ev::online, move |_| polling.refresh_if_useful());
    // Dispatched to the document, and bubbles to the window.
    let visible = window_event_listener_untyped("visibilitychange", move |_| polling.refresh_if_useful());
    on_cleanup(move || {
        polling.stop_timer();
        [online, visible].into_iter().for_each(|listener| listener.remove());
    });
    // In a separate task: the response may have arrived before the app started, and to draw it together with
    // the page would block the browser for longer.
    let first = if list.is_fresh { POLL_INTERVAL } else { Duration::ZERO };
    polling.start_timer(first, move || polling.refresh());
}

impl Polling {
    fn refresh(self) {
        self.stop_timer();
        self.list.refresh(Box::new(move |has_failed| self.schedule_next(has_failed)));
    }

    /// Does nothing while the page is hidden or the browser offline. An event starts the polling again.
    fn refresh_if_useful(self) {
        if !document().hidden() && window().navigator().on_line() {
            self.refresh();
        }
    }

    fn schedule_next(self, has_failed: bool) {
        let failures = self.failures.try_update_value(|failures| {
            *failures = if has_failed { *failures + 1 } else { 0 };
            *failures
        });
        let Some(failures) = failures else { return }; // the page has been left
        self.stop_timer();
        let interval = POLL_INTERVAL * (1 << failures.min(MAX_DOUBLINGS));
        self.start_timer(interval, move || self.refresh_if_useful());
    }

    fn start_timer(self, time: Duration, on_end: impl Fn() + 'static) {
        self.timer.set_value(set_timeout_with_handle(on_end, time).ok());
    }

    fn stop_timer(self) {
        if let Some(Some(timer)) = self.timer.try_update_value(Option::take) {
            timer.clear();
        }
    }
}
