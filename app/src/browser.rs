//! Functions of the browser that can be missing or can throw, with fallbacks.
//!
//! Without `catch`, a JavaScript exception stops the app, and `start.js` replaces the page with an error. So an import
//! that can throw needs `catch`. `view::dialog` declares the functions of dialogs.

use std::time::Duration;

use js_sys::{Array, Math, Promise};
use leptos::prelude::{set_timeout, window};
use uuid::Builder;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal, Request, ShareData};

#[wasm_bindgen]
extern "C" {
    /// Missing on pages that are neither on https nor on localhost.
    #[wasm_bindgen(catch, js_namespace = crypto, js_name = randomUUID)]
    fn crypto_random_uuid() -> Result<String, JsValue>;

    /// Missing in Safari 15.
    #[wasm_bindgen(catch, js_namespace = AbortSignal, js_name = timeout)]
    fn abort_signal_timeout(milliseconds: u32) -> Result<AbortSignal, JsValue>;

    /// Throws if the tag is invalid.
    #[wasm_bindgen(catch, js_namespace = Intl, js_name = getCanonicalLocales)]
    fn canonical_locales(tag: &str) -> Result<Array, JsValue>;

    /// Browser extensions can replace it with a function that throws.
    #[wasm_bindgen(catch)]
    pub fn fetch(request: &Request) -> Result<Promise, JsValue>;

    /// Missing on pages that are neither on https nor on localhost.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "clipboard"], js_name = writeText)]
    pub fn write_to_clipboard(text: &str) -> Result<Promise, JsValue>;

    /// Missing in some browsers for desktops, such as Firefox.
    #[wasm_bindgen(catch, js_namespace = navigator)]
    pub fn share(data: &ShareData) -> Result<Promise, JsValue>;
}

/// Returns a random UUID (version 4).
pub fn random_uuid() -> String {
    crypto_random_uuid()
        .unwrap_or_else(|_| Builder::from_random_bytes(random_bytes()).into_uuid().to_string())
}

/// Returns 16 random bytes. Without the browser's cryptography they can be guessed, which an idempotency key allows.
fn random_bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    let crypto = window().crypto();
    if crypto.is_ok_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok()) {
        return bytes;
    }
    bytes.map(|_| (Math::random() * 256.0) as u8)
}

/// Returns a signal that aborts a request after this time; `None` if the browser cannot abort requests.
pub fn timeout_signal(timeout: Duration) -> Option<AbortSignal> {
    if let Ok(signal) = abort_signal_timeout(timeout.as_millis() as u32) {
        return Some(signal);
    }
    let controller = AbortController::new().ok()?;
    let signal = controller.signal();
    set_timeout(move || controller.abort(), timeout);
    Some(signal)
}

/// Whether `Intl` accepts a language tag. Some browsers on Linux report tags like `en-US@posix`, which it rejects.
pub fn is_valid_locale(tag: &str) -> bool {
    canonical_locales(tag).is_ok()
}

/// Whether the navigator has this function, which older browsers and pages without https lack.
pub(crate) fn supports(navigator: &web_sys::Navigator, name: &str) -> bool {
    js_sys::Reflect::get(navigator, &name.into()).is_ok_and(|value| !value.is_undefined())
}
