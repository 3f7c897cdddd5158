//! Unicode properties of texts: visible characters, combining marks and direction controls.
//!
//! The server uses the tables of ICU4X. They are too large for the app, which uses the browser's tables through regular
//! expressions. If the browser has a newer version of Unicode than the server, the server rejects a text whose only
//! visible characters are new.

/// Returns whether a character controls the direction of the text around it (property `Bidi_Control`).
pub(crate) fn is_direction_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

pub(crate) use tables::{has_visible, starts_with_mark};

#[cfg(not(target_arch = "wasm32"))]
mod tables {
    use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup};
    use icu_properties::{CodePointMapData, CodePointSetData};

    /// Returns whether the text has a visible character: one that is not a control, format, private-use or unassigned
    /// character, not a separator, not `Default_Ignorable_Code_Point`, and not one of the two symbols that are blank by
    /// design (U+2800, U+1D159).
    pub(crate) fn has_visible(text: &str) -> bool {
        text.chars().any(is_visible)
    }

    /// Returns whether the first visible character of the text, or one before it, is a combining mark.
    pub(crate) fn starts_with_mark(text: &str) -> bool {
        let first = text.chars().find(|c| is_mark(*c) || is_visible(*c));
        first.is_some_and(is_mark)
    }

    fn is_visible(c: char) -> bool {
        let category = CodePointMapData::<GeneralCategory>::new().get(c);
        let is_blank = GeneralCategoryGroup::Other.contains(category)
            || GeneralCategoryGroup::Separator.contains(category)
            || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
            || matches!(c, '\u{2800}' | '\u{1d159}');
        !is_blank
    }

    fn is_mark(c: char) -> bool {
        GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(c))
    }
}

/// The same rules as in the other `tables`, as regular expressions.
#[cfg(target_arch = "wasm32")]
mod tables {
    use js_sys::RegExp;

    pub(crate) fn has_visible(text: &str) -> bool {
        RegExp::new(r"[^\p{C}\p{Z}\p{DI}\u2800\u{1D159}]", "u").test(text)
    }

    pub(crate) fn starts_with_mark(text: &str) -> bool {
        RegExp::new(r"^[\p{C}\p{Z}\p{DI}\u2800\u{1D159}]*\p{M}", "u").test(text)
    }
}
