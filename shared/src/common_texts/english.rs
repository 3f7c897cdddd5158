//! The shared texts in English.

use crate::common_texts::shared_texts::{
    GuestHintTexts, SharedListLabels, SharedTexts, ValidationErrorTexts,
};

/// The shared texts in English.
pub const ENGLISH: SharedTexts = SharedTexts {
    // The frame of a page, and links.
    skip_to_content: "Skip to content",
    pages: "Pages",
    messages: "Messages",
    wishes: "Wishes",
    go_to_messages: "Go to messages",
    page_not_found_detail: "The address may be wrong, or the page no longer exists.",

    // Accounts.
    log_in: "Log in",
    log_out: "Log out",
    logged_in_as: "Logged in as",
    sign_up: "Sign up",

    // Fields of forms.
    display_name: "Name",
    display_name_hint: "Shown next to everything you post.",
    message: "Message",
    password: "Password",
    password_hint: "At least 8 characters. A few unusual words work well.",
    username: "Username",
    username_hint: "You log in with this. 3–30 characters: a–z, 0–9, _ or -.",
    wish: "Wish",
    wish_description: "Description (optional)",
    wish_link: "Link (optional)",
    wish_link_hint: "For example, a page in a shop.",

    // Lists of posts.
    guest_hint: GuestHintTexts { log_in: "Log in", or: " or ", sign_up: "sign up" },
    message_labels: SharedListLabels {
        create: "Post a message",
        submit: "Post",
        guest_hint: " to post a message.",
        empty: "No messages yet",
        older: "Older messages",
    },
    wish_labels: SharedListLabels {
        create: "Add a wish",
        submit: "Add",
        guest_hint: " to make a wish list.",
        empty: "No wishes yet",
        older: "Older wishes",
    },
    edited: "edited",
    received: "Received",

    // Errors.
    validation_errors: ValidationErrorTexts {
        empty: "This can't be empty.",
        too_short: "Use at least {} characters.",
        too_long: "Use at most {} characters.",
        no_visible_character: "Use at least one visible character.",
        control_character: "This contains an invisible control character.",
        direction_control: "This contains an invisible character that changes the text direction.",
        starts_with_mark: "Start with a letter, a digit or a symbol.",
        not_a_username: "Use only a–z, 0–9, _ and -.",
        not_a_link: "Use a link that starts with http:// or https://.",
        reserved: "A username can't start with u-.",
    },
    not_logged_in: "Please log in first.",
    session_ended: "You were logged out. Please log in again.",
    wrong_login: "The username or password is wrong.",
    cross_site: "This request came from another site. If it is Wishboard's own site, add it to WISHBOARD_ORIGINS.",
    not_yours: "You can only change your own posts.",
    not_found: "This doesn't exist or was deleted.",
    username_taken: "This username is taken. Please choose another.",
    no_password: "You log in to this account with another service. You can change this only there.",
    edit_conflict: "This was edited somewhere else. Save again to replace that version.",
    too_large: "This is too long.",
    too_many_attempts: "Too many attempts.",
    retry_wait: "Please wait {}.",
    weak_password: "This password is too easy to guess. A few unusual words work well.",
    password_unchanged: "This is your current password. Please choose a new one.",
    wrong_password: "That password is wrong.",
    internal: "Something went wrong on our side. Please try again.",
    unavailable: "Wishboard is busy. Please try again in a moment.",
};
