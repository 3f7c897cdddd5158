//! Asking whether there is news: every half a minute while somebody can see the page, at once when
//! they come back to it or to the network, and more and more rarely while it fails.

use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::feed::Feed;

/// Seconds between two questions.
const EVERY: u64 = 30;
/// How often that doubles, at most: up to eight minutes.
const DOUBLINGS: u32 = 4;

#[derive(Clone, Copy)]
struct Poll {
    feed: Feed,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// How often it has failed since it last succeeded.
    failed: StoredValue<u32>,
}

/// Keeps a list fresh until its page goes. Begins by asking.
pub(super) fn keep_fresh(feed: Feed) {
    let poll = Poll { feed, timer: StoredValue::new(None), failed: StoredValue::new(0) };
    let back = move || {
        if is_of_use() {
            poll.ask();
        }
    };
    let online = window_event_listener(ev::online, move |_| back());
    // Told to the document, and bubbles.
    let shown = window_event_listener_untyped("visibilitychange", move |_| back());
    on_cleanup(move || {
        poll.stop();
        [online, shown].into_iter().for_each(|listener| listener.remove());
    });
    // In a task of its own: an early answer is there by now, and drawn at once it would make one long
    // task with the page around it.
    poll.ask_in(Duration::ZERO);
}

impl Poll {
    fn ask_in(self, time: Duration) {
        self.timer.set_value(set_timeout_with_handle(move || self.ask(), time).ok());
    }

    fn ask(self) {
        self.stop();
        self.feed.refresh(Box::new(move |failed| self.wait(failed)));
    }

    fn wait(self, failed: bool) {
        let failed = self.failed.try_update_value(|before| {
            *before = if failed { *before + 1 } else { 0 };
            *before
        });
        let Some(failed) = failed else { return }; // the page is gone
        let wait = Duration::from_secs(EVERY << failed.min(DOUBLINGS));
        let ask = move || {
            if is_of_use() {
                self.ask();
            }
        };
        self.stop();
        self.timer.set_value(set_timeout_with_handle(ask, wait).ok());
    }

    fn stop(self) {
        if let Some(Some(timer)) = self.timer.try_update_value(Option::take) {
            timer.clear();
        }
    }
}

/// Whether there is any use in asking. Else nobody sees it, or nothing can come: it is asked when that changes.
fn is_of_use() -> bool {
    !document().hidden() && window().navigator().on_line()
}
