//! Fixed texts: headings, labels, buttons and hints.

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
    account_login_hint: "Log in to see your account. New here?", "Melde dich an, um dein Konto zu sehen. Neu hier?";
    account_partly_deleted: "There is a lot to delete. Some of it is gone already. Should this stop, delete once more to go on.",
        "Es gibt viel zu löschen, ein Teil ist schon weg. Sollte es stehen bleiben, lösche noch einmal, dann geht es weiter.";
    app_name: "Wishboard", "Wishboard";
    cancel: "Cancel", "Abbrechen";
    change_password: "Change password", "Passwort ändern";
    current_password: "Current password", "Jetziges Passwort";
    current_version: "As it is now", "So ist es jetzt";
    delete: "Delete", "Löschen";
    delete_account: "Delete account", "Konto löschen";
    delete_account_detail: "Your messages, your wishes and your account will be removed, everywhere and at once. This can't be undone.",
        "Deine Nachrichten, deine Wünsche und dein Konto werden überall und sofort entfernt. Das lässt sich nicht rückgängig machen.";
    delete_account_intro: "Removes your account and everything you have written here, for good.",
        "Entfernt dein Konto und alles, was du hier geschrieben hast, endgültig.";
    delete_account_question: "Delete your account?", "Dein Konto löschen?";
    delete_account_username: "Your username will never be free again: nobody can take it, not even you.",
        "Dein Benutzername wird nie wieder frei: Niemand kann ihn bekommen, auch du nicht.";
    delete_my_account: "Delete my account", "Mein Konto löschen";
    deleting: "Deleting…", "Wird gelöscht…";
    discard_draft: "Discard", "Verwerfen";
    dismiss: "Dismiss", "Schließen";
    display_name: "Name", "Name";
    display_name_hint: "What others see.", "Den sehen die anderen.";
    download_my_data: "Download my data", "Meine Daten herunterladen";
    draft_exists: "You have a draft.", "Du hast einen Entwurf.";
    draft_restored: "This is what you had begun to write.", "Das hattest du angefangen zu schreiben.";
    edit: "Edit", "Bearbeiten";
    edited: "edited", "bearbeitet";
    end_other_sessions: "End all others", "Alle anderen beenden";
    end_session: "End", "Beenden";
    export_intro: "Everything Wishboard has stored about you, in one JSON file.",
        "Alles, was Wishboard über dich gespeichert hat, in einer JSON-Datei.";
    export_ready: "Your file is ready.", "Deine Datei ist fertig.";
    exporting: "Gathering…", "Wird gesammelt…";
    go_to_all_wishes: "To everybody's wishes", "Zu den Wünschen aller";
    go_to_messages: "To the messages", "Zu den Nachrichten";
    language: "Language", "Sprache";
    list_outdated: "Nothing new can be fetched right now.", "Gerade lässt sich nichts Neues holen.";
    loading: "Loading…", "Wird geladen…";
    log_in: "Log in", "Anmelden";
    log_out: "Log out", "Abmelden";
    logged_in_as: "You are logged in as", "Du bist angemeldet als";
    logging_in: "Logging in…", "Anmeldung läuft…";
    mark_not_received: "Not received yet", "Doch nicht";
    mark_received: "Mark as received", "Abhaken";
    message: "Message", "Nachricht";
    messages: "Messages", "Nachrichten";
    my_wishes: "My wishes", "Meine Wünsche";
    new_password: "New password", "Neues Passwort";
    offline: "You are offline. What is here stays, and what you write is kept.",
        "Du bist offline. Was hier steht, bleibt da, und was du schreibst, wird aufgehoben.";
    other_sessions_ended: "All your other logins have been ended.", "Überall sonst bist du abgemeldet.";
    page_not_found: "There is nothing here", "Hier ist nichts";
    page_not_found_detail: "The address is mistyped, or the page has gone.", "Die Adresse ist vertippt, oder die Seite ist nicht mehr da.";
    pages: "Pages", "Seiten";
    password: "Password", "Passwort";
    password_changed: "Your password is changed. All your other logins have been ended.",
        "Dein Passwort ist geändert. Überall sonst bist du abgemeldet.";
    password_hint: "At least 8 characters. A few unusual words make a good one.",
        "Mindestens 8 Zeichen. Ein paar ungewöhnliche Wörter sind ein gutes.";
    print: "Print", "Drucken";
    received: "Received", "Bekommen";
    retry: "Retry", "Noch einmal";
    retry_allowed: "You can try again now.", "Jetzt kannst du es noch einmal versuchen.";
    save: "Save", "Speichern";
    save_file: "Save the file", "Datei speichern";
    save_name: "Save name", "Namen speichern";
    saved: "Saved", "Gespeichert";
    saving: "Saving…", "Wird gespeichert…";
    sent_with_remaining_text: "Sent. What you have typed since is still here.", "Gesendet. Was du seitdem getippt hast, ist noch da.";
    session_ended: "That login has been ended.", "Diese Anmeldung ist beendet.";
    sessions: "Where you are logged in", "Wo du angemeldet bist";
    share: "Share", "Teilen";
    sign_up: "Sign up", "Registrieren";
    sign_up_intro: "One account for messages and wish lists. All it takes is a name.",
        "Ein Konto für Nachrichten und Wunschlisten. Ein Name genügt.";
    signing_up: "Signing up…", "Registrierung läuft…";
    skip_to_content: "Skip to content", "Zum Inhalt";
    sort_by_name: "Sort by name", "Nach Namen sortieren";
    sort_by_newest: "Sort by newest", "Nach Datum sortieren";
    this_session: "This one", "Diese hier";
    too_many_attempts: "Too many attempts.", "Zu viele Versuche.";
    try_again: "Try again", "Noch einmal versuchen";
    user_not_found: "There is nobody of this name", "Niemand heißt hier so";
    username: "Username", "Benutzername";
    username_hint: "To log in with: 3 to 30 letters a to z, digits, _ or -.",
        "Damit meldest du dich an: 3 bis 30 Buchstaben a bis z, Ziffern, _ oder -.";
    wish: "Wish", "Wunsch";
    wish_description: "Description (optional)", "Beschreibung (freiwillig)";
    wish_link: "Link", "Link";
    wish_link_hint: "Where to find it, if there is a page about it.", "Wo es ihn gibt, falls eine Seite davon erzählt.";
    wishes: "Wishes", "Wünsche";
    your_data: "Your data", "Deine Daten";
    your_display_name: "Your name", "Dein Name";
}
