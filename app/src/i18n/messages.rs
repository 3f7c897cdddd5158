//! Sentences in which something is named or counted.

use js_sys::Date;
use shared::rule::Invalid;

use crate::language::{Language, spoken};
use crate::session::Notice;
use crate::text::number::Plural::{Many, One};
use crate::text::number::{number, plural};
use crate::text::time::{ago, full_time};
use crate::text::{brand, filled, said};

// A name may be written from right to left: between U+2068 and U+2069 that stays its own affair.

/// The title of somebody's wish list.
pub fn wishes_of(name: &str) -> String {
    filled(&["Wishes of \u{2068}{}\u{2069}", "Wünsche von \u{2068}{}\u{2069}"], &[name])
}

/// What the browser's tab says.
pub fn title(heading: &str) -> String {
    filled(&["{} · {}", "{} · {}"], &[heading, brand()])
}

/// How many of the most characters are used.
pub fn characters(used: usize, most: usize) -> String {
    filled(&["{} of {} characters", "{} von {} Zeichen"], &[&number(used), &number(most)])
}

/// The hint of a field while one types: how many characters there are, and whether the rule is kept.
pub fn so_far(hint: &str, (typed, kept): (usize, Option<Result<(), Invalid>>)) -> String {
    let Some(Err(Invalid::TooShort(least))) = kept.filter(|_| typed > 0) else { return hint.to_owned() };
    let more = least.saturating_sub(typed).max(1);
    let texts = match plural(more) {
        One => &["{} more character to go.", "Noch {} Zeichen."],
        Many => &["{} more characters to go.", "Noch {} Zeichen."],
    };
    filled(texts, &[&number(more)])
}

/// The button to show what others have added: how many, or at least how many.
pub fn news(words: [&'static str; 2], count: usize, all: bool) -> String {
    let [one, many] = words;
    let word = match plural(count) {
        One => one,
        Many => many,
    };
    filled(&["{}{} {}", "{}{} {}"], &[&number(count), if all { "" } else { "+" }, word])
}

/// The heading over what has come true.
pub fn received(count: usize) -> String {
    filled(&["Received ({})", "Bekommen ({})"], &[&number(count)])
}

/// What the button at a password does.
pub fn show(password: &str) -> String {
    match spoken() {
        // The tables for all letters weigh 8 KB.
        Language::English => filled(&["Show {}", ""], &[&password.to_ascii_lowercase()]),
        Language::German => filled(&["", "{} zeigen"], &[password]),
    }
}

/// How long a form must wait.
pub fn wait(seconds: u32) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    filled(&["Please wait {}.", "Bitte warte {}."], &[&format!("{minutes}:{seconds:02}")])
}

/// How much of the export is there.
pub fn gathered(items: u32) -> String {
    let texts = match plural(items as usize) {
        One => &["{} entry so far…", "{} Eintrag bisher…"],
        Many => &["{} entries so far…", "{} Einträge bisher…"],
    };
    filled(texts, &[&number(items as usize)])
}

/// What somebody logged in with, as far as it is known.
pub fn device(browser: Option<String>, system: Option<String>) -> String {
    match (browser, system) {
        (Some(browser), Some(system)) => filled(&["{} on {}", "{} unter {}"], &[&browser, &system]),
        (known, None) | (None, known) => {
            known.unwrap_or_else(|| (*said(&["Unknown browser", "Unbekannter Browser"])).to_owned())
        }
    }
}

/// Since when somebody is logged in, and when that was used. Both RFC 3339.
pub fn login_times(created_at: &str, used_at: &str) -> String {
    let (since, used) = (full_time(created_at), ago(used_at, Date::now()));
    let texts = &["Logged in on {}, last used {}.", "Angemeldet am {}, zuletzt benutzt {}."];
    filled(texts, &[&since, &used])
}

/// What happened to the login, or to what was sent.
pub fn notice(notice: &Notice) -> String {
    let texts = match notice {
        Notice::Ended => &[
            "Your login has ended. Please log in again.",
            "Deine Anmeldung ist abgelaufen. Bitte melde dich noch einmal an.",
        ],
        Notice::SomebodyElse(user) => {
            let texts = &[
                "You are now logged in as \u{2068}{}\u{2069}.",
                "Du bist jetzt angemeldet als \u{2068}{}\u{2069}.",
            ];
            return filled(texts, &[&user.name]);
        }
        Notice::LogOutUnsent => &[
            "You are logged out here. Wishboard could not be told yet, and will be as soon as it \
             can be reached: please leave this browser open until then.",
            "Du bist hier abgemeldet. Wishboard weiß noch nichts davon und erfährt es, sobald es \
             erreichbar ist: Bitte lass den Browser bis dahin offen.",
        ],
        Notice::Unsent => &[
            "What you wrote could not be sent. It is kept where you wrote it.",
            "Was du geschrieben hast, konnte nicht gesendet werden. Es steht noch da, wo du es geschrieben hast.",
        ],
        Notice::NotKept => &[
            "This browser keeps nothing: your login and what you write last until you close this page.",
            "Dieser Browser hebt nichts auf: Deine Anmeldung und was du schreibst bleiben, bis du diese Seite schließt.",
        ],
        Notice::LinkCopied => &["The link is copied.", "Der Link ist kopiert."],
        Notice::Deleted => &["Your account was deleted.", "Dein Konto ist gelöscht."],
    };
    (*said(texts)).to_owned()
}
