//! The keyboard shortcut that submits a form: Ctrl+Enter, or Cmd+Enter on a Mac. It also works in a text area, in which
//! Enter alone is a line break.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, KeyboardEvent};

/// Submits the form of the event's target if the keys are those of the shortcut. Does nothing on a button that does not
/// submit, such as Cancel.
pub fn submit_on_shortcut(event: KeyboardEvent) {
    // The order matters: autofill dispatches `keydown` events without a key.
    let is_shortcut = (event.ctrl_key() || event.meta_key()) && event.key() == "Enter";
    if !is_shortcut || event.repeat() || event.is_composing() {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let target = target.filter(|target| !target.matches("[type=button]").unwrap_or_default());
    let form = target.and_then(|target| target.closest("form").ok().flatten());
    if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
        event.prevent_default();
        _ = form.request_submit();
    }
}
