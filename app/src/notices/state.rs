//! The state of the notices: which one the page shows.

use leptos::prelude::*;

use crate::notices::display_time::display_time;
use crate::notices::notice::Notice;

/// The notice that the page shows, if any. There is one for the whole app, in the Leptos context.
#[derive(Clone, Copy)]
pub struct Notices(RwSignal<Option<Notice>>);

impl Notices {
    /// Puts the notices into the context. `App` calls this once.
    pub fn provide() -> Self {
        let notices = Self(RwSignal::new(None));
        provide_context(notices);
        notices
    }

    /// The notices from the context.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The notice to show. Tracks changes.
    pub fn shown(self) -> Option<Notice> {
        self.0.get()
    }

    /// Shows a notice. It replaces the current one.
    pub fn show(self, notice: Notice) {
        if let Some(duration) = display_time(&notice) {
            let notice = notice.clone();
            set_timeout(move || self.clear_notice(&notice), duration);
        }
        self.0.set(Some(notice));
    }

    /// Shows the result of the user's last action.
    pub fn show_done(self, text: &'static str) {
        self.show(Notice::Done(text));
    }

    /// Removes this notice, if it is the current one.
    pub fn clear_notice(self, notice: &Notice) {
        if self.0.with_untracked(|shown| shown.as_ref() == Some(notice)) {
            self.clear();
        }
    }

    /// Removes the current notice.
    pub fn clear(self) {
        self.0.set(None);
    }
}
