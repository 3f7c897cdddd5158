//! Visible characters: validation with the browser's Unicode tables gives the same results as on the server.

use shared::messages::MessageBody;
use shared::users::DisplayName;
use shared::validation::ValidationError;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::network::Network;
use crate::support::page::Page;

#[path = "../../../shared/tests/examples/texts.rs"]
mod texts;

#[wasm_bindgen_test]
fn the_app_also_requires_a_visible_character() {
    for text in texts::INVISIBLE {
        assert_eq!(MessageBody::parse(text), Err(ValidationError::NoVisibleCharacter), "{text:?}");
    }
    for text in texts::VISIBLE {
        assert_eq!(DisplayName::parse(text).map(|name| name.as_str().to_owned()), Ok(text.to_owned()));
    }
    for name in texts::MARK_FIRST {
        assert_eq!(DisplayName::parse(name), Err(ValidationError::StartsWithMark), "{name:?}");
    }
    for control in texts::DIRECTION_CONTROLS {
        assert_eq!(
            DisplayName::parse(&format!("a{control}")),
            Err(ValidationError::DirectionControl),
            "{control:?}"
        );
    }
}

#[wasm_bindgen_test]
async fn the_form_shows_that_a_name_needs_a_visible_character() {
    let page = Page::open("/signup", Network::new()).await;
    page.fill("Username", "ada").await;
    page.fill("Name", "\u{3164}").await;
    page.fill("Password", "a right horse").await;
    page.submit("Sign up").await;
    assert_eq!(page.field_error("Name").await.unwrap(), "Use at least one visible character.");
    assert_eq!(page.network.count("POST /api/signup"), 0);
}
