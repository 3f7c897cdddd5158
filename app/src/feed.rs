//! A list of what people made, newest first: read page by page, added to, changed and shortened by
//! whoever looks at it. Messages and wishes are listed by the same code, which is there once: what
//! they differ in is a [`Kind`].

mod editor;
mod list;
mod removal;

use leptos::prelude::*;
use shared::problem::{self, Problem};
use shared::thing::{Thing, Things};
use web_sys::HtmlFormElement;

use crate::api::{self, Failure};
use crate::feed::editor::Editor;
use crate::feed::removal::Removal;
use crate::form;
use crate::form::check::{Check, Faults};
use crate::session::Session;
use crate::text;

/// What messages and wishes differ in.
pub trait Kind: Sync {
    /// Where they are made.
    fn path(&self) -> &'static str;
    /// What is said around them.
    fn words(&self) -> text::Words;
    /// The names of the form's fields.
    fn fields(&self) -> &'static [&'static str];
    /// What is in these fields when a thing is edited, in the same order.
    fn values(&self, thing: &Thing) -> Vec<String>;
    /// The form's fields; the form's name makes their ids unique.
    fn inputs(&self, form: &'static str, check: Check) -> AnyView;
    /// The form's content as JSON: of a new thing, and of an edit that says everything anew.
    fn parse(&self, form: &HtmlFormElement) -> Result<String, Faults>;
    /// What a thing says.
    fn content(&self, thing: &Thing) -> AnyView;
    /// What else its owner can do with it.
    fn actions(&self, feed: Feed, thing: Memo<Option<Thing>>) -> AnyView;
}

/// What is known of a list.
#[derive(Default)]
struct Known {
    things: Vec<Thing>,
    /// The ids of what was removed meanwhile: a page that was asked for before may still have it.
    removed: Vec<String>,
    /// Where the next older page begins.
    next: Option<String>,
    /// Whether there was an answer yet.
    answered: bool,
}

/// What follows the last thing that is known.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Loading,
    Failed,
    Empty,
    Older,
    Nothing,
}

/// A list, and what is being done with it.
#[derive(Clone, Copy)]
pub struct Feed {
    kind: &'static dyn Kind,
    /// Whose list it is; none: everybody's.
    owner: StoredValue<Option<String>>,
    session: Session,
    known: RwSignal<Known>,
    loading: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    /// What became of something that has no place of its own to tell it.
    said: RwSignal<Option<Failure>>,
}

impl Feed {
    /// Begins to read the list.
    pub fn new(kind: &'static dyn Kind, owner: Option<String>) -> Self {
        let feed = Self {
            kind,
            owner: StoredValue::new(owner),
            session: Session::current(),
            known: RwSignal::default(),
            loading: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(None),
        };
        feed.load();
        feed
    }

    /// Reads the newest, then page by page the older ones.
    fn load(self) {
        if self.loading.get_untracked() {
            return;
        }
        let mut path = match self.owner.get_value() {
            Some(owner) => format!("/api/users/{owner}{}", self.kind.path().trim_start_matches("/api")),
            None => self.kind.path().to_owned(),
        };
        if let Some(next) = self.known.with_untracked(|known| known.next.clone()) {
            path = format!("{path}?before={}", js_sys::encode_uri_component(&next));
        }
        self.failure.set(None);
        form::run(self.loading, async move {
            match api::read(&path).await {
                Ok(page) => self.known.update(|known| known.append(page)),
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }

    /// Whether it is the list of whoever is logged in.
    pub fn is_own(self) -> bool {
        self.session.user().is_some_and(|user| self.owner.get_value() == Some(user.username))
    }

    /// Whether there is no such list: nobody has the owner's name.
    pub fn is_missing(self) -> bool {
        self.failure.with(|failure| failure.as_ref().and_then(Failure::status) == Some(404))
    }

    /// What the list's owner is called, as far as the list tells.
    pub fn owner_name(self) -> Option<String> {
        self.known.with(|known| known.things.first().map(|thing| thing.owner().name.clone()))
    }

    /// The thing as it is known now.
    fn find(self, id: &str) -> Option<Thing> {
        self.known.with(|known| known.things.iter().find(|thing| thing.id() == id).cloned())
    }

    /// Somebody made or changed this here, just now, or it came to light as it is.
    fn merge(self, thing: Thing) {
        self.known.update(|known| known.merge(thing));
    }

    /// It is not there any more.
    fn forget(self, id: &str) {
        self.known.update(|known| {
            known.things.retain(|thing| thing.id() != id);
            known.removed.push(id.to_owned());
        });
    }

    fn end(self) -> End {
        self.known.with(|known| match known {
            Known { answered: false, .. } if self.failure.with(Option::is_some) => End::Failed,
            Known { answered: false, .. } => End::Loading,
            Known { next: Some(_), .. } => End::Older,
            Known { things, .. } if things.is_empty() => End::Empty,
            _ => End::Nothing,
        })
    }

    /// Changes one thing at a press of a button; tells if that can't be.
    pub fn change(self, busy: RwSignal<bool>, thing: &Thing, json: String) {
        if busy.get_untracked() {
            return;
        }
        let (id, request) = (thing.id().to_owned(), self.edit(thing, json));
        form::run(busy, async move {
            match api::call::<Thing>(self.session, request).await {
                Ok(thing) => {
                    self.said.set(None);
                    self.merge(thing);
                }
                Err(failure) => {
                    self.learn(&id, &failure);
                    self.said.set(Some(failure));
                }
            }
        });
    }

    fn edit(self, thing: &Thing, json: String) -> api::Request {
        api::Request::edit(&self.path_of(thing.id()), thing.version(), json)
    }

    fn path_of(self, id: &str) -> String {
        format!("{}/{id}", self.kind.path())
    }

    /// What a failure tells about a thing: that it is gone, or how it is now.
    fn learn(self, id: &str, failure: &Failure) -> Option<Thing> {
        if failure.status() == Some(404) {
            self.forget(id);
        }
        let Failure::Problem(Problem {
            kind: problem::Kind::ChangedMeanwhile, current: Some(current), ..
        }) = failure
        else {
            return None;
        };
        self.merge((**current).clone());
        Some((**current).clone())
    }
}

impl Known {
    /// An older page has arrived. What it has of things that are known is older news, too.
    fn append(&mut self, page: Things) {
        for thing in page.things {
            let known = self.things.iter().any(|known| known.id() == thing.id());
            if !known && !self.removed.iter().any(|id| id == thing.id()) {
                self.things.push(thing);
            }
        }
        self.next = page.next;
        self.answered = true;
    }

    fn merge(&mut self, thing: Thing) {
        match self.things.iter_mut().find(|known| known.id() == thing.id()) {
            Some(known) if known.version() > thing.version() => {}
            Some(known) => *known = thing,
            None => self.things.insert(0, thing),
        }
    }
}

/// A page that shows a list, with all that can be done there.
pub fn page(feed: Feed, title: AnyView) -> AnyView {
    let (new, edit, removal) = (Editor::new(feed, "new"), Editor::new(feed, "edit"), Removal::new(feed));
    view! {
        <div class="page-head">
            <h1 tabindex="-1">{title}</h1>
            {list::invitation(feed, new)}
        </div>
        // Always there, so that a text survives the end of a login.
        {new.draw()}
        {edit.draw()}
        {removal.draw()}
        {list::draw(feed, edit, removal)}
    }
    .into_any()
}
