//! The text of a post: its links, and the button of a long text.

use app::posts::text::{LINK, LONG};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlAnchorElement};

use crate::support::fixtures::message;
use crate::support::network::Network;
use crate::support::page::Page;
use crate::support::responses::messages;

/// Opens the board with one message. Returns the page and the element with the message's text.
async fn open_with_message(text: &str) -> (Page, Element) {
    let network = Network::new();
    network.respond("GET /api/messages", messages(&[message("1", text)], None));
    let page = Page::open("/", network).await;
    page.wait_for("Grace").await;
    let paragraph = page.find(".post-text").remove(0).unchecked_into();
    (page, paragraph)
}

/// Returns the addresses of the links in a message with this text.
async fn links_in(text: &str) -> Vec<String> {
    let (page, paragraph) = open_with_message(text).await;
    assert_eq!(paragraph.text_content().unwrap(), text, "all of the text is still there");
    let links = page.find(".post-text a");
    let links = links.into_iter().map(|link| link.unchecked_into::<HtmlAnchorElement>());
    links
        .map(|link| {
            assert_eq!((link.target(), link.rel()), ("_blank".into(), "noopener noreferrer nofollow".into()));
            assert_eq!(link.text_content(), link.get_attribute("href"));
            link.text_content().unwrap()
        })
        .collect()
}

#[wasm_bindgen_test]
async fn addresses_in_a_message_are_links_without_the_punctuation_after_them() {
    for (text, links) in [
        ("https://example.com", vec!["https://example.com"]),
        ("See http://example.com/a?b=c&d#e.", vec!["http://example.com/a?b=c&d#e"]),
        (
            "HTTPS://EXAMPLE.COM/ and https://b.example/-_",
            vec!["HTTPS://EXAMPLE.COM/", "https://b.example/-_"],
        ),
        (
            "(https://example.com/a), \"https://b.example/\"!",
            vec!["https://example.com/a", "https://b.example/"],
        ),
        ("https://example.com/Rust_(language)", vec!["https://example.com/Rust_(language)"]),
        ("https://example.com/a_(b).", vec!["https://example.com/a_(b)"]),
        ("line\nhttps://bücher.example/Maß\nline", vec!["https://bücher.example/Maß"]),
        ("https://example.com/%C3%A4…", vec!["https://example.com/%C3%A4"]),
        ("日本語https://example.com/。", vec!["https://example.com/"]),
    ] {
        assert_eq!(links_in(text).await, links, "{text}");
    }
}

#[wasm_bindgen_test]
async fn a_message_full_of_links_is_shown() {
    let text = "http://a ".repeat(222);
    assert_eq!(links_in(text.trim_end()).await.len(), 222);
}

#[wasm_bindgen_test]
async fn only_http_and_https_addresses_are_links() {
    for text in [
        "javascript:alert(1)",
        "data:text/html,<b>bold</b>",
        "mailto:ann@example.com",
        "ftp://example.com/",
        "file:///etc/passwd",
        "https:// example.com",
        "https://",
        "example.com",
        "<a href=\"x\">x</a>",
    ] {
        assert_eq!(links_in(text).await, Vec::<String>::new(), "{text}");
    }
}

#[wasm_bindgen_test]
async fn a_long_text_has_a_button_that_unfolds_and_folds_it() {
    for text in ["word ".repeat(160) + "end", "line\n".repeat(12) + "end"] {
        let (page, _) = open_with_message(&text).await;
        let button = page.find(".fold-button").remove(0);
        let is_expanded = || button.get_attribute("aria-expanded").unwrap();
        assert_eq!(is_expanded(), "false");
        button.click();
        assert_eq!(is_expanded(), "true");
        button.click();
        assert_eq!(is_expanded(), "false");
    }
    for text in ["word ".repeat(159), "line\n".repeat(11) + "end"] {
        let (page, _) = open_with_message(&text).await;
        assert!(page.find(".fold-button").is_empty());
    }
}

#[wasm_bindgen_test]
fn the_start_script_has_the_same_patterns() {
    let script = include_str!("../../start.js");
    assert!(script.contains(&format!("const LINK = /{LINK}/iu\n")));
    assert!(script.contains(&format!("const LONG = /{LONG}/\n")));
}
