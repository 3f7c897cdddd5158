//! Compares `start.js` with the app, because it has its own list of routes and its own timeout.

use app::api::request_timeout::REQUEST_TIMEOUT;
use app::router::Route;
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::network::Network;
use crate::support::page::Page;
use crate::support::responses::wishes;
use crate::support::wait::wait_until;

/// The paths of all pages, and paths that are similar to them.
const PATHS: [&str; 17] = [
    "/",
    "//",
    "/wishes",
    "/wishes/",
    "/wishes//",
    "/u/ada",
    "/u/Ada/",
    "/u/ab",
    "/u/a.da",
    "/u/a_b-1",
    "/u/abcdefghijabcdefghijabcdefghij",
    "/u/abcdefghijabcdefghijabcdefghijk",
    "/u/ada/more",
    "/signup",
    "/signup/",
    "/account",
    "/nowhere",
];

/// The results of the first part of `start.js` on a page.
struct StartResult {
    page_kind: String,
    fetched_path: Option<String>,
    timeout_ms: Option<f64>,
}

/// Runs the first part of `start.js`. Fakes replace the globals that it uses.
fn run_start_script(path: &str) -> StartResult {
    let (first_part, _) = include_str!("../../start.js").split_once("// ---- Draw the page ----").unwrap();
    let script = format!(
        "const result = {{}}
         const location = {{ pathname }}
         const document = {{ documentElement: {{ dataset: result }} }}
         const AbortSignal = {{ timeout(milliseconds) {{ result.timeout = milliseconds }} }}
         const fetch = (path) => {{ result.fetched = path; return Promise.resolve() }}
         const globalThis = result
         {first_part}
         return result"
    );
    let result: Object = Function::new_with_args("pathname", &script)
        .call1(&JsValue::NULL, &path.into())
        .unwrap()
        .unchecked_into();
    let property = |name: &str| Reflect::get(&result, &name.into()).unwrap();
    StartResult {
        page_kind: property("page").as_string().unwrap(),
        fetched_path: property("fetched").as_string(),
        timeout_ms: property("timeout").as_f64(),
    }
}

#[wasm_bindgen_test]
fn the_start_script_and_the_router_agree_on_every_path() {
    for path in PATHS {
        let page_kind = match Route::parse(path) {
            Route::Messages | Route::Wishes | Route::UserWishes(_) => "list",
            Route::SignUp | Route::Account => "form",
            Route::NotFound => "other",
        };
        let started = run_start_script(path);
        assert_eq!(started.page_kind, page_kind, "{path}");
        assert_eq!(started.fetched_path.is_some(), page_kind == "list", "{path}");
    }
}

#[wasm_bindgen_test]
async fn the_early_request_is_the_one_that_the_app_would_send() {
    for path in PATHS {
        let Some(fetched_path) = run_start_script(path).fetched_path else { continue };
        let line = format!("GET {fetched_path}");
        let network = Network::new();
        network.respond(&line, wishes(&[], None));
        let page = Page::open(path, network).await;
        wait_until(&line, || page.network.count(&line) == 1).await;
    }
}

#[wasm_bindgen_test]
fn the_early_request_has_the_same_timeout_as_other_requests() {
    assert_eq!(run_start_script("/").timeout_ms, Some(REQUEST_TIMEOUT.as_millis() as f64));
}
