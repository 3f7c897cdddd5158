//! Refreshes a list at intervals while its page is visible.

use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::posts::list::PostList;

/// The time between two refreshes, if the last one has succeeded.
const POLL_INTERVAL: Duration = Duration::from_secs(30);
/// How many times consecutive failures can double the interval. The longest interval is eight minutes.
const MAX_DOUBLINGS: u32 = 4;

#[derive(Clone, Copy)]
struct Polling {
    list: PostList,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// The number of failures since the last successful refresh.
    failures: StoredValue<u32>,
}

/// Refreshes a list now, unless `start.js` has just loaded it. Then refreshes it after each interval, and when the
/// browser goes online or the page becomes visible again. Stops when the current owner is cleaned up.
pub fn start(list: PostList) {
    let polling = Polling { list, timer: StoredValue::new(None), failures: StoredValue::new(0) };
    let online = window_event_listener(ev::online, move |_| polling.refresh_if_useful());
    // The browser dispatches this event to the document, and it bubbles to the window.
    let visible = window_event_listener_untyped("visibilitychange", move |_| polling.refresh_if_useful());
    on_cleanup(move || {
        polling.stop_timer();
        [online, visible].into_iter().for_each(|listener| listener.remove());
    });
    // The first refresh runs in a separate task. The response may already have arrived, and drawing it together with
    // the page would block the browser for longer.
    let first = if list.is_loaded_by_start_script { POLL_INTERVAL } else { Duration::ZERO };
    polling.start_timer(first, move || polling.refresh());
}

impl Polling {
    fn refresh(self) {
        self.stop_timer();
        self.list.refresh(Box::new(move |has_failed| self.schedule_next(has_failed)));
    }

    /// Does nothing while the page is hidden. An event restarts the polling later. Does not check
    /// `navigator.onLine`, because it is wrong in some browsers and networks.
    fn refresh_if_useful(self) {
        if !document().hidden() {
            self.refresh();
        }
    }

    fn schedule_next(self, has_failed: bool) {
        let failures = self.failures.try_update_value(|failures| {
            *failures = if has_failed { *failures + 1 } else { 0 };
            *failures
        });
        let Some(failures) = failures else { return }; // the user has left the page
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
