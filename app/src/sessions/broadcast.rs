//! What the tabs of this browser tell each other, beside what the storage tells them by itself. Never
//! a secret: who came, who left, who is no more.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// Somebody has logged in.
pub const IN: &str = "in";
/// Who was logged in has logged out.
pub const OUT: &str = "out";
/// An account was deleted; its username follows.
pub const GONE: &str = "gone ";

type Listener = Closure<dyn Fn(MessageEvent)>;

thread_local! {
    /// One for all: who tells something is not told so. None: the browser has no such thing.
    static CHANNEL: Option<BroadcastChannel> = BroadcastChannel::new("wishboard").ok();
}

/// Tells all other tabs.
pub fn tell(word: &str) {
    CHANNEL.with(|channel| _ = channel.as_ref().map(|channel| channel.post_message(&word.into())));
}

/// Calls back when another tab tells something, until the caller's owner ends.
pub fn listen(told: impl Fn(&str) + 'static) {
    let listener = Listener::new(move |event: MessageEvent| {
        if let Some(word) = event.data().as_string() {
            told(&word);
        }
    });
    let follow = |listener: &Listener, begin: bool| {
        let function = listener.as_ref().unchecked_ref();
        CHANNEL.with(|channel| match (channel, begin) {
            (Some(channel), true) => _ = channel.add_event_listener_with_callback("message", function),
            (Some(channel), false) => _ = channel.remove_event_listener_with_callback("message", function),
            (None, _) => {}
        });
    };
    follow(&listener, true);
    let listener = StoredValue::new_local(listener);
    on_cleanup(move || _ = listener.try_with_value(|listener| follow(listener, false)));
}
