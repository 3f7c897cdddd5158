//! Loads the pages of a list from the API.

use leptos::prelude::*;
use shared::posts::PostPage;

use crate::api::client::get_public;
use crate::api::{early_fetch, json};
use crate::posts::list::PostList;
use crate::posts::list::state::ListState;
use crate::view::busy;

/// Returns the newest page and its entity tag if `start.js` has drawn that page. The app then shows the same posts
/// immediately.
pub(super) fn page_drawn_by_start_script(path: &str) -> Option<(PostPage, String)> {
    let (text, etag) = early_fetch::take_drawn(path)?;
    Some((json::from_str(&text)?, etag))
}

impl PostList {
    /// Loads the newest page, unless it is being loaded already. Then calls `on_done`, with true if the request has
    /// failed.
    pub fn refresh(self, on_done: Box<dyn Fn(bool)>) {
        if self.is_refreshing.get_untracked() {
            return on_done(false);
        }
        let (path, etag) = (self.path(), self.state.with_untracked(|state| state.etag.clone()));
        self.load_error.set(None);
        busy::spawn(self.is_refreshing, async move {
            let result = get_public::<PostPage>(&path, etag).await;
            if self.state.is_disposed() {
                return; // the user has left the page
            }
            let has_failed = result.is_err();
            self.is_outdated.set(has_failed);
            match result {
                Ok(Some((page, etag))) => {
                    self.update_from_server(|state| state.merge_newest_page(page, etag))
                }
                Ok(None) => {} // not modified
                Err(error) if error.status() == Some(404) => {
                    self.state.set(ListState::default());
                    self.load_error.set(Some(error));
                }
                // The posts stay. `is_outdated` tells the user that they may be old.
                Err(_) if self.state.with_untracked(|state| state.is_loaded) => {}
                Err(error) => self.load_error.set(Some(error)),
            }
            on_done(has_failed);
        });
    }

    /// Loads the newest page again after an error.
    pub fn reload(self) {
        self.refresh(Box::new(|_| {}));
    }

    /// Loads the next older page.
    pub fn load_older(self) {
        let Some(next) = self.state.with_untracked(|state| state.next.clone()) else { return };
        if self.is_loading_older.get_untracked() {
            return;
        }
        let path = format!("{}?before={}", self.path(), js_sys::encode_uri_component(&next));
        self.load_error.set(None);
        busy::spawn(self.is_loading_older, async move {
            match get_public::<PostPage>(&path, None).await {
                _ if self.state.is_disposed() => {} // the user has left the page
                Ok(Some((page, _))) => {
                    self.update_from_server(|state| state.add_older_page(page));
                    self.is_loading_older.set(false);
                    self.load_all_if_sorted();
                }
                Ok(None) => {}
                Err(error) => self.load_error.set(Some(error)),
            }
        });
    }

    /// If the list is sorted by name, loads all older pages, one after the other, because only a complete list can be
    /// sorted.
    pub fn load_all_if_sorted(self) {
        if self.sort_by_name.get_untracked() {
            self.load_older();
        }
    }

    fn update_from_server(self, update: impl FnOnce(&mut ListState)) {
        self.state.update(|state| {
            update(state);
            self.cache.apply_changes(self.session, state);
        });
    }
}
