//! The texts of the pages. Those that the app also has are in `shared`.
//!
//! A text with `{}` in it is a pattern: the caller replaces `{}` with a value.

mod english;
mod german;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use shared::common_texts::SharedTexts;

use crate::lite::language::Language;

/// All texts of one language.
pub struct Texts {
    /// The language of these texts.
    pub language: Language,
    /// The texts that the app also has.
    pub shared: SharedTexts,

    // The frame of a page.
    /// Title of a page with an error. Value: the page's heading.
    pub error_title: &'static str,
    /// Title of a page that contains only an error.
    pub error: &'static str,
    /// Heading of the page with the forms for guests.
    pub welcome: &'static str,
    /// What search engines show below the title.
    pub description: &'static str,
    /// Footer, before the link to the app.
    pub basic_version: &'static str,
    /// Footer: the link to the app.
    pub full_version: &'static str,
    /// Footer, after the link to the app.
    pub needs_javascript: &'static str,

    // Rejected posts.
    /// Name of the section with the text of a post whose author is not logged in any more.
    pub not_posted: &'static str,
    /// The user is not logged in any more.
    pub logged_out: &'static str,
    /// Another user is logged in now. Value: the button that sends the form.
    pub user_changed: &'static str,
    /// The idempotency key belongs to another text. Value: the button that sends the form.
    pub key_reused: &'static str,
    /// The post was created and then deleted. Value: the button that sends the form.
    pub gone: &'static str,

    // Other errors.
    /// Heading of a page that contains only an error.
    pub something_went_wrong: &'static str,
    /// The request is invalid. No form of the pages sends such a request.
    pub invalid_request: &'static str,
    /// The form has not arrived in time.
    pub request_timeout: &'static str,

    // Numbers and times.
    /// Separates the thousands of a number.
    pub thousands_separator: char,
    /// Date and time in UTC, in the format of `strftime`. Value: the name of the month.
    pub time_format: &'static str,
    /// The names of the months, from January.
    pub months: [&'static str; 12],
}

impl Texts {
    /// Formats a time in UTC, because the server does not know the user's time zone.
    pub fn format_time(&self, time: &str) -> String {
        let Ok(time) = time.parse::<Timestamp>() else { return time.to_owned() };
        let month = usize::from(time.to_zoned(TimeZone::UTC).month().unsigned_abs());
        let month = self.months.get(month - 1).copied().unwrap_or_default();
        time.strftime(self.time_format).to_string().replace("{}", month)
    }
}

impl Language {
    /// Returns the texts of the language.
    pub fn texts(self) -> &'static Texts {
        match self {
            Self::English => &english::ENGLISH,
            Self::German => &german::GERMAN,
        }
    }
}
