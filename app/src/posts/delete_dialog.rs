//! The dialog that asks before something is removed.

use futures_util::FutureExt;
use leptos::html;
use leptos::prelude::*;
use shared::thing::Thing;
use web_sys::HtmlFormElement;

use crate::account::log_in::LogInAgain;
use crate::api::{self, Failure, Request};
use crate::draft;
use crate::element::{button, dynamic, focus_heading, handler};
use crate::feed::Feed;
use crate::form::check::{Check, Faults};
use crate::form::{Sending, Submit, Trouble};
use crate::text;

/// The dialog.
#[derive(Clone, Copy)]
pub(super) struct Removal {
    feed: Feed,
    dialog: NodeRef<html::Dialog>,
    thing: RwSignal<Option<Thing>>,
    check: Check,
}

impl Removal {
    pub(super) fn new(feed: Feed) -> Self {
        let (dialog, check) = (NodeRef::new(), Check::new());
        check.retry_when_online(dialog);
        Self { feed, dialog, thing: RwSignal::new(None), check }
    }

    /// Asks whether to remove this.
    pub(super) fn open(self, thing: Option<Thing>) {
        self.check.clear();
        self.thing.set(thing);
        _ = self.dialog.get_untracked().map(|dialog| dialog.show_modal());
    }

    fn close(self) {
        _ = self.dialog.get_untracked().map(|dialog| dialog.close());
    }

    async fn send(self) -> Result<(), Failure> {
        let Some(thing) = self.thing.get_untracked() else { return Ok(()) };
        let request = Request::delete(&self.feed.path_of(thing.id()));
        let said = match api::call::<()>(self.feed.session, request).await {
            Ok(()) => None,
            // Somebody was quicker; that is what was wanted, but not what one believes to have done.
            Err(failure) if failure.status() == Some(404) => Some(failure),
            Err(failure) => {
                // Nobody would see it in a dialog that was closed meanwhile.
                let dialog = self.dialog.try_get_untracked().flatten();
                _ = dialog.filter(|dialog| !dialog.open()).map(|dialog| dialog.show_modal());
                return Err(failure);
            }
        };
        draft::forget(self.feed.session.person().as_deref(), &self.feed.path_of(thing.id()));
        self.feed.forget(thing.id());
        // The page may be gone by now, and its signals with it.
        if !self.thing.is_disposed() {
            self.close();
            self.feed.said.set(said);
            focus_heading();
        }
        Ok(())
    }

    pub(super) fn draw(self) -> AnyView {
        let words = self.feed.kind.words();
        let send = move |_: &HtmlFormElement| -> Result<Sending, Faults> { Ok(self.send().boxed_local()) };
        let on_submit = handler(move |event| self.check.take(&event, &[], &send));
        let content = move || self.thing.get().map(|thing| self.feed.kind.content(&thing));
        view! {
            <dialog class="dialog dialog-danger" aria-labelledby="removal-heading" node_ref=self.dialog>
                <form class="form" novalidate on:submit=on_submit>
                    // The first to be read, and nothing that a hasty key could press.
                    <h2 id="removal-heading" tabindex="-1" autofocus>{words.remove}</h2>
                    <blockquote class="quote" tabindex="0">{dynamic(content)}</blockquote>
                    <Trouble check=self.check />
                    <div class="dialog-buttons">
                        {button("button", text::cancel(), move || self.close())}
                        <Submit label=text::delete() busy_label=text::deleting() check=self.check />
                    </div>
                </form>
                <LogInAgain check=self.check form="removal" />
            </dialog>
        }
        .into_any()
    }
}
