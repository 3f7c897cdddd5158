//! Validation of texts.

use std::fmt;

use crate::{english_texts as texts, unicode};

/// The reason why a text is rejected. The `Display` text is an English sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValidationError {
    /// Empty, or only white space.
    Empty,
    /// Fewer characters than this minimum.
    TooShort(usize),
    /// More characters than this maximum.
    TooLong(usize),
    /// No character that a reader can see. See `unicode.rs`.
    NoVisibleCharacter,
    /// A control character.
    ControlCharacter,
    /// A control character for the text direction, in a user's name.
    DirectionControl,
    /// A combining mark as the first visible character of a user's name: it would attach to the text before it.
    StartsWithMark,
    /// A username with a character other than `a-z 0-9 _ -`.
    NotAUsername,
    /// Not an http or https URL, or a misleading one.
    NotALink,
    /// A username with the prefix `u-`, which is reserved for users of the external identity provider.
    Reserved,
}

impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentence = match self {
            Self::Empty => texts::EMPTY,
            Self::TooShort(min) => return write_with_number(f, texts::TOO_SHORT, *min),
            Self::TooLong(max) => return write_with_number(f, texts::TOO_LONG, *max),
            Self::NoVisibleCharacter => texts::NO_VISIBLE_CHARACTER,
            Self::ControlCharacter => texts::CONTROL_CHARACTER,
            Self::DirectionControl => texts::DIRECTION_CONTROL,
            Self::StartsWithMark => texts::STARTS_WITH_MARK,
            Self::NotAUsername => texts::NOT_A_USERNAME,
            Self::NotALink => texts::NOT_A_LINK,
            Self::Reserved => texts::RESERVED,
        };
        f.write_str(sentence)
    }
}

/// Writes a sentence and replaces `{}` with a number below 1,000,000. From 1,000 up, the number has a thousands
/// separator: `2,000`.
fn write_with_number(f: &mut fmt::Formatter<'_>, sentence: &str, number: usize) -> fmt::Result {
    let number = match (number / 1000, number % 1000) {
        (0, ones) => ones.to_string(),
        (thousands, ones) => format!("{thousands},{ones:03}"),
    };
    f.write_str(&sentence.replace("{}", &number))
}

impl std::error::Error for ValidationError {}

/// Parses a text of one line: trims it and replaces tabs with spaces. The result has 1 to `max_len` characters.
///
/// # Errors
/// `Empty`, `NoVisibleCharacter`, `TooLong` or `ControlCharacter` (a line break is one).
pub fn parse_line(text: &str, max_len: usize) -> Result<String, ValidationError> {
    let line = text.trim_matches(TRIMMED_CHARS).replace('\t', " ");
    if line.chars().any(char::is_control) {
        return Err(ValidationError::ControlCharacter);
    }
    validate_text(line.trim(), max_len)
}

/// Parses a text of any number of lines: trims it, and replaces CRLF and CR with LF, and tabs with spaces. The result
/// has 1 to `max_len` characters.
///
/// # Errors
/// `Empty`, `NoVisibleCharacter`, `TooLong` or `ControlCharacter`.
pub fn parse_lines(text: &str, max_len: usize) -> Result<String, ValidationError> {
    let mut lines = String::with_capacity(text.len());
    let mut previous = None;
    for c in text.chars() {
        match c {
            '\n' if previous == Some('\r') => {} // already added
            '\r' => lines.push('\n'),
            '\t' => lines.push(' '),
            c => lines.push(c),
        }
        previous = Some(c);
    }
    if lines.chars().any(|c| c.is_control() && c != '\n') {
        return Err(ValidationError::ControlCharacter);
    }
    validate_text(lines.trim(), max_len)
}

/// The characters that are trimmed from a text of one line.
const TRIMMED_CHARS: [char; 4] = [' ', '\t', '\r', '\n'];

fn validate_text(text: &str, max_len: usize) -> Result<String, ValidationError> {
    if text.is_empty() {
        return Err(ValidationError::Empty);
    }
    if !unicode::has_visible(text) {
        return Err(ValidationError::NoVisibleCharacter);
    }
    if text.chars().count() > max_len {
        return Err(ValidationError::TooLong(max_len));
    }
    Ok(text.to_owned())
}

/// Returns whether a character is invisible in a URL, or only changes the direction of other characters.
pub(crate) fn is_invisible_in_url(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Implements `TryFrom<String>` with the type's `parse`, for serde.
macro_rules! try_from_string {
    ($($name:ty),*) => {$(
        impl TryFrom<String> for $name {
            type Error = crate::validation::ValidationError;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }
    )*};
}
pub(crate) use try_from_string;
