//! The dialog that asks before something is removed.

use leptos::html;
use leptos::prelude::*;
use shared::thing::Thing;
use web_sys::{HtmlFormElement, SubmitEvent};

use crate::api::{self, Request};
use crate::element::{button, dynamic, focus_heading, handler};
use crate::feed::Feed;
use crate::form::{self, Check, Faults, Submit, Trouble};
use crate::text;

/// The dialog.
#[derive(Clone, Copy)]
pub(super) struct Removal {
    feed: Feed,
    dialog: NodeRef<html::Dialog>,
    thing: RwSignal<Option<Thing>>,
    check: Check,
    busy: RwSignal<bool>,
}

impl Removal {
    pub(super) fn new(feed: Feed) -> Self {
        Self {
            feed,
            dialog: NodeRef::new(),
            thing: RwSignal::new(None),
            check: Check::new(),
            busy: RwSignal::new(false),
        }
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

    fn submit(self, event: &SubmitEvent) {
        let Some(form) = form::taken(event).filter(|_| !self.busy.get_untracked()) else { return };
        self.check.clear();
        if let Some(thing) = self.thing.get_untracked() {
            form::run(self.busy, self.send(form, thing));
        }
    }

    async fn send(self, form: HtmlFormElement, thing: Thing) {
        let request = Request::delete(&self.feed.path_of(thing.id()));
        let said = match api::call::<()>(self.feed.session, request).await {
            Ok(()) => None,
            // Somebody was quicker; that is what was wanted, but not what one believes to have done.
            Err(failure) if failure.status() == Some(404) => Some(failure),
            Err(failure) => return self.check.show(&form, Faults::from_failure(&failure, &[])),
        };
        self.close();
        self.feed.forget(thing.id());
        self.feed.said.set(said);
        focus_heading();
    }

    pub(super) fn draw(self) -> AnyView {
        let words = self.feed.kind.words();
        let on_submit = handler(move |event| self.submit(&event));
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
                        <Submit label=text::delete() busy_label=text::deleting() busy=self.busy />
                    </div>
                </form>
            </dialog>
        }
        .into_any()
    }
}
