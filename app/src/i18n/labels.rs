//! Every string that people read, in every language there is. The compiler knows which text lacks one.
//!
//! Here are those that never change; what is counted, measured or named is in the files below.

pub mod sentence;
pub mod time;
pub mod trouble;

mod number;

use crate::language::{Language, spoken};
use crate::route::Route;

/// One function for each fixed text: its name, the English, the German.
macro_rules! texts {
    ($($name:ident: $english:literal, $german:literal;)*) => {$(
        #[doc = $english]
        pub fn $name() -> &'static str {
            *said(&[$english, $german])
        }
    )*};
}

texts! {
    account: "Account", "Konto";
    account_guest: "Log in to see your account. New here?", "Melde dich an, um dein Konto zu sehen. Neu hier?";
    as_it_is_now: "As it is now", "So ist es jetzt";
    brand: "Wishboard", "Wishboard";
    cancel: "Cancel", "Abbrechen";
    change_password: "Change password", "Passwort ändern";
    current_password: "Current password", "Jetziges Passwort";
    delete: "Delete", "Löschen";
    delete_account: "Delete account", "Konto löschen";
    delete_detail: "Your messages, your wishes and your account will be removed, everywhere and at once. This can't be undone.",
        "Deine Nachrichten, deine Wünsche und dein Konto werden überall und sofort entfernt. Das lässt sich nicht rückgängig machen.";
    delete_intro: "Removes your account and everything you have written here, for good.",
        "Entfernt dein Konto und alles, was du hier geschrieben hast, endgültig.";
    delete_my_account: "Delete my account", "Mein Konto löschen";
    delete_question: "Delete your account?", "Dein Konto löschen?";
    delete_username: "Your username will never be free again: nobody can take it, not even you.",
        "Dein Benutzername wird nie wieder frei: Niemand kann ihn bekommen, auch du nicht.";
    deleted_some: "There is a lot to delete. Some of it is gone already. Should this stop, delete once more to go on.",
        "Es gibt viel zu löschen, ein Teil ist schon weg. Sollte es stehen bleiben, lösche noch einmal, dann geht es weiter.";
    deleting: "Deleting…", "Wird gelöscht…";
    description: "Description (optional)", "Beschreibung (freiwillig)";
    discard: "Discard", "Verwerfen";
    dismiss: "Dismiss", "Schließen";
    download_my_data: "Download my data", "Meine Daten herunterladen";
    draft: "This is what you had begun to write.", "Das hattest du angefangen zu schreiben.";
    draft_waiting: "You have a draft.", "Du hast einen Entwurf.";
    edit: "Edit", "Bearbeiten";
    edited: "edited", "bearbeitet";
    end: "End", "Beenden";
    end_others: "End all others", "Alle anderen beenden";
    export_intro: "Everything Wishboard has stored about you, in one JSON file.",
        "Alles, was Wishboard über dich gespeichert hat, in einer JSON-Datei.";
    export_ready: "Your file is ready.", "Deine Datei ist fertig.";
    gathering: "Gathering…", "Wird gesammelt…";
    languages: "Language", "Sprache";
    link: "Link", "Link";
    link_hint: "Where to find it, if there is a page about it.", "Wo es ihn gibt, falls eine Seite davon erzählt.";
    loading: "Loading…", "Wird geladen…";
    log_in: "Log in", "Anmelden";
    log_out: "Log out", "Abmelden";
    logged_in_as: "You are logged in as", "Du bist angemeldet als";
    logging_in: "Logging in…", "Anmeldung läuft…";
    login_ended: "That login has been ended.", "Diese Anmeldung ist beendet.";
    logins: "Where you are logged in", "Wo du angemeldet bist";
    logins_ended: "All your other logins have been ended.", "Überall sonst bist du abgemeldet.";
    mark_received: "Mark as received", "Abhaken";
    message: "Message", "Nachricht";
    messages: "Messages", "Nachrichten";
    my_wishes: "My wishes", "Meine Wünsche";
    name: "Name", "Name";
    name_hint: "What others see.", "Den sehen die anderen.";
    new_password: "New password", "Neues Passwort";
    nobody: "There is nobody of this name", "Niemand heißt hier so";
    not_found: "There is nothing here", "Hier ist nichts";
    not_found_detail: "The address is mistyped, or the page has gone.", "Die Adresse ist vertippt, oder die Seite ist nicht mehr da.";
    not_received: "Not received yet", "Doch nicht";
    offline: "You are offline. What is here stays, and what you write is kept.",
        "Du bist offline. Was hier steht, bleibt da, und was du schreibst, wird aufgehoben.";
    pages: "Pages", "Seiten";
    password: "Password", "Passwort";
    password_changed: "Your password is changed. All your other logins have been ended.",
        "Dein Passwort ist geändert. Überall sonst bist du abgemeldet.";
    password_hint: "At least 8 characters. A few unusual words make a good one.",
        "Mindestens 8 Zeichen. Ein paar ungewöhnliche Wörter sind ein gutes.";
    print: "Print", "Drucken";
    received: "Received", "Bekommen";
    retry: "Retry", "Noch einmal";
    save: "Save", "Speichern";
    save_file: "Save the file", "Datei speichern";
    save_name: "Save name", "Namen speichern";
    saved: "Saved", "Gespeichert";
    saving: "Saving…", "Wird gespeichert…";
    share: "Share", "Teilen";
    sign_up: "Sign up", "Registrieren";
    sign_up_intro: "One account for messages and wish lists. All it takes is a name.",
        "Ein Konto für Nachrichten und Wunschlisten. Ein Name genügt.";
    signing_up: "Signing up…", "Registrierung läuft…";
    sort_by_name: "Sort by name", "Nach Namen sortieren";
    sort_by_time: "Sort by newest", "Nach Datum sortieren";
    skip_to_content: "Skip to content", "Zum Inhalt";
    stale: "Nothing new can be fetched right now.", "Gerade lässt sich nichts Neues holen.";
    this_login: "This one", "Diese hier";
    to_the_messages: "To the messages", "Zu den Nachrichten";
    to_the_wishes: "To everybody's wishes", "Zu den Wünschen aller";
    too_often: "Too many attempts.", "Zu viele Versuche.";
    try_again: "Try again", "Noch einmal versuchen";
    try_again_now: "You can try again now.", "Jetzt kannst du es noch einmal versuchen.";
    typed_on: "Sent. What you have typed since is still here.", "Gesendet. Was du seitdem getippt hast, ist noch da.";
    username: "Username", "Benutzername";
    username_hint: "To log in with: 3 to 30 letters a to z, digits, _ or -.",
        "Damit meldest du dich an: 3 bis 30 Buchstaben a bis z, Ziffern, _ oder -.";
    wish: "Wish", "Wunsch";
    wishes: "Wishes", "Wünsche";
    your_data: "Your data", "Deine Daten";
    your_name: "Your name", "Dein Name";
}

/// What is said around a list and the things on it.
pub struct Words {
    /// The button and the dialog for something new.
    pub add: &'static str,
    /// What sends it.
    pub send: &'static str,
    /// While it is sent.
    pub sending: &'static str,
    /// The dialog to change something.
    pub edit: &'static str,
    /// The question before something is removed.
    pub remove: &'static str,
    /// How a guest may add something.
    pub guest: &'static str,
    /// There is nothing.
    pub none: &'static str,
    /// What a guest does about that.
    pub none_guest: &'static str,
    /// What others do about that.
    pub none_user: &'static str,
    /// The button for more.
    pub older: &'static str,
    /// One that others have added, and many.
    pub news: [&'static str; 2],
}

/// Around messages.
pub fn message_words() -> &'static Words {
    match spoken() {
        Language::English => &Words {
            add: "Post a message",
            send: "Post",
            sending: "Posting…",
            edit: "Edit your message",
            remove: "Delete this message?",
            guest: "Log in or sign up to post a message.",
            none: "No messages yet",
            none_guest: "Sign up and write the first one.",
            none_user: "Be the first: say hello to whoever comes next.",
            older: "Older messages",
            news: ["new message", "new messages"],
        },
        Language::German => &Words {
            add: "Nachricht schreiben",
            send: "Senden",
            sending: "Wird gesendet…",
            edit: "Deine Nachricht bearbeiten",
            remove: "Diese Nachricht löschen?",
            guest: "Melde dich an, um etwas zu schreiben.",
            none: "Noch keine Nachrichten",
            none_guest: "Registriere dich und schreib die erste.",
            none_user: "Fang an: Sag hallo zu allen, die noch kommen.",
            older: "Ältere Nachrichten",
            news: ["neue Nachricht", "neue Nachrichten"],
        },
    }
}

/// Around wishes.
pub fn wish_words() -> &'static Words {
    match spoken() {
        Language::English => &Words {
            add: "Add a wish",
            send: "Add",
            sending: "Adding…",
            edit: "Edit your wish",
            remove: "Delete this wish?",
            guest: "Log in or sign up to keep a wish list.",
            none: "No wishes yet",
            none_guest: "Sign up and make the first one.",
            none_user: "Add what you would like to have: the first of many.",
            older: "Older wishes",
            news: ["new wish", "new wishes"],
        },
        Language::German => &Words {
            add: "Wunsch hinzufügen",
            send: "Hinzufügen",
            sending: "Wird hinzugefügt…",
            edit: "Deinen Wunsch bearbeiten",
            remove: "Diesen Wunsch löschen?",
            guest: "Melde dich an, um dir etwas zu wünschen.",
            none: "Noch keine Wünsche",
            none_guest: "Registriere dich und wünsch dir etwas.",
            none_user: "Wünsch dir etwas: das Erste von vielem.",
            older: "Ältere Wünsche",
            news: ["neuer Wunsch", "neue Wünsche"],
        },
    }
}

/// What a page is called, by its heading and the browser's tab. None: it depends on what is on it.
pub fn heading(route: &Route) -> Option<&'static str> {
    match route {
        Route::Board => Some(messages()),
        Route::Wishes => Some(wishes()),
        Route::Person(_) => None,
        Route::SignUp => Some(sign_up()),
        Route::Account => Some(account()),
        Route::NotFound => Some(not_found()),
    }
}

/// As [`said`], with values in the places of `{}`, one after the other.
fn filled(texts: &'static [&'static str; 2], values: &[&str]) -> String {
    let mut parts = said(texts).split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (part, value) in parts.zip(values) {
        text.push_str(value);
        text.push_str(part.strip_prefix('}').unwrap_or(part));
    }
    text
}

/// Of the same text in each language the one that is spoken. Behind a second reference, which the
/// browser's machine returns in a tenth of the code.
fn said([english, german]: &'static [&'static str; 2]) -> &'static &'static str {
    match spoken() {
        Language::English => english,
        Language::German => german,
    }
}
