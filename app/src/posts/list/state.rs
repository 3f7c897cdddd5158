//! What is known of a list, and what becomes of that when there is news: from here, which counts at
//! once, or from the server, whose lists lag behind what it has acknowledged.

use shared::thing::{Thing, Things};

/// What is known of a list.
#[derive(Clone, Default)]
pub(super) struct Known {
    /// What is shown, newest first.
    pub(super) things: Vec<Thing>,
    /// What others have added since, and nobody has asked to see yet; newest first.
    news: Vec<Thing>,
    /// Whether there may be more between the news and what is shown.
    gap: bool,
    /// Where the next older page begins.
    pub(super) next: Option<String>,
    /// The same after the news.
    next_of_news: Option<String>,
    /// Whether there was an answer yet.
    pub(super) answered: bool,
    /// The entity tag of the newest page, as it came last.
    pub(super) tag: Option<String>,
    /// The ids of what was made here and is in no answer yet.
    unlisted: Vec<String>,
}

impl Known {
    /// An older page has arrived. What it has of things that are known is older news, too.
    pub(super) fn append(&mut self, page: Things) {
        for thing in page.things {
            if self.find(thing.id()).is_none() {
                self.things.push(thing);
            }
        }
        self.next = page.next;
    }

    /// The newest page has arrived.
    pub(super) fn renew(&mut self, page: Things, tag: String) {
        let Things { things: listed, next } = page;
        self.tag = Some(tag);
        self.unlisted.retain(|id| listed.iter().all(|thing| thing.id() != id));
        self.drop_unlisted(&listed, next.is_some());
        let first = !self.answered || self.things.is_empty();
        if first {
            (self.answered, self.next) = (true, next);
        } else {
            let overlap = listed.last().is_none_or(|thing| self.find(thing.id()).is_some());
            (self.gap, self.next_of_news) = (next.is_some() && !overlap, next);
        }
        self.news.clear();
        for thing in listed {
            match self.find(thing.id()) {
                None if !first => self.news.push(thing),
                _ => self.merge(thing),
            }
        }
    }

    /// What should be on the newest page and is not there was removed, wherever that was.
    fn drop_unlisted(&mut self, listed: &[Thing], more: bool) {
        let oldest = listed.last().filter(|_| more).map(|thing| thing.created_at().to_owned());
        let unlisted = &self.unlisted;
        self.things.retain(|thing| {
            let beyond = oldest.as_ref().is_some_and(|oldest| thing.created_at() <= oldest.as_str());
            beyond
                || listed.iter().any(|other| other.id() == thing.id())
                || unlisted.iter().any(|id| id == thing.id())
        });
    }

    /// How many things are news, and whether that is all there is.
    pub(super) fn count_news(&self) -> (usize, bool) {
        (self.news.len(), !self.gap)
    }

    /// Shows the news.
    pub(super) fn show_news(&mut self) {
        if std::mem::take(&mut self.gap) {
            let unlisted = &self.unlisted;
            self.things.retain(|thing| unlisted.iter().any(|id| id == thing.id()));
            self.next = self.next_of_news.take();
        }
        for thing in std::mem::take(&mut self.news).into_iter().rev() {
            self.insert(thing, true);
        }
    }

    /// Somebody made this here, just now: it is in its place whatever the next answers say.
    pub(super) fn made(&mut self, thing: Thing) {
        self.unlisted.push(thing.id().to_owned());
        match self.find(thing.id()) {
            Some(_) => self.merge(thing),
            None => self.insert(thing, true),
        }
    }

    /// A thing as it is by now, or as it was before: the newer version counts.
    pub(super) fn merge(&mut self, thing: Thing) {
        match self.things.iter_mut().find(|known| known.id() == thing.id()) {
            Some(known) if known.version() > thing.version() => {}
            Some(known) => *known = thing,
            None => self.insert(thing, false),
        }
    }

    /// By the time it was made; of those made at the same moment, it comes first or last.
    fn insert(&mut self, thing: Thing, first: bool) {
        let after = |known: &Thing| match first {
            true => known.created_at() <= thing.created_at(),
            false => known.created_at() < thing.created_at(),
        };
        let at = self.things.iter().position(after).unwrap_or(self.things.len());
        self.things.insert(at, thing);
    }

    /// Leaves only these.
    pub(super) fn retain(&mut self, stays: impl Fn(&Thing) -> bool) {
        self.things.retain(&stays);
        self.news.retain(&stays);
    }

    /// The thing, if it is shown.
    pub(super) fn find(&self, id: &str) -> Option<&Thing> {
        self.things.iter().find(|thing| thing.id() == id)
    }
}
