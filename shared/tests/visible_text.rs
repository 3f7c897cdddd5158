//! Tests of the validation of visible characters.

#[path = "examples/texts.rs"]
mod texts;

use shared::messages::MessageBody;
use shared::users::DisplayName;
use shared::validation::ValidationError;
use shared::wishes::{WishDescription, WishName};
use texts::{DIRECTION_CONTROLS, INVISIBLE, MARK_FIRST, VISIBLE};

#[test]
fn a_text_needs_a_visible_character() {
    for text in INVISIBLE.iter().flat_map(|text| [(*text).to_owned(), format!(" {text}\n{text} ")]) {
        assert_eq!(MessageBody::parse(&text), Err(ValidationError::NoVisibleCharacter), "{text:?}");
        let line = text.replace('\n', "");
        assert_eq!(DisplayName::parse(&line), Err(ValidationError::NoVisibleCharacter), "{line:?}");
        assert_eq!(WishName::parse(&line), Err(ValidationError::NoVisibleCharacter), "{line:?}");
        assert_eq!(WishDescription::parse(&text), Ok(WishDescription::default()), "{text:?}");
    }
    for blank in ["", " ", "\t", "\r\n", "\u{a0}", "\u{1680}", "\u{2003}", "\u{2028}", "\u{3000} \u{205f}"] {
        assert_eq!(MessageBody::parse(blank), Err(ValidationError::Empty), "{blank:?}");
    }
}

#[test]
fn one_visible_character_is_enough() {
    for text in VISIBLE {
        assert_eq!(DisplayName::parse(text).map(|name| name.as_str().to_owned()), Ok(text.to_owned()));
        for text in INVISIBLE.iter().map(|invisible| format!("{text}{invisible}{text}")) {
            assert_eq!(MessageBody::parse(&text).map(|body| body.as_str().to_owned()), Ok(text.clone()));
            assert_eq!(WishName::parse(&text).map(|name| name.as_str().to_owned()), Ok(text.clone()));
        }
    }
}

#[test]
fn a_name_does_not_begin_with_a_combining_mark() {
    for name in MARK_FIRST {
        assert_eq!(DisplayName::parse(name), Err(ValidationError::StartsWithMark), "{name:?}");
        assert!(MessageBody::parse(name).is_ok() && WishName::parse(name).is_ok(), "{name:?}");
    }
}

#[test]
fn a_name_has_no_direction_control() {
    for control in DIRECTION_CONTROLS {
        for name in [format!("{control}Ann"), format!("An{control}n"), format!("محمد{control}")] {
            assert_eq!(DisplayName::parse(&name), Err(ValidationError::DirectionControl), "{name:?}");
            assert!(MessageBody::parse(&name).is_ok() && WishName::parse(&name).is_ok(), "{name:?}");
        }
    }
}
