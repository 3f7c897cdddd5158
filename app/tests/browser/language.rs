//! The page in the language of who reads it.

use app::feed::avatar;
use leptos::prelude::{document, window};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::network::{Network, messages, wish, wishes};
use crate::page::{Page, eventually, focused};

fn tag() -> Option<String> {
    document().document_element().and_then(|html| html.get_attribute("lang"))
}

#[wasm_bindgen_test]
async fn another_language_is_chosen_for_all_pages_and_for_the_next_visit() {
    let network = Network::new();
    network.answer("GET /api/messages", messages(&[], None));
    network.answer("GET /api/wishes", wishes(&[wish("1", "A boat")], None));
    let mut page = Page::open("/", network);
    page.sees("No messages yet").await;
    assert_eq!(tag().as_deref(), Some("en"));
    page.click("Deutsch").await;
    page.sees("Noch keine Nachrichten").await;
    assert_eq!(tag().as_deref(), Some("de"));
    assert_eq!(document().title(), "Nachrichten · Wishboard");
    eventually("the focus where it was", || focused().text_content().as_deref() == Some("English")).await;
    page.click("Wünsche").await;
    page.sees("A boat").await;
    let time = page.find("time")[0].inner_text();
    assert!(time.contains("vor ") || time.contains("gestern"), "{time}");
    page.reload();
    page.sees("Melde dich an").await;
    page.click("English").await;
    page.sees("Log in").await;
    assert_eq!(tag().as_deref(), Some("en"));
    assert_eq!(window().location().pathname().unwrap(), "/wishes");
}

#[wasm_bindgen_test]
async fn who_is_logged_in_stays_so_in_another_language() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.click("Deutsch").await;
    page.sees("Nachricht schreiben").await;
    page.click("Ada").await;
    page.sees("Abmelden").await;
    page.click("English").await;
    page.sees("Post a message").await;
}

#[wasm_bindgen_test]
fn an_avatar_shows_what_a_reader_takes_for_one_letter() {
    for (name, initial) in [
        ("Ada", "A"),
        ("Élodie", "É"),
        ("e\u{301}lodie", "e\u{301}"),
        ("👩‍🚀 Sally", "👩‍🚀"),
        ("👍🏽ok", "👍🏽"),
        ("🇩🇪🇫🇷", "🇩🇪"),
        ("नीता", "नी"),
        ("❤️", "❤️"),
        ("", ""),
    ] {
        assert_eq!(avatar::initial(name), initial, "{name}");
    }
}
