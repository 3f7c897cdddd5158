//! Keeps lists and local changes in memory while the app shows another page.
//!
//! Because of cached lists, Back is fast and works offline. Local changes are changes that the user has made in this
//! tab. The server's lists may not include them yet.

use js_sys::Date;
use leptos::prelude::*;
use shared::posts::Post;

use crate::posts::list::state::ListState;
use crate::sessions::state::Session;

/// How long, in ms, a local change overrides a server list that does not include it yet.
const LOCAL_CHANGE_LIFETIME_MS: f64 = 120_000.0;

/// The cache. There is one for the whole app, in the Leptos context.
#[derive(Clone, Copy)]
pub struct ListCache(StoredValue<Contents>);

#[derive(Default)]
struct Contents {
    /// Lists by their API paths.
    lists: Vec<(String, ListState)>,
    changes: Vec<LocalChange>,
    deleted_ids: Vec<String>,
}

/// A post that was created or edited in this tab.
struct LocalChange {
    post: Post,
    is_new: bool,
    /// In milliseconds since 1970.
    changed_at: f64,
}

impl ListCache {
    /// Puts an empty cache into the context. `App` calls this once.
    pub fn provide() {
        provide_context(Self(StoredValue::new(Contents::default())));
    }

    /// The cache from the context.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Stores a list.
    pub fn put(self, path: String, list: ListState) {
        self.0.try_update_value(|contents| {
            contents.lists.retain(|(cached, _)| *cached != path);
            contents.lists.push((path, list));
        });
    }

    /// Takes a list out of the cache. If it is not cached, starts with an empty list. Adds the posts that were created
    /// in this tab, if `belongs` is true for them.
    pub fn take(self, path: &str, belongs: impl Fn(&Post) -> bool) -> ListState {
        let list = self.0.try_update_value(|contents| {
            let index = contents.lists.iter().position(|(cached, _)| cached == path);
            let mut list = index.map(|index| contents.lists.swap_remove(index).1).unwrap_or_default();
            contents.changes.retain(|change| Date::now() - change.changed_at < LOCAL_CHANGE_LIFETIME_MS);
            for change in contents.changes.iter().filter(|change| change.is_new && belongs(&change.post)) {
                if list.find(change.post.id()).is_none() {
                    list.add_created(change.post.clone());
                }
            }
            list
        });
        list.unwrap_or_default()
    }

    /// Applies local changes to a list from the server: removes deleted posts and the posts of deleted users, and
    /// updates edited posts.
    pub fn apply_changes(self, session: Session, list: &mut ListState) {
        self.0.try_with_value(|contents| {
            list.retain(|post| {
                !contents.deleted_ids.iter().any(|id| id == post.id())
                    && !session.is_deleted_user(&post.owner().username)
            });
            for change in &contents.changes {
                // If the versions are equal, the server's post stays: it has the author's current name.
                let is_outdated = |listed: &Post| listed.version() < change.post.version();
                if list.find(change.post.id()).is_some_and(is_outdated) {
                    list.merge(change.post.clone());
                }
            }
        });
    }

    /// Records that a post was created or edited in this tab.
    pub fn record_change(self, post: &Post, is_new: bool) {
        let change = LocalChange { post: post.clone(), is_new, changed_at: Date::now() };
        self.0.try_update_value(|contents| contents.changes.push(change));
    }

    /// Records that a post no longer exists.
    pub fn record_deletion(self, id: &str) {
        self.0.try_update_value(|contents| {
            contents.changes.retain(|change| change.post.id() != id);
            contents.deleted_ids.push(id.to_owned());
        });
    }
}
