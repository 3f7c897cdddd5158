//! The request that `app/start.js` sends while the wasm is still loading.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The global variable that `start.js` sets: `{ path, response, text, etag }`. `response` is the promise that `fetch`
/// has returned. `start.js` adds `text` (the body) and `etag` after it has drawn the page.
const GLOBAL: &str = "wishboardEarlyFetch";

/// Returns the body and the entity tag of the early response to this path, if `start.js` has drawn the page from it.
/// Returns them only once.
pub fn take_drawn(path: &str) -> Option<(String, String)> {
    let early = find(path)?;
    let text = |name: &str| Reflect::get(&early, &name.into()).ok()?.as_string();
    let drawn = (text("text")?, text("etag")?);
    remove();
    Some(drawn)
}

/// Returns the promise of the early response to this path. Returns it only once, so later calls have to send a request.
pub fn take(path: &str) -> Option<Promise> {
    let early = find(path)?;
    remove();
    Reflect::get(&early, &"response".into()).ok()?.dyn_into().ok()
}

fn find(path: &str) -> Option<JsValue> {
    let early = Reflect::get(&js_sys::global(), &GLOBAL.into()).ok()?;
    let early_path = Reflect::get(early.dyn_ref::<Object>()?, &"path".into()).ok()?;
    (early_path.as_string()? == path).then_some(early)
}

fn remove() {
    _ = Reflect::delete_property(&js_sys::global(), &GLOBAL.into());
}
