//! Messages between the tabs of this browser, through a `BroadcastChannel`. They never contain an access
//! token.
//!
//! Tabs already see changes of web storage. These messages say why it changed, and they also arrive where web
//! storage is blocked.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// What has happened in a tab.
#[derive(Clone, Copy)]
pub enum Message<'a> {
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

impl<'a> Message<'a> {
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
    /// One channel object for sending and receiving: a channel does not receive its own messages. `None` if
    /// the browser does not support channels.
    static CHANNEL: Option<BroadcastChannel> = BroadcastChannel::new("wishboard").ok();
}

/// Sends a message to all other tabs.
pub fn send(message: Message<'_>) {
    let text = message.to_text();
    CHANNEL.with(|channel| _ = channel.as_ref().map(|channel| channel.post_message(&text.into())));
}

type Listener = Closure<dyn Fn(MessageEvent)>;

/// Calls `on_message` for each message of another tab, until the current owner is cleaned up.
pub fn listen(on_message: impl Fn(Message<'_>) + 'static) {
    let listener = Listener::new(move |event: MessageEvent| {
        if let Some(text) = event.data().as_string() {
            _ = Message::parse(&text).map(&on_message);
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
