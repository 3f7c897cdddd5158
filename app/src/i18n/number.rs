//! Formats numbers, and chooses between singular and plural.

use js_sys::{Array, Intl, Number, Object};

use crate::i18n::language;

/// Formats a number with the thousands separator of the user's locale: 2,000 or 2.000.
pub(super) fn number(number: usize) -> String {
    Number::from(number as f64).to_locale_string(&language::locale()).into()
}

/// The plural categories of the app's languages.
pub(super) enum Plural {
    One,
    Many,
}

/// Returns the plural category of a number in the current language (CLDR plural rules).
pub(super) fn plural(number: usize) -> Plural {
    let rules = Intl::PluralRules::new(&locales(), &Object::new());
    if rules.select(number as f64) == "one" { Plural::One } else { Plural::Many }
}

/// The user's locale, in the form that the `Intl` constructors expect.
pub(super) fn locales() -> Array {
    Array::of1(&language::locale().into())
}
