//! Web storage, including browsers in which it is blocked, missing or full.

use app::storage::{drafts, web_storage};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::logged_in;
use crate::support::network::Network;
use crate::support::other_tab;
use crate::support::page::Page;
use crate::support::responses::json;
use crate::support::wait::settled;
use crate::support::web_storage::CREDENTIALS_KEY;

/// Breaks web storage until this is dropped.
struct BrokenStorage {
    repair_script: &'static str,
}

impl BrokenStorage {
    fn new(break_script: &str, repair_script: &'static str) -> Self {
        run(break_script);
        Self { repair_script }
    }

    fn blocked() -> Self {
        Self::new(
            "window.original = Object.getOwnPropertyDescriptor(window, 'localStorage');
             Object.defineProperty(window, 'localStorage', {
                 configurable: true, get() { throw new DOMException('blocked', 'SecurityError') } })",
            "Object.defineProperty(window, 'localStorage', window.original)",
        )
    }

    fn missing() -> Self {
        Self::new(
            "window.original = Object.getOwnPropertyDescriptor(window, 'localStorage');
             Object.defineProperty(window, 'localStorage', { configurable: true, value: null })",
            "Object.defineProperty(window, 'localStorage', window.original)",
        )
    }

    fn full() -> Self {
        Self::new(
            "window.original = Storage.prototype.setItem;
             Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
            "Storage.prototype.setItem = window.original",
        )
    }
}

impl Drop for BrokenStorage {
    fn drop(&mut self) {
        run(self.repair_script);
    }
}

fn run(script: &str) {
    js_sys::Function::new_no_args(script).call0(&JsValue::NULL).unwrap();
}

#[wasm_bindgen_test]
fn a_stored_value_can_be_read_until_it_is_removed() {
    web_storage::set("test", &vec![1, 2, 3]);
    assert_eq!(web_storage::get("test"), Some(vec![1, 2, 3]));
    assert_eq!(web_storage::get::<String>("test"), None, "the value has another type");
    web_storage::remove("test");
    assert_eq!(web_storage::get::<Vec<u8>>("test"), None);
}

#[wasm_bindgen_test]
fn without_web_storage_values_stay_in_memory() {
    for break_storage in [BrokenStorage::blocked, BrokenStorage::missing, BrokenStorage::full] {
        let broken = break_storage();
        web_storage::set("test", &"value".to_owned());
        assert_eq!(web_storage::get::<String>("test").as_deref(), Some("value"));
        web_storage::remove("test");
        assert_eq!(web_storage::get::<String>("test"), None);
        drop(broken);
    }
}

#[wasm_bindgen_test]
fn a_value_that_does_not_fit_replaces_the_older_one() {
    web_storage::set("test", &"old".to_owned());
    let full = BrokenStorage::full();
    web_storage::set("test", &"new".to_owned());
    assert_eq!(web_storage::get::<String>("test").as_deref(), Some("new"));
    drop(full);
    assert_eq!(web_storage::get::<String>("test").as_deref(), Some("new"));
    web_storage::remove("test");
}

#[wasm_bindgen_test]
async fn a_user_can_log_in_while_web_storage_is_blocked() {
    let _blocked = BrokenStorage::blocked();
    let page = Page::open_as_ada("/", Network::new()).await;
    page.wait_for("Post a message").await;
    page.wait_for("This browser can't store anything.").await;
    page.write_message("Half a thought").await;
    page.click("Cancel").await;
    page.click("Wishes").await;
    page.click("Messages").await;
    page.click("Post a message").await;
    assert_eq!(page.value("Message").await, "Half a thought", "the draft is in memory");
    web_storage::remove(CREDENTIALS_KEY);
    drafts::delete_all(Some("ada"));
}

#[wasm_bindgen_test]
async fn without_web_storage_the_cookie_transfers_a_login_from_another_tab() {
    let _blocked = BrokenStorage::blocked();
    let network = Network::new();
    network.respond("POST /api/token", json(200, &logged_in("ada", "second")));
    let page = Page::open("/", network).await;
    page.wait_for("Log in").await;
    other_tab::broadcasts("in").await;
    page.wait_for("Ada").await;
    other_tab::broadcasts("out").await;
    page.wait_for("Log in").await;
}

#[wasm_bindgen_test]
async fn no_warning_is_shown_while_web_storage_works() {
    let page = Page::open_as_ada("/", Network::new()).await;
    settled().await;
    assert!(!page.shows("This browser can't store anything."));
}
