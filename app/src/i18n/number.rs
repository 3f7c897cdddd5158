//! Numbers, and the form of a noun that a number needs.

use js_sys::{Array, Intl, Number, Object};

use crate::i18n::language;
use crate::i18n::texts::Plural;

/// A number with the digit groups of the user's locale: 2,000 or 2.000.
pub(super) fn number(number: usize) -> String {
    Number::from(number as f64).to_locale_string(&language::locale()).into()
}

impl Plural {
    /// The pattern for a number in the current language.
    pub(super) fn select(&self, number: usize) -> &'static str {
        let rules = Intl::PluralRules::new(&locales(), &Object::new());
        if rules.select(number as f64) == "one" { self.one } else { self.other }
    }
}

/// The user's locale, as the `Intl` constructors take it.
pub(super) fn locales() -> Array {
    Array::of1(&language::locale().into())
}
