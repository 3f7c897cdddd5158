//! The request that `app/start.js` sends while the wasm is still loading.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::JsCast;

/// The global variable that `start.js` sets: `{ path, response }`, where `response` is the promise of
/// `fetch`.
const GLOBAL: &str = "wishboardEarlyFetch";

/// The promise of the early response, if its path is this one. Returns it only once: later calls have to send
/// a request.
pub fn take(path: &str) -> Option<Promise> {
    let global = js_sys::global();
    let early = Reflect::get(&global, &GLOBAL.into()).ok()?;
    let early_path = Reflect::get(early.dyn_ref::<Object>()?, &"path".into()).ok()?;
    if early_path.as_string()? != path {
        return None;
    }
    _ = Reflect::delete_property(&global, &GLOBAL.into());
    Reflect::get(&early, &"response".into()).ok()?.dyn_into().ok()
}
