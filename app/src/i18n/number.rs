//! Numbers, and the words that depend on them.

use js_sys::{Array, Intl, Number, Object};

use crate::language;

/// A number as it is written where the person lives: 2,000 or 2.000.
pub(super) fn number(number: usize) -> String {
    Number::from(number as f64).to_locale_string(&language::locale()).into()
}

/// The forms of a word that the languages here have.
pub(super) enum Plural {
    One,
    Many,
}

/// Which form goes with a number, as the language has it (CLDR's plural rules).
pub(super) fn plural(number: usize) -> Plural {
    let rules = Intl::PluralRules::new(&locales(), &Object::new());
    if rules.select(number as f64) == "one" { Plural::One } else { Plural::Many }
}

pub(super) fn locales() -> Array {
    Array::of1(&language::locale().into())
}
