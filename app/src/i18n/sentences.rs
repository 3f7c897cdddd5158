//! Texts that contain a name, a number or a time.

use js_sys::Date;
use shared::sessions::Session;
use shared::validation::ValidationError;

use crate::i18n::number::number;
use crate::i18n::pattern::fill;
use crate::i18n::texts;
use crate::i18n::texts::Plural;
use crate::i18n::time::{relative_time, short_date};

/// The heading of a user's wish list.
pub fn wishes_of(name: &str) -> String {
    fill(texts().wishes_of, &[name])
}

/// The document title of a page with this heading.
pub fn page_title(heading: &str) -> String {
    fill(texts().page_title, &[heading, texts().app_name])
}

/// The number of characters in a text area, and the maximum.
pub fn characters_used(used: usize, max: usize) -> String {
    fill(texts().characters_used, &[&number(used), &number(max)])
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
    fill(texts().characters_missing.select(missing), &[&number(missing)])
}

/// The button that shows new posts, with their number. If not all of them have been loaded, a "+" follows the number.
/// `patterns` is [`ListLabels::new_posts`](crate::i18n::texts::ListLabels::new_posts).
pub fn new_posts(patterns: &Plural, count: usize, is_complete: bool) -> String {
    let plus = if is_complete { "" } else { "+" };
    fill(patterns.select(count), &[&(number(count) + plus)])
}

/// The heading of the received wishes.
pub fn received_wishes(count: usize) -> String {
    fill(texts().received_wishes, &[&number(count)])
}

/// The accessible name of the button that shows the password in the field with this label.
pub fn show_password(label: &str) -> String {
    let texts = texts();
    if texts.show_password_lowercases_label {
        // size: ASCII only, docs/size-tricks.md#no-unicode-tables
        fill(texts.show_password, &[&label.to_ascii_lowercase()])
    } else {
        fill(texts.show_password, &[label])
    }
}

/// The wait after too many attempts, in minutes and seconds.
pub fn retry_wait(seconds: u32) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    fill(texts().shared.retry_wait, &[&format!("{minutes}:{seconds:02}")])
}

/// The number of entries that the export has loaded so far.
pub fn exported_entries(count: u32) -> String {
    let count = count as usize;
    fill(texts().exported_entries.select(count), &[&number(count)])
}

/// The browser and operating system of a session, if they are known.
pub fn device(browser: Option<String>, system: Option<String>) -> String {
    match (browser, system) {
        (Some(browser), Some(system)) => fill(texts().browser_on_system, &[&browser, &system]),
        (known, None) | (None, known) => known.unwrap_or_else(|| texts().unknown_browser.to_owned()),
    }
}

/// When a session was last used, and when it started. The API updates the time of the last use at most every 10
/// minutes, so a use in the last 10 minutes counts as now.
pub fn session_times(session: &Session) -> String {
    const ACTIVE_MS: f64 = 10.0 * 60.0 * 1000.0;
    let now = Date::now();
    let since = short_date(&session.created_at, now);
    if session.current || now - Date::parse(session.used_at.as_str()) < ACTIVE_MS {
        return fill(texts().active_now, &[&since]);
    }
    fill(texts().active_at, &[&relative_time(&session.used_at, now), &since])
}
