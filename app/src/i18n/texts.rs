//! The texts that every language has. The compiler reports a text that `english.rs` or `german.rs` lacks.
//!
//! A text with `{}` in it is a pattern: `sentences`, `errors` and `notices` insert the values, in the order of the
//! field's documentation. U+2068 and U+2069 (Unicode isolates) enclose each display name, so that a name written from
//! right to left does not change the direction of the text around it.
#![expect(missing_docs, reason = "a label's name says which one it is; other fields are documented")]

use shared::common_texts::SharedTexts;

use crate::i18n::language::Language;

/// All texts of one language.
pub struct Texts {
    /// The language of these texts.
    pub language: Language,
    /// The texts that the API's pages and problem details also have.
    pub shared: SharedTexts,

    // The frame of every page.
    pub app_name: &'static str,
    /// Title of the document. Values: the page's heading, the app's name.
    pub page_title: &'static str,
    /// Name of the navigation that switches the language, for screen readers.
    pub languages: &'static str,
    pub dismiss: &'static str,
    pub offline: &'static str,

    // Headings of pages, also used for the links to them.
    pub account: &'static str,
    pub my_wishes: &'static str,
    pub page_not_found: &'static str,
    pub user_not_found: &'static str,
    /// Heading of a user's wish list. Value: the display name.
    pub wishes_of: &'static str,

    // The page for addresses that do not exist, and wish lists of users who do not exist.
    pub see_all_wishes: &'static str,

    // Parts of the app that load on demand.
    pub chunk_not_loaded: &'static str,
    pub new_version: &'static str,
    pub reload: &'static str,

    // Buttons and states that several forms and lists have in common.
    pub cancel: &'static str,
    pub current_version: &'static str,
    pub delete: &'static str,
    pub deleting: &'static str,
    pub discard_draft: &'static str,
    pub draft_exists: &'static str,
    pub draft_restored: &'static str,
    pub edit: &'static str,
    pub loading: &'static str,
    pub retry: &'static str,
    /// Shown once the wait after too many attempts is over.
    pub retry_allowed: &'static str,
    pub save: &'static str,
    pub saving: &'static str,
    /// Status of the editor if the user went on typing while the post was being sent.
    pub sent_with_remaining_text: &'static str,

    // Fields of forms.
    /// Length of the text in a text area. Values: its number of characters, the maximum.
    pub characters_used: &'static str,
    /// Hint of a field while its text is too short. Value: how many characters are missing.
    pub characters_missing: Plural,
    pub current_password: &'static str,
    pub new_password: &'static str,
    /// Replaces `password_hint` once the length is valid. The API may still reject the password as weak.
    pub password_long_enough: &'static str,
    /// Name of the button that shows the password in a field. Value: the field's label.
    pub show_password: &'static str,
    /// Whether `show_password` has the label in lower case. German nouns keep their capital letter.
    pub show_password_lowercases_label: bool,
    pub your_display_name: &'static str,

    // Lists of posts.
    /// The link before [`ListLabels::empty_hint_guest`].
    pub empty_hint_sign_up: &'static str,
    pub message_labels: ListLabels,
    pub wish_labels: ListLabels,
    /// Shown on the list of one user if all wishes of the list are received.
    pub all_received: &'static str,
    pub list_outdated: &'static str,
    pub mark_not_received: &'static str,
    pub mark_received: &'static str,
    pub print: &'static str,
    /// Heading of the received wishes of one user. Value: their number.
    pub received_wishes: &'static str,
    /// Shown if the browser is offline and has no version of the list.
    pub not_loaded_offline: &'static str,
    pub share: &'static str,
    /// Button below the first lines of a long text.
    pub show_more: &'static str,
    /// The same button below the whole text.
    pub show_less: &'static str,
    pub sort_by_date: &'static str,
    pub sort_by_name: &'static str,

    // Login and sign-up.
    /// The button that logs in again and then deletes a post.
    pub log_in_and_delete: &'static str,
    /// The button that logs in again and then saves an edited post.
    pub log_in_and_save: &'static str,
    pub logging_in: &'static str,
    /// The link to the sign-up page follows.
    pub new_here: &'static str,
    /// The link to the login follows.
    pub has_account: &'static str,
    pub sign_up_intro: &'static str,
    pub signing_up: &'static str,

    // The account page: who is logged in, name and password.
    /// Shown to guests.
    pub account_login_hint: &'static str,
    pub change_password: &'static str,
    pub name_saved: &'static str,
    pub password_changed: &'static str,
    pub save_name: &'static str,

    // The account page: sessions. The texts call them devices.
    /// When a session was last used. Values: a relative time, the date of the login.
    pub active_at: &'static str,
    /// The same for a session that is in use. Value: the date of the login.
    pub active_now: &'static str,
    /// Values: the browser, the operating system.
    pub browser_on_system: &'static str,
    pub device_logged_out: &'static str,
    pub log_out_others: &'static str,
    pub other_devices_logged_out: &'static str,
    pub sessions: &'static str,
    pub this_device: &'static str,
    pub unknown_browser: &'static str,

    // The account page: export.
    pub download_my_data: &'static str,
    pub export_intro: &'static str,
    pub export_ready: &'static str,
    /// Progress of the export. Value: the number of entries.
    pub exported_entries: Plural,
    pub exporting: &'static str,
    pub save_file: &'static str,
    pub your_data: &'static str,

    // The account page: deletion.
    /// Shown if the API needs several requests to delete all posts.
    pub account_partly_deleted: &'static str,
    pub delete_account: &'static str,
    pub delete_account_detail: &'static str,
    pub delete_account_intro: &'static str,
    pub delete_account_question: &'static str,
    pub delete_account_username: &'static str,
    pub delete_my_account: &'static str,

    pub errors: ErrorTexts,
    pub notices: NoticeTexts,
}

/// A pattern for each plural category that English and German have (CLDR plural rules). Its first value is the number.
pub struct Plural {
    /// For 1.
    pub one: &'static str,
    /// For all other numbers.
    pub other: &'static str,
}

/// The texts of a list of posts that only the app shows: one set for messages, one for wishes.
pub struct ListLabels {
    /// The button that logs in again and then sends a new post.
    pub log_in_and_submit: &'static str,
    /// The text of the submit button while the post is being sent.
    pub submitting: &'static str,
    /// The heading of the dialog that edits a post.
    pub edit_heading: &'static str,
    /// The heading of the dialog that confirms a deletion.
    pub delete_question: &'static str,
    /// Tells a guest how to add the first post, after the link to the sign-up page.
    pub empty_hint_guest: &'static str,
    /// Asks a user to add the first post.
    pub empty_hint_user: &'static str,
    /// The button that shows new posts. Value: their number, such as 20+.
    pub new_posts: Plural,
}

/// Why a request failed: the variants of `api::Error` and of `ProblemType` that have no shared text.
pub struct ErrorTexts {
    /// The browser is offline.
    pub offline: &'static str,
    /// The browser is online, but a request failed.
    pub unreachable: &'static str,
    pub timeout: &'static str,
    pub rate_limited: &'static str,
    pub post_deleted: &'static str,
    pub user_changed: &'static str,
    pub forbidden: &'static str,
    pub key_reused: &'static str,
    pub gone: &'static str,
}

/// The texts of `notices::Notice`. A session that has expired has the text of the error.
pub struct NoticeTexts {
    /// Value: the display name.
    pub user_changed: &'static str,
    pub logout_pending: &'static str,
    pub post_not_sent: &'static str,
    pub not_persisted: &'static str,
    pub not_secure: &'static str,
    pub link_copied: &'static str,
    pub link_not_copied: &'static str,
    pub account_deleted: &'static str,
}
