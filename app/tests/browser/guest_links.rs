//! The links and buttons that lead guests to the login and to the sign-up.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::support::network::Network;
use crate::support::page::{Page, focused};
use crate::support::wait::field_has_focus;

/// Opens the app at a path, and returns the element that matches the selector.
async fn open_and_find(path: &str, selector: &str) -> (Page, HtmlElement) {
    let page = Page::open(path, Network::new()).await;
    page.wait_for("Log in").await;
    let found = page.find(selector).remove(0);
    (page, found)
}

/// Clicks a button. A real click also moves the focus.
fn click(button: &HtmlElement) {
    button.focus().unwrap();
    button.click();
}

async fn login_form_has_focus() {
    field_has_focus("username").await;
    assert!(focused().closest("header .dropdown[open]").unwrap().is_some());
}

#[wasm_bindgen_test]
async fn the_hint_above_a_list_leads_to_the_login_and_to_the_sign_up() {
    for (path, hint, sign_up) in [
        ("/", "Log in or sign up to post a message.", "/signup"),
        ("/wishes", "Log in or sign up to make a wish list.", "/signup?next=/wishes"),
        ("/u/ada", "Log in or sign up to make a wish list.", "/signup?next=/u/ada"),
    ] {
        let (page, link) = open_and_find(path, "main .hint a").await;
        assert_eq!(link.get_attribute("href").unwrap(), sign_up);
        assert_eq!(link.closest("p").unwrap().unwrap().text_content().unwrap(), hint);
        click(&page.find("main .hint button").remove(0));
        login_form_has_focus().await;
    }
}

#[wasm_bindgen_test]
async fn an_empty_list_leads_to_the_sign_up() {
    for (path, sign_up) in [("/", "/signup"), ("/wishes", "/signup?next=/wishes")] {
        let page = Page::open(path, Network::new()).await;
        page.wait_for("Sign up and").await;
        let link = page.find("main .page-message a").remove(0);
        assert_eq!(link.get_attribute("href").unwrap(), sign_up);
        assert!(link.closest("p").unwrap().unwrap().text_content().unwrap().ends_with("the first one."));
    }
}

#[wasm_bindgen_test]
async fn the_login_form_leads_to_the_sign_up() {
    let (page, _) = open_and_find("/wishes", "main").await;
    page.click("Log in").await;
    let link = page.find("header .dropdown[open] a").remove(0);
    assert_eq!(link.get_attribute("href").unwrap(), "/signup?next=/wishes");
}

#[wasm_bindgen_test]
async fn the_sign_up_page_leads_to_the_login() {
    let (page, button) = open_and_find("/signup", "main .lead button").await;
    page.wait_for("Already have an account? Log in").await;
    click(&button);
    login_form_has_focus().await;
}

#[wasm_bindgen_test]
async fn the_account_page_leads_to_the_sign_up() {
    let (page, link) = open_and_find("/account", "main .lead a").await;
    page.wait_for("Log in to see your account. New here? Sign up").await;
    assert_eq!(link.get_attribute("href").unwrap(), "/signup?next=/account");
}
