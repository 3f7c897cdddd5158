//! The texts of a list of posts: one set for messages, one for wishes.

use crate::i18n::language::{Language, current};

/// The texts around a list and its posts.
pub struct ListLabels {
    /// The button that opens the dialog for a new post, and the dialog's heading.
    pub create: &'static str,
    /// The button that sends a new post.
    pub submit: &'static str,
    /// The text of the submit button while the post is being sent.
    pub submitting: &'static str,
    /// The heading of the dialog that edits a post.
    pub edit_heading: &'static str,
    /// The heading of the dialog that confirms a deletion.
    pub delete_question: &'static str,
    /// Says that guests have to log in to post.
    pub guest_hint: &'static str,
    /// The heading of an empty list.
    pub empty: &'static str,
    /// Tells a guest how to add the first post.
    pub empty_hint_guest: &'static str,
    /// Asks a user to add the first post.
    pub empty_hint_user: &'static str,
    /// The button that loads the next older page.
    pub older: &'static str,
    /// The noun on the button that shows new posts, in singular and plural.
    pub new_posts: [&'static str; 2],
}

/// The texts of the message board.
pub fn message_labels() -> &'static ListLabels {
    match current() {
        Language::English => &ListLabels {
            create: "Post a message",
            submit: "Post",
            submitting: "Posting…",
            edit_heading: "Edit your message",
            delete_question: "Delete this message?",
            guest_hint: "Log in or sign up to post a message.",
            empty: "No messages yet",
            empty_hint_guest: "Sign up and post the first one.",
            empty_hint_user: "Post the first one.",
            older: "Older messages",
            new_posts: ["new message", "new messages"],
        },
        Language::German => &ListLabels {
            create: "Nachricht schreiben",
            submit: "Senden",
            submitting: "Wird gesendet…",
            edit_heading: "Deine Nachricht bearbeiten",
            delete_question: "Diese Nachricht löschen?",
            guest_hint: "Melde dich an oder registriere dich, um eine Nachricht zu schreiben.",
            empty: "Noch keine Nachrichten",
            empty_hint_guest: "Registriere dich und schreib die erste.",
            empty_hint_user: "Schreib die erste.",
            older: "Ältere Nachrichten",
            new_posts: ["neue Nachricht", "neue Nachrichten"],
        },
    }
}

/// The texts of wish lists.
pub fn wish_labels() -> &'static ListLabels {
    match current() {
        Language::English => &ListLabels {
            create: "Add a wish",
            submit: "Add",
            submitting: "Adding…",
            edit_heading: "Edit your wish",
            delete_question: "Delete this wish?",
            guest_hint: "Log in or sign up to make a wish list.",
            empty: "No wishes yet",
            empty_hint_guest: "Sign up and add the first one.",
            empty_hint_user: "Add the first one.",
            older: "Older wishes",
            new_posts: ["new wish", "new wishes"],
        },
        Language::German => &ListLabels {
            create: "Wunsch hinzufügen",
            submit: "Hinzufügen",
            submitting: "Wird hinzugefügt…",
            edit_heading: "Deinen Wunsch bearbeiten",
            delete_question: "Diesen Wunsch löschen?",
            guest_hint: "Melde dich an oder registriere dich, um eine Wunschliste anzulegen.",
            empty: "Noch keine Wünsche",
            empty_hint_guest: "Registriere dich und füge den ersten hinzu.",
            empty_hint_user: "Füge den ersten hinzu.",
            older: "Ältere Wünsche",
            new_posts: ["neuer Wunsch", "neue Wünsche"],
        },
    }
}
