//! Chunks: parts of the app that the browser loads when they are needed, or beforehand when it is idle.
//!
//! `cargo xtask build` splits the wasm at the functions that `split_point!` defines: what only such a function uses is in
//! a file of its own. All other builds have one wasm, and every chunk is loaded from the start. The chunk of the German
//! texts is in `i18n::german_chunk`.

pub mod account;
pub mod chunk;
pub mod context;
pub mod editing;
pub mod guest_forms;
pub mod load_error;
mod new_version;
pub(crate) mod split_point;

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::chunks::account::account;
use crate::chunks::chunk::Chunk;
use crate::chunks::context::Chunks;
use crate::chunks::editing::editing;
use crate::chunks::guest_forms::guest_forms;
use crate::i18n::german_chunk::german_texts;
use crate::router::Route;

/// Time between the first complete page and the loading of all chunks, in browsers that do not report when they are
/// idle.
const PREFETCH_DELAY: Duration = Duration::from_secs(2);

impl Chunks {
    /// Puts the chunks into the context. `App` calls this once.
    pub fn provide() -> Self {
        let chunks = Self {
            guest_forms: Chunk::new(|| Box::pin(guest_forms())),
            account: Chunk::new(|| Box::pin(account())),
            editing: Chunk::new(|| Box::pin(editing())),
        };
        provide_context(chunks);
        chunks
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
