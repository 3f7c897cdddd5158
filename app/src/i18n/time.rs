//! Formats times for the user's locale.

use std::cell::RefCell;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use shared::timestamp::Timestamp;
use wasm_bindgen::JsValue;

use crate::i18n::current_language;
use crate::i18n::language::Language;
use crate::i18n::number::locales;

/// The browser's formatters for one language. They are cached, because creating them takes longer than formatting all
/// times of a page.
struct Formatters {
    language: Language,
    relative: Intl::RelativeTimeFormat,
    full: Function,
}

thread_local! {
    static FORMATTERS: RefCell<Option<Formatters>> = const { RefCell::new(None) };
}

/// Formats how long ago a time was, in one unit: "5 minutes ago". `now` is in milliseconds since 1970.
pub fn relative_time(time: &Timestamp, now: f64) -> String {
    const UNITS: [(&str, f64); 6] = [
        ("year", 31_557_600.0),
        ("month", 2_629_800.0),
        ("week", 604_800.0),
        ("day", 86_400.0),
        ("hour", 3_600.0),
        ("minute", 60.0),
    ];
    // A time in the future counts as now, because the clocks of server and browser can differ.
    let seconds = ((now - Date::parse(time.as_str())) / 1000.0).max(0.0);
    let unit = UNITS.into_iter().find(|(_, length)| seconds >= *length);
    let (unit, count) = unit.map_or(("second", 0.0), |(unit, length)| (unit, (seconds / length).floor()));
    with_formatters(|formatters| formatters.relative.format(-count, unit).into())
}

/// Formats date and time in full, in the user's time zone.
pub fn full_time(time: &Timestamp) -> String {
    let date = Date::new(&time.as_str().into());
    let text = with_formatters(|formatters| formatters.full.call1(&JsValue::UNDEFINED, &date));
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Formats month and day, and the year unless it is the current year: "Nov 25", "Nov 25, 2025". In the user's time
/// zone. `now` is in milliseconds since 1970.
pub fn short_date(time: &Timestamp, now: f64) -> String {
    let date = Date::new(&time.as_str().into());
    let format = options(&[("month", "short"), ("day", "numeric")]);
    if date.get_full_year() != Date::new(&now.into()).get_full_year() {
        _ = Reflect::set(&format, &"year".into(), &"numeric".into());
    }
    date.to_locale_date_string(&current_language::locale(), &format).into()
}

fn with_formatters<T>(format: impl FnOnce(&Formatters) -> T) -> T {
    FORMATTERS.with_borrow_mut(|formatters| {
        formatters.take_if(|formatters| formatters.language != current_language::current());
        format(formatters.get_or_insert_with(Formatters::new))
    })
}

impl Formatters {
    fn new() -> Self {
        let locales: Array = locales();
        let full = options(&[("dateStyle", "full"), ("timeStyle", "short")]);
        Self {
            language: current_language::current(),
            relative: Intl::RelativeTimeFormat::new(&locales, &options(&[("numeric", "auto")])),
            full: Intl::DateTimeFormat::new(&locales, &full).format(),
        }
    }
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in pairs {
        _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    options
}
