//! When something was, in the person's own way to say so.

use std::cell::RefCell;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::language::{self, Language};
use crate::text::number::locales;

/// What writes times in one language. The browser takes longer to make one than to write a page of
/// times with it.
struct Formats {
    language: Language,
    ago: Intl::RelativeTimeFormat,
    full: Function,
}

thread_local! {
    static FORMATS: RefCell<Option<Formats>> = const { RefCell::new(None) };
}

/// How long ago something was, in one unit: "5 minutes ago". `time` is RFC 3339, `now` in
/// milliseconds since 1970.
pub fn ago(time: &str, now: f64) -> String {
    const UNITS: [(&str, f64); 6] = [
        ("year", 31_557_600.0),
        ("month", 2_629_800.0),
        ("week", 604_800.0),
        ("day", 86_400.0),
        ("hour", 3_600.0),
        ("minute", 60.0),
    ];
    // Clocks differ: what is from the future is from now.
    let seconds = ((now - Date::parse(time)) / 1000.0).max(0.0);
    let unit = UNITS.into_iter().find(|(_, length)| seconds >= *length);
    let (unit, count) = unit.map_or(("second", 0.0), |(unit, length)| (unit, (seconds / length).floor()));
    with_formats(|formats| formats.ago.format(-count, unit).into())
}

/// Date and time in full, in the person's time zone. `time` is RFC 3339.
pub fn full_time(time: &str) -> String {
    let date = Date::new(&time.into());
    let written = with_formats(|formats| formats.full.call1(&JsValue::UNDEFINED, &date));
    written.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

fn with_formats<T>(write: impl FnOnce(&Formats) -> T) -> T {
    FORMATS.with_borrow_mut(|formats| {
        formats.take_if(|formats| formats.language != language::spoken());
        write(formats.get_or_insert_with(Formats::new))
    })
}

impl Formats {
    fn new() -> Self {
        let locales: Array = locales();
        let full = options(&[("dateStyle", "full"), ("timeStyle", "short")]);
        Self {
            language: language::spoken(),
            ago: Intl::RelativeTimeFormat::new(&locales, &options(&[("numeric", "auto")])),
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
