//! Every text that users read, in every language, and how numbers and times are written.
//!
//! Fixed texts are in `labels` and `list_labels`, texts with a value in them in `sentences`, errors in
//! `errors`, and notices in `notices`. Each text lists all languages, so the compiler finds the texts that a new
//! language lacks.

pub mod errors;
pub mod labels;
pub mod language;
pub mod list_labels;
pub mod notices;
pub mod sentences;
pub mod time;

mod number;
mod translate;
