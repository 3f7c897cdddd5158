//! Which texts a reader can see.

#[path = "examples/texts.rs"]
mod texts;

use shared::account::Name;
use shared::board::Body;
use shared::rule::Invalid;
use shared::wishlist::{Description, WishName};
use texts::{DIRECTION_CONTROLS, INVISIBLE, MARK_FIRST, VISIBLE};

#[test]
fn a_text_needs_a_visible_character() {
    for text in INVISIBLE.iter().flat_map(|text| [(*text).to_owned(), format!(" {text}\n{text} ")]) {
        assert_eq!(Body::parse(&text), Err(Invalid::NoVisibleCharacter), "{text:?}");
        let line = text.replace('\n', "");
        assert_eq!(Name::parse(&line), Err(Invalid::NoVisibleCharacter), "{line:?}");
        assert_eq!(WishName::parse(&line), Err(Invalid::NoVisibleCharacter), "{line:?}");
        assert_eq!(Description::parse(&text), Ok(Description::default()), "{text:?}");
    }
    for blank in ["", " ", "\t", "\r\n", "\u{a0}", "\u{1680}", "\u{2003}", "\u{2028}", "\u{3000} \u{205f}"] {
        assert_eq!(Body::parse(blank), Err(Invalid::Empty), "{blank:?}");
    }
}

#[test]
fn one_visible_character_is_enough() {
    for text in VISIBLE {
        assert_eq!(Name::parse(text).map(|name| name.as_str().to_owned()), Ok(text.to_owned()));
        for text in INVISIBLE.iter().map(|invisible| format!("{text}{invisible}{text}")) {
            assert_eq!(Body::parse(&text).map(|body| body.as_str().to_owned()), Ok(text.clone()));
            assert_eq!(WishName::parse(&text).map(|name| name.as_str().to_owned()), Ok(text.clone()));
        }
    }
}

#[test]
fn a_name_does_not_begin_with_a_combining_mark() {
    for name in MARK_FIRST {
        assert_eq!(Name::parse(name), Err(Invalid::StartsWithMark), "{name:?}");
        assert!(Body::parse(name).is_ok() && WishName::parse(name).is_ok(), "{name:?}");
    }
}

#[test]
fn a_name_has_no_direction_control() {
    for control in DIRECTION_CONTROLS {
        for name in [format!("{control}Ann"), format!("An{control}n"), format!("محمد{control}")] {
            assert_eq!(Name::parse(&name), Err(Invalid::DirectionControl), "{name:?}");
            assert!(Body::parse(&name).is_ok() && WishName::parse(&name).is_ok(), "{name:?}");
        }
    }
}
