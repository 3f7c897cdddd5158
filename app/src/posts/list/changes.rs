//! Changes that the user makes to the posts of a list. These functions can also be called after the user has left the
//! page.

use leptos::prelude::*;
use shared::posts::Post;
use shared::problem::{Problem, ProblemType};

use crate::api::{Error, Request};
use crate::posts::kind::QuickEdit;
use crate::posts::list::PostList;
use crate::posts::sorting::is_received;
use crate::sessions::interceptor;
use crate::view::busy;
use crate::view::focus::focus_first;

impl PostList {
    /// Adds a post that the user has created.
    pub fn add_created(self, post: Post) {
        self.cache.record_change(&post, true);
        let was_loaded = self.state.try_update(|state| {
            state.add_created(post);
            state.is_loaded
        });
        // The list could not be loaded before. Now the API can be reached.
        if was_loaded == Some(false) {
            self.reload();
        }
    }

    /// Shows the current version of a post.
    pub fn merge(self, post: Post) {
        self.cache.record_change(&post, false);
        self.state.try_update(|state| state.merge(post));
    }

    /// Removes a post that no longer exists.
    pub fn remove(self, id: &str) {
        self.cache.record_deletion(id);
        self.state.try_update(|state| state.retain(|post| post.id() != id));
    }

    /// The request that edits a version of a post.
    pub fn edit_request(self, id: &str, version: u64, json: String) -> Request {
        Request::edit(&self.post_path(id), version, json)
    }

    /// Updates the list after an error. Removes the post if it was deleted. If the error contains the current version
    /// of the post, shows and returns it.
    pub fn apply_error(self, id: &str, error: &Error) -> Option<Post> {
        if error.status() == Some(404) {
            self.remove(id);
        }
        let Error::Problem(Problem { kind: ProblemType::EditConflict, current: Some(current), .. }) = error
        else {
            return None;
        };
        self.merge((**current).clone());
        Some((**current).clone())
    }

    /// Sends a quick edit, unless one is pending. If the post was edited elsewhere, sends the quick edit once more for
    /// the current version: this overwrites nothing, because the editor changes other fields. Shows an error if the
    /// second attempt fails too.
    pub fn send_quick_edit(self, edit: QuickEdit) {
        let QuickEdit { post, json, busy, is_done } = edit;
        if busy.get_untracked() {
            return;
        }
        let (id, mut version) = (post.id().to_owned(), post.version());
        busy::spawn(busy, async move {
            for is_last_attempt in [false, true] {
                let request = self.edit_request(&id, version, json.clone());
                let error = match interceptor::call::<Post>(self.session, request).await {
                    Ok(post) => return self.finish_quick_edit(post),
                    Err(error) => error,
                };
                match self.apply_error(&id, &error) {
                    Some(current) if is_done(&current, &json) => return self.finish_quick_edit(current),
                    Some(current) if !is_last_attempt => version = current.version(),
                    _ => {
                        _ = self.action_error.try_set(Some(error));
                        return;
                    }
                }
            }
        });
    }

    fn finish_quick_edit(self, post: Post) {
        _ = self.action_error.try_set(None);
        self.merge(post);
        self.restore_lost_focus();
    }

    /// Called after an edit has moved a post between the open and the received wishes. If the button of the post had
    /// the focus, moves the focus to the received wishes, or to the heading if there are none.
    fn restore_lost_focus(self) {
        let has_received = self.state.try_with(|state| state.posts.iter().any(is_received));
        let target = if has_received == Some(true) { "main .received-wishes > summary" } else { "main h1" };
        request_animation_frame(move || {
            let is_focus_lost =
                document().active_element().is_none_or(|focused| focused.tag_name() == "BODY");
            if is_focus_lost {
                focus_first(target);
            }
        });
    }
}
