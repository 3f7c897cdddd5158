//! Every text that users read, in every language, and how numbers and times are written.
//!
//! `texts` lists the texts that a language has; `english` and `german` contain them. [`texts()`](texts) returns those
//! of the current language. `sentences`, `errors` and `notices` choose between texts or insert values into them.

pub mod errors;
pub mod language;
pub mod notices;
pub mod sentences;
pub mod texts;
pub mod time;

mod english;
mod german;
mod number;
mod pattern;

pub use language::texts;
