//! Holds back a response until the test releases it.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;

/// A gate that holds back responses. It is initially closed.
pub struct Gate {
    /// Resolves when the gate opens.
    pub opened: Promise,
    resolve: Function,
}

impl Gate {
    /// A closed gate.
    pub fn new() -> Self {
        let mut resolve = None;
        let opened = Promise::new(&mut |resolve_promise, _| resolve = Some(resolve_promise));
        Self { opened, resolve: resolve.unwrap() }
    }

    /// Opens the gate. It stays open.
    pub fn open(&self) {
        self.resolve.call0(&JsValue::NULL).unwrap();
    }

    /// A function that opens the gate. It accepts any arguments, so that it can be used as an event handler.
    pub fn as_event_handler(&self) -> &Function {
        &self.resolve
    }
}
