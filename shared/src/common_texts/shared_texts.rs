//! The texts that each language has. The compiler reports a text that `english.rs` or `german.rs` lacks.
#![expect(missing_docs, reason = "a label's name says which one it is; other fields are documented")]

/// The shared texts of one language. The texts of the app and those of `/lite` contain them in a field `shared`.
/// `ENGLISH` and `GERMAN` are constants, because a static of those crates cannot move a value out of another static.
pub struct SharedTexts {
    // The frame of a page, and links.
    pub skip_to_content: &'static str,
    /// Name of the navigation with the links to all pages, for screen readers.
    pub pages: &'static str,
    pub messages: &'static str,
    pub wishes: &'static str,
    pub go_to_messages: &'static str,
    pub page_not_found_detail: &'static str,

    // Accounts.
    pub log_in: &'static str,
    pub log_out: &'static str,
    /// The username or the display name follows.
    pub logged_in_as: &'static str,
    pub sign_up: &'static str,

    // Fields of forms.
    /// Label of the field in the sign-up form. In the app, also a heading of the account page.
    pub display_name: &'static str,
    /// Says where the name is shown.
    pub display_name_hint: &'static str,
    pub message: &'static str,
    pub password: &'static str,
    /// Says how long a new password must be, and how to choose one.
    pub password_hint: &'static str,
    pub username: &'static str,
    /// Says what the username is for, and its format.
    pub username_hint: &'static str,
    pub wish: &'static str,
    pub wish_description: &'static str,
    pub wish_link: &'static str,
    pub wish_link_hint: &'static str,

    // Lists of posts.
    pub guest_hint: GuestHintTexts,
    pub message_labels: SharedListLabels,
    pub wish_labels: SharedListLabels,
    /// Shown next to the time of an edited message.
    pub edited: &'static str,
    /// Badge of a received wish.
    pub received: &'static str,

    // Errors.
    pub validation_errors: ValidationErrorTexts,
    /// The request has no access token, or no cookie of a live session.
    pub not_logged_in: &'static str,
    /// The access token is not valid any more, because the session has ended.
    pub session_ended: &'static str,
    pub wrong_login: &'static str,
    pub cross_site: &'static str,
    pub not_yours: &'static str,
    pub not_found: &'static str,
    pub username_taken: &'static str,
    pub no_password: &'static str,
    pub edit_conflict: &'static str,
    pub too_large: &'static str,
    pub too_many_attempts: &'static str,
    /// How long the user has to wait after too many attempts. Value: minutes and seconds, such as 0:59.
    pub retry_wait: &'static str,
    /// In the API, the advice of zxcvbn replaces the second sentence.
    pub weak_password: &'static str,
    /// The new password is the current one.
    pub password_unchanged: &'static str,
    pub wrong_password: &'static str,
    pub internal: &'static str,
    /// The server is overloaded, or the database does not respond.
    pub unavailable: &'static str,
}

/// The beginning of the sentence that tells guests to log in or sign up: two links with a text between them.
pub struct GuestHintTexts {
    pub log_in: &'static str,
    pub or: &'static str,
    pub sign_up: &'static str,
}

/// The shared texts of a list of posts: one set for messages, one for wishes.
pub struct SharedListLabels {
    /// The heading of the form for a new post. In the app, also the button that opens it.
    pub create: &'static str,
    /// The button that sends a new post.
    pub submit: &'static str,
    /// What guests can do after they have logged in: the end of the sentence in [`GuestHintTexts`].
    pub guest_hint: &'static str,
    /// Shown in place of an empty list; in the app, as a heading.
    pub empty: &'static str,
    /// The link or button that shows the next older page.
    pub older: &'static str,
}

/// Why a field was rejected: the variants of `ValidationError`.
pub struct ValidationErrorTexts {
    pub empty: &'static str,
    /// Value: the minimum length.
    pub too_short: &'static str,
    /// Value: the maximum length.
    pub too_long: &'static str,
    pub no_visible_character: &'static str,
    pub control_character: &'static str,
    pub direction_control: &'static str,
    pub starts_with_mark: &'static str,
    pub not_a_username: &'static str,
    pub not_a_link: &'static str,
    pub reserved: &'static str,
}
