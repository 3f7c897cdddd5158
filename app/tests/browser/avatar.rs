//! The avatars of authors.

use app::posts::avatar;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn an_avatar_shows_the_first_grapheme_cluster() {
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
