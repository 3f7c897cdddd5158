//! The texts of errors: what is wrong, and what to do next. The type of a problem of the API decides which text the app
//! shows, because the sentence in the problem is always English.

use leptos::prelude::window;
use shared::english_texts as texts;
use shared::problem::{Problem, ProblemType};
use shared::validation::ValidationError;

use crate::api::Error;
use crate::i18n::number::number;
use crate::i18n::translate::{Texts, translate, translate_with};

/// Returns the text for a rejected field.
pub fn validation_error(error: ValidationError) -> String {
    let sentences = match error {
        ValidationError::Empty => &[texts::EMPTY, "Das darf nicht leer sein."],
        ValidationError::TooShort(min) => {
            let sentences = &[texts::TOO_SHORT, "Verwende mindestens {} Zeichen."];
            return translate_with(sentences, &[&number(min)]);
        }
        ValidationError::TooLong(max) => {
            let sentences = &[texts::TOO_LONG, "Verwende höchstens {} Zeichen."];
            return translate_with(sentences, &[&number(max)]);
        }
        ValidationError::NoVisibleCharacter => {
            &[texts::NO_VISIBLE_CHARACTER, "Verwende mindestens ein sichtbares Zeichen."]
        }
        ValidationError::ControlCharacter => {
            &[texts::CONTROL_CHARACTER, "Das enthält ein unsichtbares Steuerzeichen."]
        }
        ValidationError::DirectionControl => &[
            texts::DIRECTION_CONTROL,
            "Das enthält ein unsichtbares Zeichen, das die Schreibrichtung ändert.",
        ],
        ValidationError::StartsWithMark => {
            &[texts::STARTS_WITH_MARK, "Beginne mit einem Buchstaben, einer Ziffer oder einem Symbol."]
        }
        ValidationError::NotAUsername => &[texts::NOT_A_USERNAME, "Verwende nur a–z, 0–9, _ und -."],
        ValidationError::NotALink => {
            &[texts::NOT_A_LINK, "Verwende einen Link, der mit http:// oder https:// beginnt."]
        }
        ValidationError::Reserved => &[texts::RESERVED, "Ein Benutzername kann nicht mit u- beginnen."],
    };
    (*translate(sentences)).to_owned()
}

/// Returns the text for a failed request: why it failed, and what to do next.
pub fn api_error(error: &Error) -> String {
    let sentences = match error {
        Error::Problem(problem) => return self::problem(problem),
        Error::Offline if !window().navigator().on_line() => &[
            "You're offline. Nothing is lost: try again when you're back online.",
            "Du bist offline. Nichts geht verloren: Versuch es wieder, wenn du online bist.",
        ],
        Error::Offline => &[
            "Wishboard can't be reached. Check your connection.",
            "Wishboard ist nicht erreichbar. Prüfe deine Verbindung.",
        ],
        Error::Timeout => &[
            "The server took too long to answer. Please try again.",
            "Der Server hat zu lange nicht geantwortet. Bitte versuch es noch einmal.",
        ],
        Error::RateLimited(_) => {
            &["Too many attempts. Please wait a moment.", "Zu viele Versuche. Bitte warte einen Moment."]
        }
        Error::SessionExpired => SESSION_ENDED,
        Error::PostDeleted => &[
            "This was deleted somewhere else. Send it again to post it as new.",
            "Das wurde woanders gelöscht. Sende es noch einmal, um es neu anzulegen.",
        ],
        Error::UserChanged => &[
            "Another account is now logged in in this browser. Nothing was sent.",
            "In diesem Browser ist jetzt ein anderes Konto angemeldet. Es wurde nichts gesendet.",
        ],
        Error::Unexpected(401) => NOT_LOGGED_IN,
        Error::Unexpected(403) => &["You're not allowed to do this.", "Das darfst du nicht."],
        Error::Unexpected(404) => NOT_FOUND,
        Error::Unexpected(413) => TOO_LARGE,
        Error::Unexpected(_) => INTERNAL,
    };
    (*translate(sentences)).to_owned()
}

/// Shown when the session has ended, as an error or as a notice.
pub(super) const SESSION_ENDED: Texts =
    &[texts::SESSION_ENDED, "Du wurdest abgemeldet. Bitte melde dich wieder an."];
const NOT_LOGGED_IN: Texts = &[texts::NOT_LOGGED_IN, "Bitte melde dich zuerst an."];
const NOT_FOUND: Texts = &[texts::NOT_FOUND, "Das gibt es nicht, oder es wurde gelöscht."];
const TOO_LARGE: Texts = &["This is too long.", "Das ist zu lang."];
const INTERNAL: Texts = &[texts::INTERNAL, "Bei uns ist etwas schiefgegangen. Bitte versuch es noch einmal."];

fn problem(problem: &Problem) -> String {
    let sentences = match problem.kind {
        ProblemType::NotLoggedIn => NOT_LOGGED_IN,
        ProblemType::WrongLogin => &[texts::WRONG_LOGIN, "Benutzername oder Passwort ist falsch."],
        ProblemType::UsernameTaken => {
            &[texts::USERNAME_TAKEN, "Dieser Benutzername ist vergeben. Bitte wähle einen anderen."]
        }
        ProblemType::WeakPassword => &[
            texts::WEAK_PASSWORD,
            "Dieses Passwort ist zu leicht zu erraten. Gut sind ein paar ungewöhnliche Wörter.",
        ],
        ProblemType::WrongPassword => &[texts::WRONG_PASSWORD, "Das Passwort ist falsch."],
        ProblemType::NoPassword => &[
            texts::NO_PASSWORD,
            "Bei diesem Konto meldest du dich über einen anderen Dienst an. Du kannst das nur dort ändern.",
        ],
        ProblemType::NotFound => NOT_FOUND,
        ProblemType::NotYours => &[texts::NOT_YOURS, "Du kannst nur deine eigenen Beiträge ändern."],
        ProblemType::KeyReused => &[
            "An earlier version of this was already sent. Edit that one, or change this text to send it as new.",
            "Eine frühere Fassung davon wurde schon gesendet. Bearbeite sie, oder ändere diesen Text, um ihn neu zu senden.",
        ],
        ProblemType::Gone => &[
            "This was already sent and then deleted. Change the text to send it again.",
            "Das wurde schon gesendet und dann gelöscht. Ändere den Text, um ihn noch einmal zu senden.",
        ],
        ProblemType::EditConflict => &[
            texts::EDIT_CONFLICT,
            "Das wurde woanders bearbeitet. Speichere noch einmal, um diese Fassung zu ersetzen.",
        ],
        ProblemType::TooLarge => TOO_LARGE,
        ProblemType::CrossSite => {
            &[texts::CROSS_SITE, "Diese Anfrage kam von einer anderen Website. Bitte lade die Seite neu."]
        }
        ProblemType::Internal => INTERNAL,
        ProblemType::Unavailable => {
            &[texts::BUSY, "Wishboard ist gerade überlastet. Bitte versuch es gleich noch einmal."]
        }
        // No page of the app causes a problem of another type, so the English sentence of the API is enough.
        _ => return problem.detail.clone(),
    };
    (*translate(sentences)).to_owned()
}
