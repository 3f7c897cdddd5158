//! Texts that contain a name, a number or a time.

use js_sys::Date;
use shared::sessions::Session;
use shared::validation::ValidationError;

use crate::i18n::labels;
use crate::i18n::language::{Language, current};
use crate::i18n::number::Plural::{Many, One};
use crate::i18n::number::{number, plural};
use crate::i18n::time::{relative_time, short_date};
use crate::i18n::translate::{translate, translate_with};

// U+2068 and U+2069 (Unicode isolates) enclose each name, so that a name written from right to left does not change the
// direction of the text around it.

/// The heading of a user's wish list.
pub fn wishes_of(name: &str) -> String {
    translate_with(&["\u{2068}{}\u{2069}'s wishes", "Wünsche von \u{2068}{}\u{2069}"], &[name])
}

/// The document title of a page with this heading.
pub fn page_title(heading: &str) -> String {
    translate_with(&["{} · {}", "{} · {}"], &[heading, labels::app_name()])
}

/// The number of characters in a text area, and the maximum.
pub fn characters_used(used: usize, max: usize) -> String {
    translate_with(&["{} of {} characters", "{} von {} Zeichen"], &[&number(used), &number(max)])
}

/// The hint of a field whose text has `length` characters. If the text is too short, says how many characters are
/// missing. Otherwise returns `hint`.
pub fn hint_while_typing(
    hint: &str,
    (length, validity): (usize, Option<Result<(), ValidationError>>),
) -> String {
    let Some(Err(ValidationError::TooShort(min))) = validity.filter(|_| length > 0) else {
        return hint.to_owned();
    };
    let missing = min.saturating_sub(length).max(1);
    let texts = match plural(missing) {
        One => &["{} more character needed.", "Noch {} Zeichen."],
        Many => &["{} more characters needed.", "Noch {} Zeichen."],
    };
    translate_with(texts, &[&number(missing)])
}

/// The button that shows new posts, with their number. If not all of them have been loaded, a "+" follows the number.
/// `nouns` is [`ListLabels::new_posts`](crate::i18n::list_labels::ListLabels::new_posts).
pub fn new_posts(nouns: [&'static str; 2], count: usize, is_complete: bool) -> String {
    let [one, many] = nouns;
    let noun = match plural(count) {
        One => one,
        Many => many,
    };
    translate_with(&["{}{} {}", "{}{} {}"], &[&number(count), if is_complete { "" } else { "+" }, noun])
}

/// The heading of the received wishes.
pub fn received_wishes(count: usize) -> String {
    translate_with(&["Received ({})", "Erhalten ({})"], &[&number(count)])
}

/// The accessible name of the button that shows the password in the field with this label.
pub fn show_password(label: &str) -> String {
    match current() {
        // size: ASCII only, docs/size-tricks.md#no-unicode-tables
        Language::English => translate_with(&["Show {}", ""], &[&label.to_ascii_lowercase()]),
        Language::German => translate_with(&["", "{} anzeigen"], &[label]),
    }
}

/// The wait after too many attempts, in minutes and seconds.
pub fn retry_wait(seconds: u32) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    translate_with(&["Please wait {}.", "Bitte warte {}."], &[&format!("{minutes}:{seconds:02}")])
}

/// The number of entries that the export has loaded so far.
pub fn exported_entries(count: u32) -> String {
    let texts = match plural(count as usize) {
        One => &["{} entry so far…", "Bisher {} Eintrag…"],
        Many => &["{} entries so far…", "Bisher {} Einträge…"],
    };
    translate_with(texts, &[&number(count as usize)])
}

/// The browser and operating system of a session, if they are known.
pub fn device(browser: Option<String>, system: Option<String>) -> String {
    match (browser, system) {
        (Some(browser), Some(system)) => translate_with(&["{} on {}", "{} unter {}"], &[&browser, &system]),
        (known, None) | (None, known) => {
            known.unwrap_or_else(|| (*translate(&["Unknown browser", "Unbekannter Browser"])).to_owned())
        }
    }
}

/// When a session was last used, and when it started. The API updates the time of the last use at most every 10
/// minutes, so a use in the last 10 minutes counts as now.
pub fn session_times(session: &Session) -> String {
    const ACTIVE_MS: f64 = 10.0 * 60.0 * 1000.0;
    let now = Date::now();
    let since = short_date(&session.created_at, now);
    if session.current || now - Date::parse(session.used_at.as_str()) < ACTIVE_MS {
        return translate_with(&["Active now · since {}", "Gerade aktiv · seit {}"], &[&since]);
    }
    let texts = &["Active {} · since {}", "Zuletzt aktiv {} · seit {}"];
    translate_with(texts, &[&relative_time(&session.used_at, now), &since])
}
