//! Fixed texts: headings, labels, buttons and hints.

use shared::english_texts as texts;

use crate::i18n::translate::translate;

/// Defines one function per text: its name, the English text, the German text.
macro_rules! texts {
    ($($name:ident: $english:literal, $german:literal;)*) => {$(
        #[doc = $english]
        pub fn $name() -> &'static str {
            *translate(&[$english, $german])
        }
    )*};
}

texts! {
    account: "Account", "Konto";
    account_login_hint: "Log in to see your account. New here?",
        "Melde dich an, um dein Konto zu sehen. Neu hier?";
    account_partly_deleted: "You have a lot of posts, so this takes a while. If it stops, try again to continue.",
        "Du hast viele Beiträge, deshalb dauert das etwas. Wenn es abbricht, versuch es noch einmal, um fortzufahren.";
    app_name: "Wishboard", "Wishboard";
    cancel: "Cancel", "Abbrechen";
    change_password: "Change password", "Passwort ändern";
    chunk_not_loaded: "This part of Wishboard can't be loaded. Check your connection.",
        "Dieser Teil von Wishboard lässt sich nicht laden. Prüfe deine Verbindung.";
    current_password: "Current password", "Aktuelles Passwort";
    current_version: "Current version", "Aktuelle Fassung";
    delete: "Delete", "Löschen";
    delete_account: "Delete account", "Konto löschen";
    delete_account_detail: "This deletes your account, your messages and your wishes. It can't be undone.",
        "Damit werden dein Konto, deine Nachrichten und deine Wünsche gelöscht. Das lässt sich nicht rückgängig machen.";
    delete_account_intro: "Deletes your account and everything you've posted.",
        "Löscht dein Konto und alles, was du geschrieben hast.";
    delete_account_question: "Delete your account?", "Dein Konto löschen?";
    delete_account_username: "Your username can't be used again, not even by you.",
        "Dein Benutzername kann danach nicht mehr verwendet werden, auch nicht von dir.";
    delete_my_account: "Delete my account", "Mein Konto löschen";
    deleting: "Deleting…", "Wird gelöscht…";
    device_logged_out: "That device was logged out.", "Das Gerät wurde abgemeldet.";
    discard_draft: "Discard", "Verwerfen";
    dismiss: "Dismiss", "Schließen";
    display_name: "Name", "Name";
    download_my_data: "Download my data", "Meine Daten herunterladen";
    draft_exists: "You have a draft.", "Du hast einen Entwurf.";
    draft_restored: "Your draft is back.", "Dein Entwurf ist wieder da.";
    edit: "Edit", "Bearbeiten";
    edited: "edited", "bearbeitet";
    export_intro: "Everything Wishboard stores about you, as a JSON file.",
        "Alles, was Wishboard über dich speichert, als JSON-Datei.";
    export_ready: "Your file is ready.", "Deine Datei ist fertig.";
    exporting: "Preparing your file…", "Datei wird vorbereitet…";
    go_to_messages: "Go to messages", "Zu den Nachrichten";
    language: "Language", "Sprache";
    list_outdated: "Can't check for updates right now.", "Die Liste lässt sich gerade nicht aktualisieren.";
    loading: "Loading…", "Wird geladen…";
    log_in: "Log in", "Anmelden";
    log_out: "Log out", "Abmelden";
    log_out_others: "Log out everywhere else", "Überall sonst abmelden";
    logged_in_as: "Logged in as", "Angemeldet als";
    logging_in: "Logging in…", "Wird angemeldet…";
    mark_not_received: "Move back to wishes", "Zurück zu den Wünschen";
    mark_received: "Mark as received", "Als erhalten markieren";
    message: "Message", "Nachricht";
    messages: "Messages", "Nachrichten";
    my_wishes: "My wishes", "Meine Wünsche";
    name_saved: "Name saved.", "Name gespeichert.";
    new_password: "New password", "Neues Passwort";
    new_version: "There is a new version of Wishboard. What you typed is saved as a draft.",
        "Es gibt eine neue Version von Wishboard. Was du geschrieben hast, ist als Entwurf gespeichert.";
    offline: "You're offline. You can keep reading, and what you write is saved as a draft.",
        "Du bist offline. Du kannst weiterlesen, und was du schreibst, wird als Entwurf gespeichert.";
    other_sessions_ended: "You were logged out everywhere else.", "Du wurdest überall sonst abgemeldet.";
    page_not_found: "Page not found", "Seite nicht gefunden";
    pages: "Pages", "Seiten";
    password: "Password", "Passwort";
    password_changed: "Password changed.", "Passwort geändert.";
    print: "Print", "Drucken";
    received: "Received", "Erhalten";
    reload: "Reload", "Neu laden";
    retry: "Retry", "Erneut versuchen";
    retry_allowed: "You can try again now.", "Jetzt kannst du es noch einmal versuchen.";
    save: "Save", "Speichern";
    save_file: "Save the file", "Datei speichern";
    save_name: "Save name", "Namen speichern";
    saving: "Saving…", "Wird gespeichert…";
    see_all_wishes: "See all wishes", "Alle Wünsche ansehen";
    sent_with_remaining_text: "Sent. The text you typed after that is still here.",
        "Gesendet. Was du danach getippt hast, steht noch hier.";
    sessions: "Where you're logged in", "Wo du angemeldet bist";
    share: "Share", "Teilen";
    sign_up: "Sign up", "Registrieren";
    sign_up_intro: "One account for messages and wish lists. No e-mail needed.",
        "Ein Konto für Nachrichten und Wunschlisten. Ohne E-Mail-Adresse.";
    signing_up: "Signing up…", "Wird registriert…";
    skip_to_content: "Skip to content", "Zum Inhalt springen";
    sort_by_date: "Sort by date", "Nach Datum sortieren";
    sort_by_name: "Sort by name", "Nach Namen sortieren";
    this_device: "This device", "Dieses Gerät";
    too_many_attempts: "Too many attempts.", "Zu viele Versuche.";
    try_again: "Try again", "Erneut versuchen";
    user_not_found: "No such person", "Diese Person gibt es hier nicht";
    username: "Username", "Benutzername";
    wish: "Wish", "Wunsch";
    wish_description: "Description (optional)", "Beschreibung (optional)";
    wish_link: "Link", "Link";
    wish_link_hint: "Optional, for example a page in a shop.",
        "Optional, zum Beispiel eine Seite in einem Shop.";
    wishes: "Wishes", "Wünsche";
    your_data: "Your data", "Deine Daten";
    your_display_name: "Your name", "Dein Name";
}

/// Explains that the page does not exist.
pub fn page_not_found_detail() -> &'static str {
    translate(&[
        texts::PAGE_NOT_FOUND_DETAIL,
        "Vielleicht ist die Adresse falsch, oder die Seite gibt es nicht mehr.",
    ])
}

/// The hint of the field for a new username.
pub fn username_hint() -> &'static str {
    translate(&[texts::USERNAME_HINT, "Damit meldest du dich an. 3–30 Zeichen: a–z, 0–9, _ oder -."])
}

/// The hint of the field for the display name.
pub fn display_name_hint() -> &'static str {
    translate(&[texts::DISPLAY_NAME_HINT, "Wird neben allem angezeigt, was du schreibst."])
}

/// The hint of the field for a new password.
pub fn password_hint() -> &'static str {
    translate(&[texts::PASSWORD_HINT, "Mindestens 8 Zeichen. Gut sind ein paar ungewöhnliche Wörter."])
}
