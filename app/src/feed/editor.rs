//! The dialog to write something new in, or to change what is there.
//!
//! Nothing typed is lost: the text stays when the dialog is closed, and whatever goes wrong. Only
//! what was sent leaves it.

use futures_util::FutureExt;
use leptos::html;
use leptos::prelude::*;
use shared::problem::{self, Problem};
use shared::thing::Thing;
use web_sys::{Element, HtmlFormElement};

use crate::api::{self, Failure, Request};
use crate::element::{button, dynamic, handler};
use crate::feed::Feed;
use crate::form::check::Check;
use crate::form::{self, Submit, Trouble};
use crate::text;

/// The dialog.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    feed: Feed,
    /// Makes ids unique: `new` or `edit`.
    name: &'static str,
    dialog: NodeRef<html::Dialog>,
    /// What is edited, as it was when the edit began.
    base: RwSignal<Option<Thing>>,
    /// What somebody else, or the same person elsewhere, has made of it meanwhile.
    theirs: RwSignal<Option<Thing>>,
    key: StoredValue<Key>,
    check: Check,
}

/// The idempotency key of what is being written: whatever becomes of the answers, it is made once.
#[derive(Default)]
struct Key {
    key: Option<String>,
    /// What the server will not take under this key: it has made something of it that was changed
    /// or removed since.
    refused: Option<String>,
}

impl Key {
    /// The key to send this with.
    fn of(&mut self, json: &str) -> String {
        if self.refused.as_deref().is_some_and(|refused| refused != json) {
            *self = Self::default();
        }
        self.key.get_or_insert_with(random_uuid).clone()
    }
}

impl Editor {
    pub(super) fn new(feed: Feed, name: &'static str) -> Self {
        Self {
            feed,
            name,
            dialog: NodeRef::new(),
            base: RwSignal::new(None),
            theirs: RwSignal::new(None),
            key: StoredValue::new(Key::default()),
            check: Check::new(),
        }
    }

    /// Opens the dialog: for something new, or to change a thing.
    pub(super) fn open(self, thing: Option<Thing>) {
        let same =
            self.base.with_untracked(|base| base.as_ref().map(Thing::id) == thing.as_ref().map(Thing::id));
        let Some(dialog) = self.dialog.get_untracked() else { return };
        if !same && let Some(thing) = thing {
            self.fill(&dialog, &self.feed.kind.values(&thing));
            self.begin(Some(thing));
        }
        _ = dialog.show_modal();
    }

    fn begin(self, base: Option<Thing>) {
        self.base.set(base);
        self.theirs.set(None);
        self.check.clear();
        self.key.set_value(Key::default());
    }

    fn fill(self, within: &Element, values: &[String]) {
        for (at, field) in self.feed.kind.fields().iter().enumerate() {
            form::fill(within, field, values.get(at).map_or("", String::as_str));
        }
    }

    fn close(self) {
        _ = self.dialog.get_untracked().map(|dialog| dialog.close());
    }

    async fn send(self, json: String) -> Result<(), Failure> {
        let request = match self.base.get_untracked() {
            Some(base) => self.feed.edit(&base, json.clone()),
            None => {
                let key = self.key.try_update_value(|key| key.of(&json)).unwrap_or_default();
                Request::create(self.feed.kind.path(), key, json.clone())
            }
        };
        let answer = api::call::<Thing>(self.feed.session, request).await;
        // The page may be gone by now, and its signals with it.
        let Some(dialog) = self.dialog.try_get_untracked().flatten() else { return Ok(()) };
        match answer {
            Ok(thing) => {
                self.feed.merge(thing);
                self.fill(&dialog, &[]);
                self.begin(None);
                self.close();
                Ok(())
            }
            Err(failure) => {
                self.learn(&failure, json);
                Err(failure)
            }
        }
    }

    fn learn(self, failure: &Failure, json: String) {
        if let Failure::Problem(Problem { kind: problem::Kind::KeyReused | problem::Kind::Gone, .. }) =
            failure
        {
            self.key.update_value(|key| key.refused = Some(json));
        }
        if let Some(base) = self.base.get_untracked()
            && let Some(current) = self.feed.learn(base.id(), failure)
        {
            // What is saved next is an edit of this; both texts are at hand.
            self.base.set(Some(current.clone()));
            self.theirs.set(Some(current));
        }
    }

    pub(super) fn draw(self) -> AnyView {
        let words = self.feed.kind.words();
        let (heading, label, busy_label) = match self.name {
            "edit" => (words.edit, text::save(), text::saving()),
            _ => (words.add, words.send, words.sending),
        };
        let heading_id = format!("{}-heading", self.name);
        let labelled_by = heading_id.clone();
        let kind = self.feed.kind;
        let send = move |form: &HtmlFormElement| kind.parse(form).map(|json| self.send(json).boxed_local());
        let on_submit = handler(move |event| self.check.take(&event, kind.fields(), &send));
        view! {
            <dialog class="dialog" aria-labelledby=labelled_by node_ref=self.dialog>
                <form class="form" novalidate on:submit=on_submit>
                    <h2 id=heading_id>{heading}</h2>
                    {self.feed.kind.inputs(self.name, self.check)}
                    <Trouble check=self.check />
                    {dynamic(move || self.theirs.get().map(|thing| self.draw_theirs(&thing)))}
                    <div class="dialog-buttons">
                        {button("button", text::cancel(), move || self.close())}
                        <Submit label busy_label busy=self.check.busy() check=self.check />
                    </div>
                </form>
            </dialog>
        }
        .into_any()
    }

    fn draw_theirs(self, thing: &Thing) -> AnyView {
        view! {
            <blockquote class="quote" tabindex="0">
                <h3>{text::as_it_is_now()}</h3>
                {self.feed.kind.content(thing)}
            </blockquote>
        }
        .into_any()
    }
}

fn random_uuid() -> String {
    window().crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default()
}
