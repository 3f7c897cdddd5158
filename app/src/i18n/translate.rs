//! Chooses the text of the current language, and inserts values into it.

use crate::i18n::language::{Language, current};

/// One text in every language: English, German.
pub(super) type Texts = &'static [&'static str; 2];

/// Returns the text of the current language.
// size: returns a reference to the `&str`, docs/size-tricks.md#texts-are-returned-by-reference
pub(super) fn translate([english, german]: Texts) -> &'static &'static str {
    match current() {
        Language::English => english,
        Language::German => german,
    }
}

/// Returns the text of the current language. Replaces each `{}` with the next value.
pub(super) fn translate_with(texts: Texts, values: &[&str]) -> String {
    let mut parts = translate(texts).split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (part, value) in parts.zip(values) {
        text.push_str(value);
        text.push_str(part.strip_prefix('}').unwrap_or(part));
    }
    text
}
