//! All texts that users read, in English and German, and the formats of numbers and times.
//!
//! Fixed texts are in `labels` and `list_labels`, texts that contain a value in `sentences`, errors in `errors`, and
//! notices in `notices`. Each text lists all languages. If a language is added, the compiler finds all texts that have
//! no translation yet.

pub mod errors;
pub mod labels;
pub mod language;
pub mod list_labels;
pub mod notices;
pub mod sentences;
pub mod time;

mod number;
mod translate;
