//! The texts of errors: what is wrong, and what to do next. A problem of the API gets its text from its type,
//! not from the API's own English sentence.

use leptos::prelude::window;
use shared::problem::{Problem, ProblemType};
use shared::validation::ValidationError;

use crate::api::Error;
use crate::i18n::number::number;
use crate::i18n::translate::{Texts, translate, translate_with};

/// Why a field was rejected.
pub fn validation_error(error: ValidationError) -> String {
    let texts = match error {
        ValidationError::Empty => &["Please fill this in.", "Bitte füll das aus."],
        ValidationError::TooShort(min) => {
            let texts = &["Please use at least {} characters.", "Bitte nimm mindestens {} Zeichen."];
            return translate_with(texts, &[&number(min)]);
        }
        ValidationError::TooLong(max) => {
            let texts = &["Please use at most {} characters.", "Bitte nimm höchstens {} Zeichen."];
            return translate_with(texts, &[&number(max)]);
        }
        ValidationError::NoVisibleCharacter => {
            &["Please use at least one visible character.", "Bitte nimm mindestens ein sichtbares Zeichen."]
        }
        ValidationError::StartsWithMark => &[
            "Please begin with a letter, a digit or a symbol.",
            "Bitte beginne mit einem Buchstaben, einer Ziffer oder einem Symbol.",
        ],
        ValidationError::ControlCharacter | ValidationError::DirectionControl => &[
            "There is an invisible control character in here.",
            "Hier steckt ein unsichtbares Steuerzeichen drin.",
        ],
        ValidationError::NotAUsername => &[
            "Please use only letters a to z, digits, _ and -.",
            "Bitte nimm nur Buchstaben a bis z, Ziffern, _ und -.",
        ],
        ValidationError::NotALink => &[
            "Please use a link that begins with http:// or https://.",
            "Bitte nimm einen Link, der mit http:// oder https:// anfängt.",
        ],
        ValidationError::Reserved => {
            &["A username can't begin with u- here.", "Ein Benutzername kann hier nicht mit u- anfangen."]
        }
    };
    (*translate(texts)).to_owned()
}

/// Why a request failed, and what to do next.
pub fn api_error(error: &Error) -> String {
    let texts = match error {
        Error::Problem(problem) => return self::problem(problem),
        Error::Offline if !window().navigator().on_line() => &[
            "You are offline. Nothing is lost: it can be sent once you are back.",
            "Du bist offline. Nichts ist verloren: Es kann gesendet werden, sobald du wieder da bist.",
        ],
        Error::Offline => &[
            "Wishboard can't be reached. Are you online?",
            "Wishboard ist nicht zu erreichen. Bist du online?",
        ],
        Error::Timeout => &[
            "The answer takes too long. Please try again.",
            "Die Antwort braucht zu lange. Bitte versuch es noch einmal.",
        ],
        Error::RateLimited(_) => {
            &["Too many attempts. Please wait a little.", "Zu viele Versuche. Bitte warte ein wenig."]
        }
        Error::SessionExpired => &[
            "Your login has ended. Please log in again.",
            "Deine Anmeldung ist abgelaufen. Bitte melde dich noch einmal an.",
        ],
        Error::PostDeleted => &[
            "This was deleted elsewhere meanwhile. You can send your text as something new.",
            "Das wurde inzwischen woanders gelöscht. Du kannst deinen Text neu absenden.",
        ],
        Error::UserChanged => &[
            "Somebody else is logged in in this browser now. Nothing was sent for them.",
            "In diesem Browser ist jetzt jemand anderes angemeldet. In dessen Namen wurde nichts gesendet.",
        ],
        Error::Unexpected(401) => LOG_IN,
        Error::Unexpected(403) => &["This is not allowed.", "Das ist nicht erlaubt."],
        Error::Unexpected(404) => DELETED,
        Error::Unexpected(413) => TOO_LARGE,
        Error::Unexpected(_) => INTERNAL,
    };
    (*translate(texts)).to_owned()
}

const LOG_IN: Texts = &["Please log in first.", "Bitte melde dich zuerst an."];
const DELETED: Texts = &["This is not there any more.", "Das ist nicht mehr da."];
const TOO_LARGE: Texts = &["This is too long.", "Das ist zu lang."];
const INTERNAL: Texts = &[
    "Something went wrong at our end. Please try again.",
    "Bei uns ist etwas schiefgegangen. Bitte versuch es noch einmal.",
];

fn problem(problem: &Problem) -> String {
    let texts = match problem.kind {
        ProblemType::NotLoggedIn => LOG_IN,
        ProblemType::WrongLogin => {
            &["Username or password is wrong.", "Benutzername oder Passwort ist falsch."]
        }
        ProblemType::UsernameTaken => &[
            "This username is taken. Please choose another.",
            "Dieser Benutzername ist vergeben. Bitte such dir einen anderen aus.",
        ],
        ProblemType::WeakPassword => &[
            "This password is too easy to guess. A few unusual words make a good one.",
            "Dieses Passwort ist zu leicht zu erraten. Ein paar ungewöhnliche Wörter sind ein gutes.",
        ],
        ProblemType::WrongPassword => &["This is not your password.", "Das ist nicht dein Passwort."],
        ProblemType::NoPassword => &[
            "This account has no password and no logins here: its login is somewhere else.",
            "Dieses Konto hat hier kein Passwort und keine Anmeldungen: Es wird woanders angemeldet.",
        ],
        ProblemType::NotFound => DELETED,
        ProblemType::NotYours => &["This is somebody else's.", "Das gehört jemand anderem."],
        ProblemType::KeyReused => &[
            "This was sent already, and reads differently now. Edit it there, or change this text to send it as a new one.",
            "Das ist schon gesendet und lautet jetzt anders. Bearbeite es dort, oder ändere diesen Text, um ihn neu zu senden.",
        ],
        ProblemType::Gone => &[
            "This was sent already, and deleted since. Change this text to send it as a new one.",
            "Das war schon gesendet und ist seitdem gelöscht. Ändere diesen Text, um ihn neu zu senden.",
        ],
        ProblemType::ChangedMeanwhile => &[
            "This was changed elsewhere meanwhile, so nothing is saved yet. Have a look, then try again.",
            "Das wurde inzwischen woanders geändert, also ist noch nichts gespeichert. Sieh es dir an und versuch es dann noch einmal.",
        ],
        ProblemType::TooLarge => TOO_LARGE,
        ProblemType::CrossSite => &[
            "The browser says that another site sent this. Please reload the page.",
            "Der Browser sagt, eine andere Seite habe das gesendet. Bitte lade die Seite neu.",
        ],
        ProblemType::Internal => INTERNAL,
        ProblemType::Unavailable => &[
            "There is too much going on right now. Please try again in a moment.",
            "Gerade ist zu viel los. Bitte versuch es gleich noch einmal.",
        ],
        // No page of the app causes any other type, so the API's English sentence is enough.
        _ => return problem.detail.clone(),
    };
    (*translate(texts)).to_owned()
}
