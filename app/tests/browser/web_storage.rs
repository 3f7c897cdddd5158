//! The storage, also where the browser has none to give.

use app::storage;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::network::{Network, json, logged_in};
use crate::page::{Page, forget_everything};
use crate::session::another_tab_says;

/// Makes the browser different until it is dropped.
struct Broken {
    mend: &'static str,
}

impl Broken {
    fn by(spoil: &str, mend: &'static str) -> Self {
        run(spoil);
        Self { mend }
    }

    fn blocked() -> Self {
        Self::by(
            "window.real = Object.getOwnPropertyDescriptor(window, 'localStorage');
             Object.defineProperty(window, 'localStorage', {
                 configurable: true, get() { throw new DOMException('blocked', 'SecurityError') } })",
            "Object.defineProperty(window, 'localStorage', window.real)",
        )
    }

    fn missing() -> Self {
        Self::by(
            "window.real = Object.getOwnPropertyDescriptor(window, 'localStorage');
             Object.defineProperty(window, 'localStorage', { configurable: true, value: null })",
            "Object.defineProperty(window, 'localStorage', window.real)",
        )
    }

    fn full() -> Self {
        Self::by(
            "window.real = Storage.prototype.setItem;
             Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
            "Storage.prototype.setItem = window.real",
        )
    }
}

impl Drop for Broken {
    fn drop(&mut self) {
        run(self.mend);
    }
}

fn run(script: &str) {
    js_sys::Function::new_no_args(script).call0(&JsValue::NULL).unwrap();
}

#[wasm_bindgen_test]
fn what_is_stored_is_found_until_it_is_removed() {
    storage::set("test", &vec![1, 2, 3]);
    assert_eq!(storage::get("test"), Some(vec![1, 2, 3]));
    assert_eq!(storage::get::<String>("test"), None, "not what was stored");
    storage::remove("test");
    assert_eq!(storage::get::<Vec<u8>>("test"), None);
}

#[wasm_bindgen_test]
fn without_a_storage_it_is_kept_in_memory() {
    for broken in [Broken::blocked, Broken::missing, Broken::full] {
        let broken = broken();
        storage::set("test", &"kept".to_owned());
        assert_eq!(storage::get::<String>("test").as_deref(), Some("kept"));
        storage::remove("test");
        assert_eq!(storage::get::<String>("test"), None);
        drop(broken);
    }
}

#[wasm_bindgen_test]
fn what_does_not_fit_any_more_takes_the_place_of_what_did() {
    storage::set("test", &"old".to_owned());
    let full = Broken::full();
    storage::set("test", &"new".to_owned());
    assert_eq!(storage::get::<String>("test").as_deref(), Some("new"));
    drop(full);
    assert_eq!(storage::get::<String>("test").as_deref(), Some("new"));
    storage::remove("test");
    forget_everything();
}

#[wasm_bindgen_test]
async fn one_can_log_in_where_storage_is_blocked() {
    let _blocked = Broken::blocked();
    let page = Page::open_as_ada("/", Network::new()).await;
    page.sees("Post a message").await;
    page.sees("This browser keeps nothing").await;
    page.click("Post a message").await;
    page.fill("Message", "Half a thought").await;
    page.click("Cancel").await;
    page.click("Wishes").await;
    page.click("Messages").await;
    page.click("Post a message").await;
    assert_eq!(page.typed("Message").await, "Half a thought", "as long as the page is open");
    storage::remove("wishboard.session");
    app::draft::forget_all(Some("ada"));
}

#[wasm_bindgen_test]
async fn where_storage_is_blocked_another_tabs_login_is_found_by_the_cookie() {
    let _blocked = Broken::blocked();
    let network = Network::new();
    network.answer("POST /api/token", json(200, &logged_in("ada", "second")));
    let page = Page::open("/", network);
    page.sees("Log in").await;
    another_tab_says("in").await;
    page.sees("Ada").await;
    another_tab_says("out").await;
    page.sees("Log in").await;
}

#[wasm_bindgen_test]
async fn where_storage_works_nobody_is_told_that_it_does_not() {
    let page = Page::open_as_ada("/", Network::new()).await;
    assert!(!page.shows("This browser keeps nothing"));
}
