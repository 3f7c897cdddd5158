//! The texts of the pages in English.

use shared::common_texts;

use super::Texts;
use crate::lite::language::Language;

/// All texts in English.
pub(super) static ENGLISH: Texts = Texts {
    language: Language::English,
    shared: common_texts::ENGLISH,

    // The frame of a page.
    error_title: "Error: {}",
    error: "Error",
    welcome: "Welcome",
    description: "Read and post messages and wishes, without JavaScript.",
    basic_version: "This is the basic version. The ",
    full_version: "full version",
    needs_javascript: " needs JavaScript.",

    // Rejected posts.
    not_posted: "Not posted",
    logged_out: "You were logged out, so this was not posted. Copy your text, log in, and post it again.",
    user_changed: "Another account is now logged in in this browser, so this was not posted. Press {} to post it as the user named above.",
    key_reused: "An earlier version of this was already posted. Press {} to post this one, too.",
    gone: "This was already posted and then deleted. Press {} to post it again.",

    // Other errors.
    something_went_wrong: "Something went wrong",
    invalid_request: "This request is not valid. Please go back, reload the page and try again.",
    request_timeout: "The request took too long to arrive. Please try again.",

    // Numbers and times.
    thousands_separator: ',',
    time_format: "%-d {} %Y, %H:%M UTC",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};
