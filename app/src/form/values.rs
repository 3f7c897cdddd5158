//! Reads and sets the values of a form's fields in the DOM.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FormData, HtmlFormElement, HtmlInputElement};

/// Returns the value of a field, or an empty string if the form has no field with this name.
pub fn get(form: &HtmlFormElement, field: &str) -> String {
    let data = FormData::new_with_form(form);
    data.ok().and_then(|data| data.get(field).as_string()).unwrap_or_default()
}

/// Sets the value of a field, and dispatches an `input` event as if the user had typed it.
pub fn set(container: &Element, field: &str, value: &str) {
    let element = container.query_selector(&format!("[name={field}]")).ok().flatten();
    if let (Some(element), Ok(event)) = (element, Event::new("input")) {
        // The element may also be a `<textarea>`, which has the property `value` too.
        element.unchecked_ref::<HtmlInputElement>().set_value(value);
        _ = element.dispatch_event(&event);
    }
}

/// Returns the first form in a dialog.
pub fn form_in(dialog: &Element) -> Option<HtmlFormElement> {
    dialog.query_selector("form").ok().flatten()?.dyn_into().ok()
}
