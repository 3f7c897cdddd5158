//! Runs asynchronous work and shows that it is running.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Starts `work`. `busy` is true until it has finished.
pub fn spawn(busy: RwSignal<bool>, work: impl Future<Output = ()> + 'static) {
    spawn_boxed(busy, work.boxed_local());
}

// size: boxed futures, docs/size-tricks.md#boxed-futures
fn spawn_boxed(busy: RwSignal<bool>, work: LocalBoxFuture<'static, ()>) {
    busy.set(true);
    spawn_local(async move {
        work.await;
        _ = busy.try_set(false); // fails if the page with this signal has been left
    });
}
