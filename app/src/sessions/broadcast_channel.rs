//! Events that the tabs of this browser send each other, through a `BroadcastChannel`. They never contain an access
//! token.
//!
//! Tabs also see changes of web storage. These events say why it has changed, and they also arrive if web storage is
//! blocked.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// An event in a tab that concerns all tabs.
#[derive(Clone, Copy)]
pub enum TabEvent<'a> {
    /// A user has logged in.
    LoggedIn,
    /// The user has logged out.
    LoggedOut,
    /// The account with this username has been deleted.
    AccountDeleted(&'a str),
}

const LOGGED_IN: &str = "in";
const LOGGED_OUT: &str = "out";
const ACCOUNT_DELETED_PREFIX: &str = "gone ";

impl<'a> TabEvent<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        match text {
            LOGGED_IN => Some(Self::LoggedIn),
            LOGGED_OUT => Some(Self::LoggedOut),
            text => text.strip_prefix(ACCOUNT_DELETED_PREFIX).map(Self::AccountDeleted),
        }
    }

    fn to_text(self) -> String {
        match self {
            Self::LoggedIn => LOGGED_IN.to_owned(),
            Self::LoggedOut => LOGGED_OUT.to_owned(),
            Self::AccountDeleted(username) => format!("{ACCOUNT_DELETED_PREFIX}{username}"),
        }
    }
}

thread_local! {
    /// The channel of this tab. It both sends and receives, because a channel does not receive its own events. `None`
    /// if the browser does not support channels.
    static CHANNEL: Option<BroadcastChannel> = BroadcastChannel::new("wishboard").ok();
}

/// Sends an event to all other tabs.
pub fn send(event: TabEvent<'_>) {
    let text = event.to_text();
    CHANNEL.with(|channel| _ = channel.as_ref().map(|channel| channel.post_message(&text.into())));
}

type Listener = Closure<dyn Fn(MessageEvent)>;

/// Calls `on_event` for each event of another tab, until the current owner is cleaned up.
pub fn listen(on_event: impl Fn(TabEvent<'_>) + 'static) {
    let listener = Listener::new(move |event: MessageEvent| {
        if let Some(text) = event.data().as_string() {
            _ = TabEvent::parse(&text).map(&on_event);
        }
    });
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            let callback = listener.as_ref().unchecked_ref();
            _ = channel.add_event_listener_with_callback("message", callback);
        }
    });
    let listener = StoredValue::new_local(listener);
    on_cleanup(move || _ = listener.try_with_value(stop_listening));
}

fn stop_listening(listener: &Listener) {
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            let callback = listener.as_ref().unchecked_ref();
            _ = channel.remove_event_listener_with_callback("message", callback);
        }
    });
}
