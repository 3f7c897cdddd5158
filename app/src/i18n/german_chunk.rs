//! The chunk of the German texts.

use crate::chunks::split_point::split_point;
use crate::i18n::german::GERMAN;
use crate::i18n::texts::Texts;

split_point! {
    /// Loads the German texts.
    german_texts -> &'static Texts {
        &GERMAN
    }
}
