//! A list of what people made, newest first: read page by page, added to, changed and shortened by
//! whoever looks at it. Messages and wishes are listed by the same code, which is there once: what
//! they differ in is a [`Kind`].

pub mod avatar;
mod editor;
mod known;
mod list;
mod poll;
mod removal;
pub mod shelf;
mod whole;

use leptos::prelude::*;
use shared::problem::{self, Problem};
use shared::thing::{Thing, Things};

use crate::api::{self, Failure};
use crate::feed::editor::Editor;
use crate::feed::known::Known;
use crate::feed::removal::Removal;
use crate::feed::shelf::Shelf;
use crate::form;
use crate::form::check::{Check, Faults};
use crate::session::Session;
use crate::text;

/// What messages and wishes differ in.
pub trait Kind: Sync {
    /// Where they are made.
    fn path(&self) -> &'static str;
    /// What is said around them.
    fn words(&self) -> &'static text::Words;
    /// The names of the form's fields.
    fn fields(&self) -> &'static [&'static str];
    /// Whether a thing is of this kind.
    fn is_of(&self, thing: &Thing) -> bool;
    /// What is in these fields when a thing is edited, in the same order.
    fn values(&self, thing: &Thing) -> Vec<String>;
    /// The form's fields; the form's name makes their ids unique.
    fn inputs(&self, form: &'static str, check: Check) -> AnyView;
    /// What is in the fields, in the same order, as JSON: of a new thing, and of an edit that says
    /// everything anew.
    fn parse(&self, values: &[String]) -> Result<String, Faults>;
    /// What a thing says.
    fn content(&self, thing: &Thing) -> AnyView;
    /// What else its owner can do with it.
    fn actions(&self, feed: Feed, thing: Memo<Option<Thing>>) -> AnyView;
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
    shelf: Shelf,
    known: RwSignal<Known>,
    /// Sorted by name, in place of newest first.
    by_name: RwSignal<bool>,
    /// The newest things are being read.
    refreshing: RwSignal<bool>,
    /// Older things are being read.
    loading: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    /// The newest things could not be read: what is shown may be old by now.
    stale: RwSignal<bool>,
    /// What became of something that has no place of its own to tell it.
    said: RwSignal<Option<Failure>>,
}

impl Feed {
    /// Shows what is known of the list, and begins to read it.
    pub fn new(kind: &'static dyn Kind, owner: Option<String>, shelf: Shelf) -> Self {
        let feed = Self {
            kind,
            owner: StoredValue::new(owner),
            session: Session::current(),
            shelf,
            known: RwSignal::default(),
            by_name: RwSignal::new(false),
            refreshing: RwSignal::new(false),
            loading: RwSignal::new(false),
            failure: RwSignal::new(None),
            stale: RwSignal::new(false),
            said: RwSignal::new(None),
        };
        let mut known = shelf.take(&feed.list_path(), |thing| feed.has_place_for(thing));
        shelf.correct(feed.session, &mut known);
        feed.known.set(known);
        on_cleanup(move || {
            if let Some(known) = feed.known.try_update(std::mem::take) {
                shelf.put(feed.list_path(), known);
            }
        });
        poll::keep_fresh(feed);
        feed
    }

    fn list_path(self) -> String {
        match self.owner.try_get_value().flatten() {
            Some(owner) => {
                format!("/api/users/{owner}{}", self.kind.path().strip_prefix("/api").unwrap_or_default())
            }
            None => self.kind.path().to_owned(),
        }
    }

    fn has_place_for(self, thing: &Thing) -> bool {
        self.kind.is_of(thing)
            && self
                .owner
                .with_value(|owner| owner.as_ref().is_none_or(|owner| *owner == thing.owner().username))
    }

    /// Reads the newest page, unless that is under way; tells whether it failed.
    fn refresh(self, then: Box<dyn Fn(bool)>) {
        if self.refreshing.get_untracked() {
            return;
        }
        let (path, known) = (self.list_path(), self.known.with_untracked(|known| known.tag.clone()));
        self.failure.set(None);
        form::run(self.refreshing, async move {
            let answer = api::read::<Things>(&path, known).await;
            if self.known.is_disposed() {
                return; // the page is gone
            }
            let failed = answer.is_err();
            self.stale.set(failed);
            match answer {
                Ok(Some((page, tag))) => self.learn_page(|known| known.renew(page, tag)),
                Ok(None) => {} // it is as it was
                Err(failure) if failure.status() == Some(404) => {
                    self.known.set(Known::default());
                    self.failure.set(Some(failure));
                }
                // What is known is still good to read.
                Err(_) if self.known.with_untracked(|known| known.answered) => {}
                Err(failure) => self.failure.set(Some(failure)),
            }
            then(failed);
        });
    }

    /// Tries once more to read what could not be read.
    fn reload(self) {
        self.refresh(Box::new(|_| {}));
    }

    /// Reads the next older page.
    fn load_older(self) {
        let Some(next) = self.known.with_untracked(|known| known.next.clone()) else { return };
        if self.loading.get_untracked() {
            return;
        }
        let path = format!("{}?before={}", self.list_path(), js_sys::encode_uri_component(&next));
        self.failure.set(None);
        form::run(self.loading, async move {
            match api::read::<Things>(&path, None).await {
                _ if self.known.is_disposed() => {} // the page is gone
                Ok(Some((page, _))) => {
                    self.learn_page(|known| known.append(page));
                    self.loading.set(false);
                    self.load_all();
                }
                Ok(None) => {}
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }

    /// Reads all older pages, if the order is one that a part of the list can't be in.
    fn load_all(self) {
        if self.by_name.get_untracked() {
            self.load_older();
        }
    }

    fn learn_page(self, learn: impl FnOnce(&mut Known)) {
        self.known.update(|known| {
            learn(known);
            self.shelf.correct(self.session, known);
        });
    }

    /// How many things others have added that are not shown yet, and whether that is all.
    fn news(self) -> (usize, bool) {
        self.known.with(Known::count_news)
    }

    fn show_news(self) {
        self.known.update(Known::show_news);
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
        self.known.with(|known| known.find(id).cloned())
    }

    /// Somebody made this here, just now. The page may be gone.
    fn made(self, thing: Thing) {
        self.shelf.own(&thing, true);
        let answered = self.known.try_update(|known| {
            known.made(thing);
            known.answered
        });
        // The rest could not be read before: now it may be.
        if answered == Some(false) {
            self.reload();
        }
    }

    /// Somebody changed this here, just now, or it came to light as it is. The page may be gone.
    fn merge(self, thing: Thing) {
        self.shelf.own(&thing, false);
        self.known.try_update(|known| known.merge(thing));
    }

    /// It is not there any more. The page may be gone.
    fn forget(self, id: &str) {
        self.shelf.removed(id);
        self.known.try_update(|known| known.retain(|thing| thing.id() != id));
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

    /// Changes one thing at a press of a button; tells if that can't be. Whether it is changed
    /// already is for `is_done` to say: then that was what was wanted, whoever did it.
    pub fn change(
        self,
        busy: RwSignal<bool>,
        thing: &Thing,
        json: String,
        is_done: fn(&Thing, &str) -> bool,
    ) {
        if busy.get_untracked() {
            return;
        }
        let (id, mut version) = (thing.id().to_owned(), thing.version());
        form::run(busy, async move {
            // What was changed meanwhile stays: this changes something else.
            for last in [false, true] {
                let request = self.edit(&id, version, json.clone());
                let failure = match api::call::<Thing>(self.session, request).await {
                    Ok(thing) => return self.changed(thing),
                    Err(failure) => failure,
                };
                match self.learn(&id, &failure) {
                    Some(current) if is_done(&current, &json) => return self.changed(current),
                    Some(current) if !last => version = current.version(),
                    _ => {
                        _ = self.said.try_set(Some(failure));
                        return;
                    }
                }
            }
        });
    }

    fn changed(self, thing: Thing) {
        _ = self.said.try_set(None);
        self.merge(thing);
        list::follow_moved(self);
    }

    fn edit(self, id: &str, version: u64, json: String) -> api::Request {
        api::Request::edit(&self.path_of(id), version, json)
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
