//! The English texts. Those that the API's pages and problem details also have are in `shared`.

use shared::common_texts;

use crate::i18n::language::Language;
use crate::i18n::texts::{ErrorTexts, ListLabels, NoticeTexts, Plural, Texts};

/// All texts in English.
pub(super) static ENGLISH: Texts = Texts {
    language: Language::English,
    shared: common_texts::ENGLISH,

    // The frame of every page.
    app_name: "Wishboard",
    page_title: "{} · {}",
    languages: "Language",
    dismiss: "Dismiss",
    offline: "You're offline. You can keep reading, and what you write is saved as a draft.",

    // Headings of pages, also used for the links to them.
    account: "Account",
    my_wishes: "My wishes",
    page_not_found: "Page not found",
    user_not_found: "No such person",
    wishes_of: "\u{2068}{}\u{2069}'s wishes",

    // The page for addresses that do not exist, and wish lists of users who do not exist.
    see_all_wishes: "See all wishes",

    // Parts of the app that load on demand.
    chunk_not_loaded: "This part of Wishboard can't be loaded. Check your connection.",
    new_version: "There is a new version of Wishboard. What you typed is saved as a draft.",
    reload: "Reload",

    // Buttons and states that several forms and lists have in common.
    cancel: "Cancel",
    current_version: "Current version",
    delete: "Delete",
    deleting: "Deleting…",
    discard_draft: "Discard",
    draft_exists: "You have a draft.",
    draft_restored: "Your draft is back.",
    edit: "Edit",
    loading: "Loading…",
    retry: "Retry",
    retry_allowed: "You can try again now.",
    save: "Save",
    saving: "Saving…",
    sent_with_remaining_text: "Sent. The text you typed after that is still here.",

    // Fields of forms.
    characters_used: "{} of {} characters",
    characters_missing: Plural { one: "{} more character needed.", other: "{} more characters needed." },
    current_password: "Current password",
    new_password: "New password",
    password_long_enough: "Long enough. A few unusual words work well.",
    show_password: "Show {}",
    show_password_lowercases_label: true,
    your_display_name: "Your name",

    // Lists of posts.
    empty_hint_sign_up: "Sign up",
    message_labels: ListLabels {
        log_in_and_submit: "Log in and post",
        submitting: "Posting…",
        edit_heading: "Edit your message",
        delete_question: "Delete this message?",
        empty_hint_guest: " and post the first one.",
        empty_hint_user: "Post the first one.",
        new_posts: Plural { one: "{} new message", other: "{} new messages" },
    },
    wish_labels: ListLabels {
        log_in_and_submit: "Log in and add",
        submitting: "Adding…",
        edit_heading: "Edit your wish",
        delete_question: "Delete this wish?",
        empty_hint_guest: " and add the first one.",
        empty_hint_user: "Add the first one.",
        new_posts: Plural { one: "{} new wish", other: "{} new wishes" },
    },
    all_received: "Everything on this list has been received.",
    list_outdated: "Can't check for updates right now.",
    mark_not_received: "Move back to wishes",
    mark_received: "Mark as received",
    print: "Print",
    received_wishes: "Received ({})",
    not_loaded_offline: "You're offline. This list has not been loaded yet.",
    show_more: "Show more",
    show_less: "Show less",
    share: "Share",
    sort_by_date: "Sort by date",
    sort_by_name: "Sort by name",

    // Login and sign-up.
    log_in_and_delete: "Log in and delete",
    log_in_and_save: "Log in and save",
    logging_in: "Logging in…",
    new_here: "New here?",
    has_account: "Already have an account?",
    sign_up_intro: "One account for messages and wish lists. No e-mail needed.",
    signing_up: "Signing up…",

    // The account page: who is logged in, name and password.
    account_login_hint: "Log in to see your account.",
    change_password: "Change password",
    name_saved: "Name saved.",
    password_changed: "Password changed.",
    save_name: "Save name",

    // The account page: sessions. The texts call them devices.
    active_at: "Active {} · since {}",
    active_now: "Active now · since {}",
    browser_on_system: "{} on {}",
    device_logged_out: "That device was logged out.",
    log_out_others: "Log out everywhere else",
    other_devices_logged_out: "You were logged out everywhere else.",
    sessions: "Where you're logged in",
    this_device: "This device",
    unknown_browser: "Unknown browser",

    // The account page: export.
    download_my_data: "Download my data",
    export_intro: "Everything Wishboard stores about you, as a JSON file.",
    export_ready: "Your file is ready.",
    exported_entries: Plural { one: "{} entry so far…", other: "{} entries so far…" },
    exporting: "Preparing your file…",
    save_file: "Save the file",
    your_data: "Your data",

    // The account page: deletion.
    account_partly_deleted: "You have a lot of posts, so this takes a while. If it stops, try again to continue.",
    delete_account: "Delete account",
    delete_account_detail: "This deletes your account, your messages and your wishes. It can't be undone.",
    delete_account_intro: "Deletes your account and everything you've posted.",
    delete_account_question: "Delete your account?",
    delete_account_username: "Your username can't be used again, not even by you.",
    delete_my_account: "Delete my account",

    errors: ErrorTexts {
        offline: "You're offline. Nothing is lost: try again when you're back online.",
        unreachable: "Wishboard can't be reached. Check your connection.",
        timeout: "The server took too long to answer. Please try again.",
        rate_limited: "Too many attempts. Please wait a moment.",
        post_deleted: "This was deleted somewhere else. Send it again to post it as new.",
        user_changed: "Another account is now logged in in this browser. Nothing was sent.",
        forbidden: "You're not allowed to do this.",
        key_reused: "An earlier version of this was already sent. Edit that one, or change this text to send it as new.",
        gone: "This was already sent and then deleted. Change the text to send it again.",
    },
    notices: NoticeTexts {
        user_changed: "You're now logged in as \u{2068}{}\u{2069}.",
        logout_pending: "You're logged out here, but the server can't be reached. Keep this browser open: it will try again.",
        post_not_sent: "Your text couldn't be sent. It's saved as a draft.",
        not_persisted: "This browser can't store anything. When you close this page, you'll be logged out and lose your drafts.",
        not_secure: "Browsers keep logins only on https or http://localhost. At this address, you'll soon be logged out.",
        link_copied: "Link copied.",
        link_not_copied: "The link can't be copied here. Copy it from the address bar.",
        account_deleted: "Your account was deleted.",
    },
};
