//! One chunk: its state, and what the page shows until it is loaded.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::MouseEvent;

use crate::chunks::load_error::LoadError;
use crate::chunks::new_version;
use crate::i18n::texts;
use crate::notices::{Notice, Notices};
use crate::view::button::Button;
use crate::view::focus::focus_first;
use crate::view::placeholder::Placeholder;
use crate::view::recreate_on_change::recreate_on_change;

/// The loading state of a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    NotLoaded,
    Loading,
    Loaded,
    Failed,
    /// Loading has failed, because the server has a newer build of the app.
    Outdated,
}

/// The function that `split_point!` defines.
type Load<T> = fn() -> LocalBoxFuture<'static, Result<T, LoadError>>;

/// A chunk. `T` is what the app uses of it, such as the function that draws a page.
pub struct Chunk<T: 'static> {
    load: Load<T>,
    /// `None` until the chunk is loaded.
    value: StoredValue<Option<T>>,
    status: RwSignal<Status>,
}

impl<T> Clone for Chunk<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Chunk<T> {}

impl<T: Copy + Send + Sync + 'static> Chunk<T> {
    pub(super) fn new(load: Load<T>) -> Self {
        let chunk = Self { load, value: StoredValue::new(None), status: RwSignal::new(Status::NotLoaded) };
        // Without chunks, the function returns at once.
        if !cfg!(feature = "split")
            && let Some(result) = load().now_or_never()
        {
            chunk.finish(result);
        }
        chunk
    }

    /// Starts to load the chunk, unless it is loaded or being loaded.
    pub fn load(self) {
        spawn_local(async move { _ = self.loaded().await });
    }

    /// Loads the chunk. If another call is loading it, waits for the same files. Returns false if they cannot be
    /// loaded.
    pub async fn loaded(self) -> bool {
        if self.needs_files() {
            if self.status.get_untracked() != Status::Loading {
                self.status.set(Status::Loading);
            }
            let result = (self.load)().await;
            let is_outdated = result.is_err() && new_version::is_deployed().await;
            // Another call may have finished first.
            if self.needs_files() {
                self.finish(result);
                if is_outdated {
                    self.status.set(Status::Outdated);
                }
            }
        }
        self.status.try_get_untracked() == Some(Status::Loaded)
    }

    /// Whether loading can change the status. False if the app has been unmounted, as in tests.
    fn needs_files(self) -> bool {
        let status = self.status.try_get_untracked();
        matches!(status, Some(Status::NotLoaded | Status::Loading | Status::Failed))
    }

    fn finish(self, result: Result<T, LoadError>) {
        let status = if result.is_ok() { Status::Loaded } else { Status::Failed };
        self.value.try_set_value(result.ok());
        self.status.try_set(status);
    }

    /// The content of the chunk, if it is loaded. Tracks changes.
    pub fn get(self) -> Option<T> {
        self.status.track();
        self.value.get_value()
    }

    /// Draws a part of the page with this chunk, and starts to load the chunk.
    pub fn load_and_view(self, draw: impl Fn(T) -> AnyView + Send + 'static) -> AnyView {
        self.load();
        self.view(draw)
    }

    /// Draws a part of the page with this chunk. Shows a placeholder until the chunk is loaded, and an error with a
    /// button if it cannot be loaded.
    pub fn view(self, draw: impl Fn(T) -> AnyView + Send + 'static) -> AnyView {
        let retry = move |_| {
            spawn_local(async move {
                let is_loaded = self.loaded().await;
                // The button has disappeared. In an open dropdown, the focus must stay in it.
                focus_first(if is_loaded { ".dropdown[open] input, main h1" } else { "[role=alert] button" });
            });
        };
        recreate_on_change(move || match self.status.get() {
            Status::NotLoaded | Status::Loading => view! { <Placeholder /> }.into_any(),
            Status::Loaded => self.value.get_value().map(&draw).into_any(),
            Status::Failed => view! { <ChunkError on_retry=retry /> }.into_any(),
            Status::Outdated => view! { <NewVersion /> }.into_any(),
        })
    }

    /// Draws a part of the page once this chunk is loaded. Shows nothing until then.
    pub fn view_if_loaded(self, draw: impl Fn(T) -> AnyView + Send + 'static) -> AnyView {
        recreate_on_change(move || self.get().map(&draw).into_any())
    }

    /// Runs an action of the chunk, once it is loaded. Shows a notice if it cannot be loaded.
    pub fn run(self, action: impl FnOnce(T) + 'static) {
        let notices = Notices::from_context();
        spawn_local(async move {
            match self.loaded().await {
                true => _ = self.value.get_value().map(action),
                false => notices.show(Notice::ChunkNotLoaded),
            }
        });
    }
}

/// Says that a part of the app cannot be loaded, with a button that tries again.
#[component]
fn ChunkError(#[prop(into)] on_retry: UnsyncCallback<MouseEvent>) -> impl IntoView {
    view! {
        <div class="page-message" role="alert">
            <p>{texts().chunk_not_loaded}</p>
            <Button class="button" on_click=on_retry>{texts().retry}</Button>
        </div>
    }
}

/// Says that there is a new version of the app, with a button that reloads the page.
#[component]
fn NewVersion() -> impl IntoView {
    let reload = |_| _ = window().location().reload();
    view! {
        <div class="page-message" role="alert">
            <p>{texts().new_version}</p>
            <Button class="button" on_click=reload>{texts().reload}</Button>
        </div>
    }
}
