//! Reactive views whose types do not depend on the closures that compute them.
// size: erased view types, docs/size-tricks.md#erased-view-types

use std::sync::Arc;

use leptos::prelude::*;

/// A view that is redrawn whenever a signal that `view` reads changes.
pub fn reactive<V: IntoView + 'static>(mut view: impl FnMut() -> V + Send + 'static) -> AnyView {
    let erased: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || view().into_any());
    erased.into_any()
}

/// One view per key. A view keeps its state while its key is in the list, and is never reused for another key.
pub fn keyed_list(
    keys: impl Fn() -> Vec<String> + Send + Sync + 'static,
    draw: impl Fn(String) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let keys: Box<dyn Fn() -> Vec<String> + Send + Sync> = Box::new(keys);
    let draw: Arc<dyn Fn(String) -> AnyView + Send + Sync> = Arc::new(draw);
    view! { <For each=keys key=String::clone let:key>{draw(key)}</For> }.into_any()
}

/// A view that is replaced with a new one whenever `key` changes, so that no element keeps its state. The owner of the
/// old view is cleaned up before `draw` runs.
pub fn recreated(
    key: impl Fn() -> String + Send + 'static,
    draw: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let draw: Arc<dyn Fn() -> AnyView + Send + Sync> = Arc::new(draw);
    reactive(move || {
        let (key, draw) = (key(), Arc::clone(&draw));
        keyed_list(move || vec![key.clone()], move |_| draw())
    })
}
