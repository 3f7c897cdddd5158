//! Another tab of the same browser, and other browser events.

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    BroadcastChannel, Event, PageTransitionEvent, PageTransitionEventInit, StorageEvent, StorageEventInit,
};

use crate::support::gate::Gate;
use crate::support::wait::settled;
use crate::support::web_storage::{self, CREDENTIALS_KEY};

/// Another tab stores credentials. `json` is their JSON.
pub fn stores_credentials(json: &str) {
    web_storage::set(CREDENTIALS_KEY, json);
    dispatch_storage_event(Some(CREDENTIALS_KEY));
}

/// Grace logs in in another tab, in place of Ada.
pub fn grace_logs_in() {
    stores_credentials(&graces_credentials());
}

/// Credentials of Grace, as JSON. Ada must be logged in.
pub fn graces_credentials() -> String {
    let adas = web_storage::get(CREDENTIALS_KEY).unwrap();
    adas.replace("ada", "grace").replace("Ada", "Grace")
}

/// Another tab clears web storage.
pub fn clears_web_storage() {
    web_storage::clear();
    dispatch_storage_event(None);
}

/// Another tab broadcasts a message. Returns after this tab has handled it.
pub async fn broadcasts(message: &str) {
    let sender = BroadcastChannel::new("wishboard").unwrap();
    // This channel is newer than the app's channel, so it receives the message later.
    let receiver = BroadcastChannel::new("wishboard").unwrap();
    let received = Gate::new();
    receiver.set_onmessage(Some(received.as_event_handler()));
    sender.post_message(&message.into()).unwrap();
    JsFuture::from(received.opened).await.unwrap();
    receiver.close();
    settled().await;
}

/// The browser goes online.
pub fn browser_goes_online() {
    window().dispatch_event(&Event::new("online").unwrap()).unwrap();
}

/// The browser restores the page from its back/forward cache.
pub fn browser_restores_page() {
    let init = PageTransitionEventInit::new();
    init.set_persisted(true);
    let event = PageTransitionEvent::new_with_event_init_dict("pageshow", &init).unwrap();
    window().dispatch_event(&event).unwrap();
}

fn dispatch_storage_event(key: Option<&str>) {
    let init = StorageEventInit::new();
    init.set_key(key);
    let event = StorageEvent::new_with_event_init_dict("storage", &init).unwrap();
    window().dispatch_event(&event).unwrap();
}
