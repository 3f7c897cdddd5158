//! Finds texts that the app changes in place. `app/src/view/recreate_on_change.rs` explains why the app must
//! replace the element of a text instead.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

/// Observes an element. Returns a function that returns a description of each changed or removed text.
const OBSERVE: &str = "
    const changes = []
    const collect = (records) => {
        for (const { type, target, oldValue, removedNodes } of records) {
            if (!root.contains(target)) continue
            if (type === 'characterData') changes.push(`'${oldValue}' became '${target.data}'`)
            for (const node of removedNodes) {
                if (node instanceof Text && node.data.trim()) changes.push(`'${node.data}' was removed`)
            }
        }
    }
    const observer = new MutationObserver(collect)
    observer.observe(root, { characterData: true, characterDataOldValue: true, childList: true, subtree: true })
    return () => {
        collect(observer.takeRecords())
        observer.disconnect()
        return changes.join(', ')
    }";

/// The observer of an element.
pub struct TextChanges(Function);

impl TextChanges {
    /// Starts observing an element.
    pub fn observe(root: &HtmlElement) -> Self {
        let observe = Function::new_with_args("root", OBSERVE);
        Self(observe.call1(&JsValue::UNDEFINED, root).unwrap().unchecked_into())
    }

    /// Stops observing, and fails the test if a text was changed in place.
    pub fn expect_none(&self) {
        let changes = self.0.call0(&JsValue::UNDEFINED).unwrap().as_string().unwrap();
        assert_eq!(changes, "", "texts that were changed in place");
    }
}
