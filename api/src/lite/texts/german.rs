//! The texts of the pages in German. They are informal: they address the user as "du".

use shared::common_texts;

use super::Texts;
use crate::lite::language::Language;

/// All texts in German.
pub(super) static GERMAN: Texts = Texts {
    language: Language::German,
    shared: common_texts::GERMAN,

    // The frame of a page.
    error_title: "Fehler: {}",
    error: "Fehler",
    welcome: "Willkommen",
    description: "Nachrichten und Wünsche lesen und schreiben, ohne JavaScript.",
    basic_version: "Das ist die einfache Version. Die ",
    full_version: "vollständige Version",
    needs_javascript: " braucht JavaScript.",

    // Rejected posts.
    not_posted: "Nicht gesendet",
    logged_out: "Du wurdest abgemeldet, deshalb wurde nichts gesendet. Kopiere deinen Text, melde dich an und sende ihn noch einmal.",
    user_changed: "In diesem Browser ist jetzt ein anderes Konto angemeldet, deshalb wurde nichts gesendet. Drücke „{}“, um es mit dem oben genannten Konto zu senden.",
    key_reused: "Eine frühere Fassung davon wurde schon gesendet. Drücke „{}“, um auch diese zu senden.",
    gone: "Das wurde schon gesendet und dann gelöscht. Drücke „{}“, um es noch einmal zu senden.",

    // Other errors.
    something_went_wrong: "Etwas ist schiefgegangen",
    invalid_request: "Diese Anfrage ist ungültig. Bitte geh zurück, lade die Seite neu und versuch es noch einmal.",
    request_timeout: "Die Anfrage ist nicht rechtzeitig angekommen. Bitte versuch es noch einmal.",

    // Numbers and times.
    thousands_separator: '.',
    time_format: "%-d. {} %Y, %H:%M UTC",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
};
