//! Formats numbers, and chooses between singular and plural.

use js_sys::{Array, Intl, Number, Object};

use crate::i18n::current_language;
use crate::i18n::texts::Plural;

/// Formats a number with the thousands separator of the user's locale: 2,000 or 2.000.
pub(super) fn number(number: usize) -> String {
    Number::from(number as f64).to_locale_string(&current_language::locale()).into()
}

impl Plural {
    /// Returns the pattern for a number in the current language.
    pub(super) fn select(&self, number: usize) -> &'static str {
        let rules = Intl::PluralRules::new(&locales(), &Object::new());
        if rules.select(number as f64) == "one" { self.one } else { self.other }
    }
}

/// The user's locale, in the form that the `Intl` constructors expect.
pub(super) fn locales() -> Array {
    Array::of1(&current_language::locale().into())
}
