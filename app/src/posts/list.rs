//! A list of posts on a page: the posts of all users, or those of one user.
//!
//! This file has the list's signals. `loading` loads pages from the API, `polling` refreshes the newest page, `changes`
//! applies the user's changes, and `view` draws the list.

pub mod cache;
pub mod changes;
pub mod loading;
pub mod polling;
pub mod state;
pub mod view;

mod list_end;

use leptos::prelude::*;
use shared::posts::Post;

use crate::api::Error;
use crate::posts::kind::PostKind;
use crate::posts::list::cache::ListCache;
use crate::posts::list::state::ListState;
use crate::sessions::state::Session;

/// A list of posts.
#[derive(Clone, Copy)]
pub struct PostList {
    pub(super) kind: PostKind,
    /// The username of the owner; `None` for the list of all users.
    pub(super) owner: StoredValue<Option<String>>,
    pub(super) session: Session,
    pub(super) cache: ListCache,
    pub(super) state: RwSignal<ListState>,
    /// Whether the list is sorted by name. Otherwise, the newest post is first.
    pub(super) sort_by_name: RwSignal<bool>,
    /// Whether the newest page is being loaded.
    pub(super) is_refreshing: RwSignal<bool>,
    /// Whether an older page is being loaded.
    pub(super) is_loading_older: RwSignal<bool>,
    /// Why a page of the list could not be loaded.
    pub(super) load_error: RwSignal<Option<Error>>,
    /// Whether the last refresh failed, so that the posts may be outdated.
    pub(super) is_outdated: RwSignal<bool>,
    /// Why a quick edit or a deletion failed.
    pub(super) action_error: RwSignal<Option<Error>>,
    /// Whether `start.js` has just loaded the newest page.
    pub(super) is_loaded_by_start_script: bool,
}

impl PostList {
    /// Takes the list from the cache, or the page that `start.js` has drawn. Puts the list into the cache when the user
    /// leaves the page.
    pub fn new(kind: PostKind, owner: Option<String>) -> Self {
        let mut list = Self {
            kind,
            owner: StoredValue::new(owner),
            session: Session::from_context(),
            cache: ListCache::from_context(),
            state: RwSignal::default(),
            sort_by_name: RwSignal::new(false),
            is_refreshing: RwSignal::new(false),
            is_loading_older: RwSignal::new(false),
            load_error: RwSignal::new(None),
            is_outdated: RwSignal::new(false),
            action_error: RwSignal::new(None),
            is_loaded_by_start_script: false,
        };
        let mut state = list.cache.take(&list.path(), |post| list.includes(post));
        if !state.is_loaded
            && let Some((page, etag)) = loading::page_drawn_by_start_script(&list.path())
        {
            state.merge_newest_page(page, etag);
            list.is_loaded_by_start_script = true;
        }
        list.cache.apply_changes(list.session, &mut state);
        list.state.set(state);
        on_cleanup(move || {
            if let Some(state) = list.state.try_update(std::mem::take) {
                list.cache.put(list.path(), state);
            }
        });
        list
    }

    /// The API path of the list.
    pub(super) fn path(self) -> String {
        match self.owner.try_get_value().flatten() {
            Some(owner) => {
                format!("/api/users/{owner}{}", self.kind.path().strip_prefix("/api").unwrap_or_default())
            }
            None => self.kind.path().to_owned(),
        }
    }

    /// The API path of one post.
    pub(super) fn post_path(self, id: &str) -> String {
        format!("{}/{id}", self.kind.path())
    }

    fn includes(self, post: &Post) -> bool {
        let is_by_owner =
            self.owner.with_value(|owner| owner.as_ref().is_none_or(|owner| *owner == post.owner().username));
        self.kind == PostKind::of(post) && is_by_owner
    }

    /// Whether this is the list of one user.
    pub(super) fn is_of_one_user(self) -> bool {
        self.owner.with_value(Option::is_some)
    }

    /// Whether the user with this username may add posts to this list.
    pub(super) fn can_be_added_to_by(self, username: &str) -> bool {
        self.owner.with_value(|owner| owner.as_ref().is_none_or(|owner| owner == username))
    }

    /// Whether this is the logged-in user's own list. Tracks changes.
    pub fn is_own(self) -> bool {
        self.session.user().is_some_and(|user| self.owner.get_value() == Some(user.username))
    }

    /// Whether there is no user with the owner's username. Tracks changes.
    pub fn is_owner_missing(self) -> bool {
        self.load_error.with(|error| error.as_ref().and_then(Error::status) == Some(404))
    }

    /// The display name of the owner. The username while the list of another user is empty, because the display name is
    /// unknown then. Tracks changes.
    pub fn owner_name(self) -> String {
        let name = match self.session.user() {
            Some(user) if self.is_own() => Some(user.name),
            _ => self.state.with(|state| state.posts.first().map(|post| post.owner().name.clone())),
        };
        name.or_else(|| self.owner.get_value()).unwrap_or_default()
    }

    /// The current version of a post. Tracks changes.
    pub(super) fn find(self, id: &str) -> Option<Post> {
        self.state.with(|state| state.find(id).cloned())
    }
}
