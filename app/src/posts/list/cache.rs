//! What was seen and done in this tab, for the pages to come: lists as they were last known, so that
//! going back shows them at once, with or without a network; and one's own changes, which the
//! server's lists may not have yet. In memory only.

use js_sys::Date;
use leptos::prelude::*;
use shared::thing::Thing;

use crate::feed::known::Known;
use crate::session::Session;

/// For how many milliseconds one's own change counts for more than a list without it.
const LAG: f64 = 120_000.0;

/// The shelf; the app has one.
#[derive(Clone, Copy)]
pub struct Shelf(StoredValue<Content>);

#[derive(Default)]
struct Content {
    lists: Vec<(String, Known)>,
    own: Vec<Own>,
    /// The ids of what was removed here.
    removed: Vec<String>,
}

/// What somebody made or changed here.
struct Own {
    thing: Thing,
    made: bool,
    at: f64,
}

impl Shelf {
    /// An empty one.
    pub fn new() -> Self {
        Self(StoredValue::new(Content::default()))
    }

    /// Keeps a list for whoever wants to see it again.
    pub(super) fn put(self, path: String, known: Known) {
        self.0.try_update_value(|content| {
            content.lists.retain(|(kept, _)| *kept != path);
            content.lists.push((path, known));
        });
    }

    /// A list as it was last known; unknown if it never was. Own things that belong there are there.
    pub(super) fn take(self, path: &str, belongs: impl Fn(&Thing) -> bool) -> Known {
        let known = self.0.try_update_value(|content| {
            let at = content.lists.iter().position(|(kept, _)| kept == path);
            let mut known = at.map(|at| content.lists.swap_remove(at).1).unwrap_or_default();
            content.own.retain(|own| Date::now() - own.at < LAG);
            for own in content.own.iter().filter(|own| own.made && belongs(&own.thing)) {
                if known.find(own.thing.id()).is_none() {
                    known.made(own.thing.clone());
                }
            }
            known
        });
        known.unwrap_or_default()
    }

    /// Corrects what the server's list does not know yet.
    pub(super) fn correct(self, session: Session, known: &mut Known) {
        self.0.try_with_value(|content| {
            known.retain(|thing| {
                !content.removed.iter().any(|id| id == thing.id())
                    && !session.is_gone(&thing.owner().username)
            });
            for own in &content.own {
                if known.find(own.thing.id()).is_some() {
                    known.merge(own.thing.clone());
                }
            }
        });
    }

    /// Somebody made or changed this here.
    pub(super) fn own(self, thing: &Thing, made: bool) {
        let own = Own { thing: thing.clone(), made, at: Date::now() };
        self.0.try_update_value(|content| content.own.push(own));
    }

    /// It was removed here, or is known to be.
    pub(super) fn removed(self, id: &str) {
        self.0.try_update_value(|content| {
            content.own.retain(|own| own.thing.id() != id);
            content.removed.push(id.to_owned());
        });
    }
}

impl Default for Shelf {
    fn default() -> Self {
        Self::new()
    }
}
