//! Runs asynchronous work, and sets a signal while it is running.

use leptos::prelude::*;
use leptos::task::spawn_local;

/// Spawns `work`. `busy` is true until `work` has finished.
pub fn spawn(busy: RwSignal<bool>, work: impl Future<Output = ()> + 'static) {
    busy.set(true);
    spawn_local(async move {
        work.await;
        _ = busy.try_set(false); // fails if the user has left the page of this signal
    });
}
