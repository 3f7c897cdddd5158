//! The shared texts in German. They are informal: they address the user as "du".

use crate::common_texts::shared_texts::{
    GuestHintTexts, SharedListLabels, SharedTexts, ValidationErrorTexts,
};

/// The shared texts in German.
pub const GERMAN: SharedTexts = SharedTexts {
    // The frame of a page, and links.
    skip_to_content: "Zum Inhalt springen",
    pages: "Seiten",
    messages: "Nachrichten",
    wishes: "Wünsche",
    go_to_messages: "Zu den Nachrichten",
    page_not_found_detail: "Vielleicht ist die Adresse falsch, oder die Seite gibt es nicht mehr.",

    // Accounts.
    log_in: "Anmelden",
    log_out: "Abmelden",
    logged_in_as: "Angemeldet als",
    sign_up: "Registrieren",

    // Fields of forms.
    display_name: "Name",
    display_name_hint: "Wird neben allem angezeigt, was du schreibst.",
    message: "Nachricht",
    password: "Passwort",
    password_hint: "Mindestens 8 Zeichen. Gut sind ein paar ungewöhnliche Wörter.",
    username: "Benutzername",
    username_hint: "Damit meldest du dich an. 3–30 Zeichen: a–z, 0–9, _ oder -.",
    wish: "Wunsch",
    wish_description: "Beschreibung (optional)",
    wish_link: "Link (optional)",
    wish_link_hint: "Zum Beispiel eine Seite in einem Shop.",

    // Lists of posts.
    guest_hint: GuestHintTexts { log_in: "Melde dich an", or: " oder ", sign_up: "registriere dich" },
    message_labels: SharedListLabels {
        create: "Nachricht schreiben",
        submit: "Senden",
        guest_hint: ", um eine Nachricht zu schreiben.",
        empty: "Noch keine Nachrichten",
        older: "Ältere Nachrichten",
    },
    wish_labels: SharedListLabels {
        create: "Wunsch hinzufügen",
        submit: "Hinzufügen",
        guest_hint: ", um eine Wunschliste anzulegen.",
        empty: "Noch keine Wünsche",
        older: "Ältere Wünsche",
    },
    edited: "bearbeitet",
    received: "Erhalten",

    // Errors.
    validation_errors: ValidationErrorTexts {
        empty: "Das darf nicht leer sein.",
        too_short: "Verwende mindestens {} Zeichen.",
        too_long: "Verwende höchstens {} Zeichen.",
        no_visible_character: "Verwende mindestens ein sichtbares Zeichen.",
        control_character: "Das enthält ein unsichtbares Steuerzeichen.",
        direction_control: "Das enthält ein unsichtbares Zeichen, das die Schreibrichtung ändert.",
        starts_with_mark: "Beginne mit einem Buchstaben, einer Ziffer oder einem Symbol.",
        not_a_username: "Verwende nur a–z, 0–9, _ und -.",
        not_a_link: "Verwende einen Link, der mit http:// oder https:// beginnt.",
        reserved: "Ein Benutzername kann nicht mit u- beginnen.",
    },
    not_logged_in: "Bitte melde dich zuerst an.",
    session_ended: "Du wurdest abgemeldet. Bitte melde dich wieder an.",
    wrong_login: "Benutzername oder Passwort ist falsch.",
    cross_site: "Diese Anfrage kam von einer anderen Website. Wenn diese zu Wishboard gehört, trage sie in WISHBOARD_ORIGINS ein.",
    not_yours: "Du kannst nur deine eigenen Beiträge ändern.",
    not_found: "Das gibt es nicht, oder es wurde gelöscht.",
    username_taken: "Dieser Benutzername ist vergeben. Bitte wähle einen anderen.",
    no_password: "Bei diesem Konto meldest du dich über einen anderen Dienst an. Du kannst das nur dort ändern.",
    edit_conflict: "Das wurde woanders bearbeitet. Speichere noch einmal, um diese Fassung zu ersetzen.",
    too_large: "Das ist zu lang.",
    too_many_attempts: "Zu viele Versuche.",
    retry_wait: "Bitte warte {}.",
    weak_password: "Dieses Passwort ist zu leicht zu erraten. Gut sind ein paar ungewöhnliche Wörter.",
    password_unchanged: "Das ist dein jetziges Passwort. Bitte wähle ein neues.",
    wrong_password: "Das Passwort ist falsch.",
    internal: "Bei uns ist etwas schiefgegangen. Bitte versuch es noch einmal.",
    unavailable: "Wishboard ist gerade überlastet. Bitte versuch es gleich noch einmal.",
};
