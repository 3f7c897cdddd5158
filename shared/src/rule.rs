//! The rules that texts obey, whatever they are for.

use std::fmt;

use crate::unicode;

/// Why a text was refused. Worded so that it can follow the name of its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// Nothing but white space.
    Empty,
    /// Fewer characters than this.
    TooShort(usize),
    /// More characters than this.
    TooLong(usize),
    /// No character that a reader can see. See [`unicode::has_visible`].
    NoVisibleCharacter,
    /// A control character, which no text may hold.
    ControlCharacter,
    /// A control character for the text direction, in a user's name.
    DirectionControl,
    /// A combining mark as the first visible character of a user's name: it would attach to the text before it.
    StartsWithMark,
    /// A username with something other than `a-z 0-9 _ -`.
    NotAUsername,
    /// Something other than an http or https address, or one that could mislead.
    NotALink,
    /// A username that begins like those made for people of an outside issuer.
    Reserved,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("must not be empty"),
            Self::TooShort(least) => write!(f, "must have at least {least} characters"),
            Self::TooLong(most) => write!(f, "must have at most {most} characters"),
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

impl std::error::Error for Invalid {}

/// A text of one line: trimmed, tabs become spaces, 1 to `most` characters.
///
/// # Errors
/// `Empty`, `NoVisibleCharacter`, `TooLong` or `ControlCharacter` (a line break is one).
pub fn line(text: &str, most: usize) -> Result<String, Invalid> {
    let line = text.trim_matches(BLANK).replace('\t', " ");
    if line.chars().any(char::is_control) {
        return Err(Invalid::ControlCharacter);
    }
    within(line.trim(), most)
}

/// A text of many lines: trimmed, CRLF and CR become LF, tabs become spaces, 1 to `most` characters.
///
/// # Errors
/// `Empty`, `NoVisibleCharacter`, `TooLong` or `ControlCharacter`.
pub fn lines(text: &str, most: usize) -> Result<String, Invalid> {
    let mut lines = String::with_capacity(text.len());
    let mut before = None;
    for c in text.chars() {
        match c {
            '\n' if before == Some('\r') => {} // there already
            '\r' => lines.push('\n'),
            '\t' => lines.push(' '),
            c => lines.push(c),
        }
        before = Some(c);
    }
    if lines.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Invalid::ControlCharacter);
    }
    within(lines.trim(), most)
}

/// What may stand around a text of one line and is taken away.
const BLANK: [char; 4] = [' ', '\t', '\r', '\n'];

fn within(text: &str, most: usize) -> Result<String, Invalid> {
    if text.is_empty() {
        return Err(Invalid::Empty);
    }
    if !unicode::has_visible(text) {
        return Err(Invalid::NoVisibleCharacter);
    }
    if text.chars().count() > most {
        return Err(Invalid::TooLong(most));
    }
    Ok(text.to_owned())
}

/// Whether a character of a URL draws nothing, or only changes the direction of others.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// What rule-keeping types have in common: they come from a text or not at all.
macro_rules! from_text {
    ($($name:ty),*) => {$(
        impl TryFrom<String> for $name {
            type Error = crate::rule::Invalid;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }
    )*};
}
pub(crate) use from_text;
