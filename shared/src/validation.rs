//! Validation that texts have in common. Each type of text has its limits in a file of its own, for example
//! `users/password.rs`, `wishes/wish_name.rs` or `messages/message_body.rs`.

use std::fmt;

use crate::common_texts::{ENGLISH, ValidationErrorTexts};
use crate::unicode;

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

impl ValidationError {
    /// Returns the sentence for this error, and the number that replaces `{}` in it.
    pub fn pattern(self, texts: &ValidationErrorTexts) -> (&'static str, Option<usize>) {
        match self {
            Self::Empty => (texts.empty, None),
            Self::TooShort(min) => (texts.too_short, Some(min)),
            Self::TooLong(max) => (texts.too_long, Some(max)),
            Self::NoVisibleCharacter => (texts.no_visible_character, None),
            Self::ControlCharacter => (texts.control_character, None),
            Self::DirectionControl => (texts.direction_control, None),
            Self::StartsWithMark => (texts.starts_with_mark, None),
            Self::NotAUsername => (texts.not_a_username, None),
            Self::NotALink => (texts.not_a_link, None),
            Self::Reserved => (texts.reserved, None),
        }
    }

    /// Returns the sentence for this error. A number from 1,000 up has a thousands separator; numbers are below
    /// 1,000,000.
    pub fn sentence(self, texts: &ValidationErrorTexts, thousands_separator: char) -> String {
        let (pattern, number) = self.pattern(texts);
        let number = match number.map(|number| (number / 1000, number % 1000)) {
            None => return pattern.to_owned(),
            Some((0, ones)) => ones.to_string(),
            Some((thousands, ones)) => format!("{thousands}{thousands_separator}{ones:03}"),
        };
        pattern.replace("{}", &number)
    }
}

impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const TEXTS: ValidationErrorTexts = ENGLISH.validation_errors;
        f.write_str(&self.sentence(&TEXTS, ','))
    }
}

impl std::error::Error for ValidationError {}

/// The pattern of a text that [`parse_line`] accepts, for its JSON Schema: no control characters, except tabs, and line
/// breaks around the text.
#[cfg(feature = "schema")]
pub const LINE_PATTERN: &str = r"^[\t\n\r ]*[^\x00-\x08\x0a-\x1f\x7f-\x9f]*[\t\n\r ]*$";

/// The pattern of a text that [`parse_lines`] accepts, for its JSON Schema: no control characters, except tabs and line
/// breaks.
#[cfg(feature = "schema")]
pub const LINES_PATTERN: &str = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$";

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
