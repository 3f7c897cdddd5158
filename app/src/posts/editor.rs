//! The dialog to write something new in, or to change what is there.
//!
//! Nothing typed is lost: the text stays when the dialog is closed, the page left or the login ended,
//! and whatever goes wrong. Only what was sent leaves it.

use futures_util::FutureExt;
use leptos::html;
use leptos::prelude::*;
use shared::problem::{self, Problem};
use shared::thing::Thing;
use web_sys::{Element, Event, HtmlFormElement};

use crate::account::log_in::LogInAgain;
use crate::api::{self, Failure, Request};
use crate::draft::{self, Draft};
use crate::element::{button, dynamic, handler};
use crate::feed::Feed;
use crate::form::check::Check;
use crate::form::{self, Sending, Submit, Trouble};
use crate::session::Notice;
use crate::text;

/// The dialog.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    feed: Feed,
    /// Makes ids unique: `new` or `edit`.
    name: &'static str,
    dialog: NodeRef<html::Dialog>,
    /// What is edited, as it was when the edit began; none: it will be something new.
    base: RwSignal<Option<Thing>>,
    /// What somebody else, or the same person elsewhere, has made of it meanwhile.
    theirs: RwSignal<Option<Thing>>,
    /// Whether what is in the dialog was typed some time ago.
    is_draft: RwSignal<bool>,
    /// Whether anything is kept of what was typed for something new.
    has_draft: RwSignal<bool>,
    writing: StoredValue<Writing>,
    check: Check,
}

/// What is being written.
#[derive(Clone, Default)]
struct Writing {
    /// By whom; none: the dialog was not opened yet.
    whose: Option<String>,
    /// Where it is kept until it is sent, and its idempotency key: whatever becomes of the answers,
    /// it is made once.
    draft: Draft,
    /// What the server will not take under this key: it has made something of it that was changed
    /// or removed since.
    refused: Option<String>,
}

impl Writing {
    /// The key to send this with.
    fn key_of(&mut self, json: &str) -> String {
        if self.refused.as_deref().is_some_and(|refused| refused != json) {
            (self.refused, self.draft.key) = (None, None);
        }
        self.draft.key.get_or_insert_with(random_uuid).clone()
    }
}

impl Editor {
    pub(super) fn new(feed: Feed, name: &'static str) -> Self {
        let dialog = NodeRef::new();
        let check = Check::new();
        check.retry_when_online(dialog);
        Self {
            feed,
            name,
            dialog,
            base: RwSignal::new(None),
            theirs: RwSignal::new(None),
            is_draft: RwSignal::new(false),
            has_draft: RwSignal::new(false),
            writing: StoredValue::default(),
            check,
        }
    }

    /// Opens the dialog: for something new, or to change a thing.
    pub(super) fn open(self, thing: Option<Thing>) {
        let Some(dialog) = self.dialog.get_untracked() else { return };
        let place = self.place(thing.as_ref());
        if self.writing.with_value(|writing| writing.whose.is_none() || writing.draft.place != place) {
            let whose = self.feed.session.person();
            let draft = draft::find(whose.as_deref(), &place);
            self.begin(&dialog, whose, thing, draft);
        }
        // Who can open it has logged in again.
        if untrack(|| self.check.needs_login()) {
            self.check.clear();
        }
        _ = dialog.show_modal();
    }

    /// Whether there is something half-written to go on with.
    pub(super) fn has_draft(self) -> bool {
        self.has_draft.track();
        draft::find(self.feed.session.person().as_deref(), self.feed.kind.path()).is_some()
    }

    /// What is written is known by this: one new thing of each kind, and one edit of each thing.
    fn place(self, thing: Option<&Thing>) -> String {
        match thing {
            Some(thing) => self.feed.path_of(thing.id()),
            None => self.feed.kind.path().to_owned(),
        }
    }

    fn begin(self, dialog: &Element, whose: Option<String>, base: Option<Thing>, kept: Option<Draft>) {
        self.is_draft.set(kept.is_some());
        let draft = kept.unwrap_or_else(|| Draft {
            place: self.place(base.as_ref()),
            fields: base.as_ref().map(|thing| self.feed.kind.values(thing)).unwrap_or_default(),
            key: None,
            version: base.as_ref().map(Thing::version).unwrap_or_default(),
        });
        for (at, field) in self.feed.kind.fields().iter().enumerate() {
            form::fill(dialog, field, draft.fields.get(at).map_or("", String::as_str));
        }
        self.writing.set_value(Writing { whose, draft, refused: None });
        self.base.set(base);
        self.theirs.set(None);
        self.check.clear();
    }

    /// Begins anew with what is there, or with nothing.
    fn discard(self) {
        let Some(dialog) = self.dialog.get_untracked() else { return };
        let Writing { whose, draft, .. } = self.writing.get_value();
        draft::forget(whose.as_deref(), &draft.place);
        self.has_draft.set(false);
        self.begin(&dialog, whose, self.base.get_untracked(), None);
        form::focus_in(dialog.into(), "[name]");
    }

    fn close(self) {
        _ = self.dialog.get_untracked().map(|dialog| dialog.close());
    }

    /// Keeps what is in the form, until it is as it was to begin with.
    fn keep(self, form: &HtmlFormElement) {
        let kind = self.feed.kind;
        let fields = form::values(form, kind.fields());
        let unchanged =
            self.base.with_untracked(|base| base.as_ref().is_some_and(|base| kind.values(base) == fields));
        self.writing.update_value(|writing| writing.draft.fields = fields);
        let Writing { whose, draft, .. } = self.writing.get_value();
        let is_empty = draft.fields.iter().all(String::is_empty);
        match unchanged {
            true => draft::forget(whose.as_deref(), &draft.place),
            false => _ = draft::keep(whose.as_deref(), draft),
        }
        if self.has_draft.get_untracked() == is_empty {
            self.has_draft.set(!is_empty);
        }
    }

    async fn send(self, form: HtmlFormElement, json: String) -> Result<(), Failure> {
        let kind = self.feed.kind;
        let key = self.writing.try_update_value(|writing| writing.key_of(&json)).unwrap_or_default();
        self.keep(&form); // now with its key
        let sent = self.writing.get_value();
        let base = self.base.get_untracked();
        let request = match &base {
            Some(base) => self.feed.edit(base.id(), sent.draft.version, json.clone()),
            None => Request::create(kind.path(), key, json.clone()),
        };
        let answer = api::call::<Thing>(self.feed.session, request).await;
        let answer = match answer {
            Ok(thing) => Ok(thing),
            Err(failure) => self.learn(base.as_ref(), failure, json),
        };
        match (answer, self.dialog.try_get_untracked().flatten()) {
            (Ok(thing), dialog) => {
                self.sent(&form, &sent, base.is_some(), thing, dialog);
                Ok(())
            }
            (Err(failure), Some(dialog)) => {
                // Nobody would see it in a dialog that was closed meanwhile.
                if !dialog.open() {
                    _ = dialog.show_modal();
                }
                Err(failure)
            }
            (Err(failure), None) => {
                self.feed.session.tell(Notice::Unsent);
                Err(failure)
            }
        }
    }

    /// It is there. What was typed on meanwhile stays.
    fn sent(
        self,
        form: &HtmlFormElement,
        sent: &Writing,
        is_edit: bool,
        thing: Thing,
        dialog: Option<web_sys::HtmlDialogElement>,
    ) {
        let whose = sent.whose.as_deref();
        let typed = form::values(form, self.feed.kind.fields());
        let typed_on = typed != sent.draft.fields;
        // There may be another by now, where the page was left and come back to.
        if draft::find(whose, &sent.draft.place).is_some_and(|kept| kept.fields == sent.draft.fields) {
            draft::forget(whose, &sent.draft.place);
        }
        match is_edit {
            true => self.feed.merge(thing.clone()),
            false => self.feed.made(thing.clone()),
        }
        let Some(dialog) = dialog else { return }; // the page is gone
        let base = is_edit.then_some(thing).filter(|_| typed_on);
        let fields = if typed_on { typed } else { Vec::new() };
        let place = self.place(base.as_ref());
        let version = base.as_ref().map(Thing::version).unwrap_or_default();
        self.begin(&dialog, sent.whose.clone(), base, Some(Draft { place, fields, key: None, version }));
        self.is_draft.set(false);
        match typed_on {
            true => {
                self.keep(form);
                self.check.tell(text::typed_on().to_owned());
            }
            false => {
                self.has_draft.set(false);
                self.writing.set_value(Writing::default());
                self.close();
            }
        }
    }

    /// What a failure tells about what is written: it may be saved already, or be gone.
    fn learn(self, base: Option<&Thing>, failure: Failure, json: String) -> Result<Thing, Failure> {
        if let Failure::Problem(Problem { kind: problem::Kind::KeyReused | problem::Kind::Gone, .. }) =
            failure
        {
            self.writing.try_update_value(|writing| writing.refused = Some(json));
            return Err(failure);
        }
        let Some(base) = base else { return Err(failure) };
        match self.feed.learn(base.id(), &failure) {
            // The answer to an earlier try was lost, or somebody meant the same.
            Some(current) if self.feed.kind.parse(&self.feed.kind.values(&current)) == Ok(json) => {
                Ok(current)
            }
            Some(current) => {
                // What is saved next is an edit of this; both texts are at hand.
                self.writing.try_update_value(|writing| writing.draft.version = current.version());
                _ = self.base.try_set(Some(current.clone()));
                _ = self.theirs.try_set(Some(current));
                Err(failure)
            }
            None if failure.status() == Some(404) => {
                // What is sent next is something new.
                _ = self.base.try_set(None);
                Err(Failure::Deleted)
            }
            None => Err(failure),
        }
    }

    pub(super) fn draw(self) -> AnyView {
        let words = self.feed.kind.words();
        let (heading, busy_label) = match self.name {
            "edit" => (words.edit, text::saving()),
            _ => (words.add, words.sending),
        };
        let label = move || if self.base.with(Option::is_some) { text::save() } else { words.send };
        let heading_id = format!("{}-heading", self.name);
        let labelled_by = heading_id.clone();
        let kind = self.feed.kind;
        let send = move |form: &HtmlFormElement| {
            let json = kind.parse(&form::values(form, kind.fields()))?;
            let sending: Sending = self.send(form.clone(), json).boxed_local();
            Ok(sending)
        };
        let on_submit = handler(move |event| self.check.take(&event, kind.fields(), &send));
        let on_input = handler(move |_: Event| {
            let form = self.dialog.get_untracked().and_then(|dialog| form::within(&dialog));
            _ = form.map(|form| self.keep(&form));
        });
        view! {
            <dialog class="dialog" aria-labelledby=labelled_by node_ref=self.dialog>
                <form class="form" novalidate on:submit=on_submit on:input=on_input>
                    <h2 id=heading_id>{heading}</h2>
                    {self.feed.kind.inputs(self.name, self.check)}
                    // After the fields: the first of all is where the focus goes.
                    {dynamic(move || self.is_draft.get().then(|| self.draw_draft()))}
                    <Trouble check=self.check />
                    {dynamic(move || self.theirs.get().map(|thing| self.draw_theirs(&thing)))}
                    <div class="dialog-buttons">
                        {button("button", text::cancel(), move || self.close())}
                        <Submit label=Signal::derive(label) busy_label check=self.check />
                    </div>
                </form>
                <LogInAgain check=self.check form=self.name />
            </dialog>
        }
        .into_any()
    }

    fn draw_draft(self) -> AnyView {
        view! {
            <p class="notice">
                {text::draft()} {button("button button-quiet", text::discard(), move || self.discard())}
            </p>
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
