//! All texts that users read, in English and German, and the formats of numbers and times.
//!
//! `texts` lists the texts that a language has; `english` and `german` contain them. [`texts()`](texts()) returns those
//! of the current language. `sentences`, `errors` and `notices` choose between texts or insert values into them.

pub mod current_language;
pub mod errors;
pub mod language;
pub mod notices;
pub mod sentences;
pub mod texts;
pub mod time;

mod english;
mod german;
pub(crate) mod german_chunk;
mod number;
mod pattern;

pub use current_language::texts;
