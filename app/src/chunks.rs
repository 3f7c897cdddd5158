//! Chunks: parts of the app that the browser loads when they are needed, or beforehand when it is idle.
//!
//! `cargo xtask build` splits the wasm at the functions of `split_points`: what only such a function uses is in a file
//! of its own. All other builds have one wasm, and every chunk is loaded from the start.

mod chunk;
mod new_version;
mod split_points;

pub use chunk::{Chunk, LoadError};
pub use split_points::{Editing, GuestForms, german_texts};

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::router::Route;

/// Time between the first complete page and the loading of all chunks, in browsers that do not report when they are
/// idle.
const PREFETCH_DELAY: Duration = Duration::from_secs(2);

/// All chunks. There is one value for the whole app, in the Leptos context.
#[derive(Clone, Copy)]
pub struct Chunks {
    /// The login form and the sign-up page.
    pub guest_forms: Chunk<&'static GuestForms>,
    /// The account page.
    pub account: Chunk<fn() -> AnyView>,
    /// What users can do with posts.
    pub editing: Chunk<&'static Editing>,
}

impl Chunks {
    /// Puts the chunks into the context. `App` calls this once.
    pub fn provide() -> Self {
        let chunks = Self {
            guest_forms: Chunk::new(|| Box::pin(split_points::guest_forms())),
            account: Chunk::new(|| Box::pin(split_points::account())),
            editing: Chunk::new(|| Box::pin(split_points::editing())),
        };
        provide_context(chunks);
        chunks
    }

    /// The chunks from the context.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Loads the chunks that the first page needs, so that the page is complete when it appears.
    pub async fn load_for_first_page(self, route: &Route, is_user: bool) {
        if is_user {
            self.editing.loaded().await;
        }
        match route {
            Route::SignUp => _ = self.guest_forms.loaded().await,
            Route::Account => _ = self.account.loaded().await,
            _ => {}
        }
    }

    /// Loads all chunks when the browser is idle, so that the app also works when the browser goes offline. The chunks
    /// that are most likely needed come first.
    pub fn prefetch(self) {
        let load_all = move || {
            self.guest_forms.load();
            self.editing.load();
            self.account.load();
            spawn_local(async { _ = german_texts().await });
        };
        // Safari has no idle callback.
        if request_idle_callback_with_handle(load_all).is_err() {
            set_timeout(load_all, PREFETCH_DELAY);
        }
    }
}
