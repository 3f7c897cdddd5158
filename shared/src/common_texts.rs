//! Texts that the app, the pages under `/lite` and the problem details of the API share, in English and German.
//!
//! The compiler reports a text that `english.rs` or `german.rs` lacks. The app and `/lite` each have more texts, which
//! only they show. A text with `{}` in it is a pattern: the caller replaces `{}` with a value.

mod english;
mod german;
mod shared_texts;

pub use english::ENGLISH;
pub use german::GERMAN;
pub use shared_texts::{GuestHintTexts, SharedListLabels, SharedTexts, ValidationErrorTexts};
