//! Numbers, and the words that depend on them.

use js_sys::{Array, Intl, Number, Object};

use crate::language;

/// A number as it is written where the person lives: 2,000 or 2.000.
pub(super) fn number(number: usize) -> String {
    Number::from(number as f64).to_locale_string(&language::locale()).into()
}

/// The word for one or that for many, as the language has it (CLDR's plural rules).
pub(super) fn plural(number: usize, [one, other]: [&'static str; 2]) -> &'static str {
    let rules = Intl::PluralRules::new(&locales(), &Object::new());
    if rules.select(number as f64) == "one" { one } else { other }
}

pub(super) fn locales() -> Array {
    Array::of1(&language::locale().into())
}
