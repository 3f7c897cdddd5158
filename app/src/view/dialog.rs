//! Opens and closes dialogs, also in browsers that do not have the functions of `<dialog>`, such as Safari 15.3.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;
use web_sys::{Event, HtmlDialogElement};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["HTMLDialogElement", "prototype", "close"], js_name = call)]
    fn close_dialog(dialog: &HtmlDialogElement) -> Result<(), JsValue>;
}

/// Opens a dialog, unless it is open.
pub fn open(dialog: &HtmlDialogElement) {
    // In some browsers, also fails if the dialog is open. Setting the attribute again then changes nothing.
    if dialog.show_modal().is_err() {
        _ = dialog.set_attribute("open", "");
    }
}

/// Closes a dialog.
pub fn close(dialog: &HtmlDialogElement) {
    if close_dialog(dialog).is_err() {
        _ = dialog.remove_attribute("open");
        _ = Event::new("close").map(|event| dialog.dispatch_event(&event));
    }
}
