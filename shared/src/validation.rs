//! Validation of texts.

use std::fmt;

use crate::unicode;

/// Why a text was rejected. The `Display` text follows the name of a field.
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
    /// A username that starts like those of users of the external identity provider.
    Reserved,
}

impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("must not be empty"),
            Self::TooShort(min) => write!(f, "must have at least {min} characters"),
            Self::TooLong(max) => write!(f, "must have at most {max} characters"),
            Self::NoVisibleCharacter => f.write_str("must have at least one visible character"),
            Self::ControlCharacter => f.write_str("must not contain control characters"),
            Self::DirectionControl => {
                f.write_str("must not contain control characters for the text direction")
            }
            Self::StartsWithMark => f.write_str("must not begin with a combining mark"),
            Self::NotAUsername => f.write_str("may only contain letters a to z, digits, _ and -"),
            Self::NotALink => f.write_str("must be a link that begins with http:// or https://"),
            Self::Reserved => f.write_str("must not begin with u-"),
        }
    }
}

impl std::error::Error for ValidationError {}

/// Parses a text of one line: trims it and replaces tabs by spaces. It has 1 to `max_len` characters.
///
/// # Errors
/// `Empty`, `NoVisibleCharacter`, `TooLong` or `ControlCharacter` (a line break is one).
pub fn parse_line(text: &str, max_len: usize) -> Result<String, ValidationError> {
    let line = text.trim_matches(TRIMMED).replace('\t', " ");
    if line.chars().any(char::is_control) {
        return Err(ValidationError::ControlCharacter);
    }
    check_length(line.trim(), max_len)
}

/// Parses a text of any number of lines: trims it, and replaces CRLF and CR by LF and tabs by spaces. It has 1 to
/// `max_len` characters.
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
    check_length(lines.trim(), max_len)
}

/// The characters that are trimmed from a text of one line.
const TRIMMED: [char; 4] = [' ', '\t', '\r', '\n'];

fn check_length(text: &str, max_len: usize) -> Result<String, ValidationError> {
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

/// Whether a character of a URL is invisible, or only changes the direction of others.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Implements `TryFrom<String>` by the type's `parse`, for serde.
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
