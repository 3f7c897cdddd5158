//! What is wrong, and what to do about it. The API's problems are worded here by their kind, so that
//! they speak the language of the page.

use leptos::prelude::window;
use shared::problem::{Kind, Problem};
use shared::rule::Invalid;

use crate::api::Failure;
use crate::text::number::number;
use crate::text::{filled, said};

/// A rule that a field breaks.
pub fn invalid(rule: Invalid) -> String {
    let texts = match rule {
        Invalid::Empty => &["Please fill this in.", "Bitte füll das aus."],
        Invalid::TooShort(least) => {
            let texts = &["Please use at least {} characters.", "Bitte nimm mindestens {} Zeichen."];
            return filled(texts, &[&number(least)]);
        }
        Invalid::TooLong(most) => {
            let texts = &["Please use at most {} characters.", "Bitte nimm höchstens {} Zeichen."];
            return filled(texts, &[&number(most)]);
        }
        Invalid::ControlCharacter => &[
            "There is an invisible control character in here.",
            "Hier steckt ein unsichtbares Steuerzeichen drin.",
        ],
        Invalid::NotAUsername => &[
            "Please use only letters a to z, digits, _ and -.",
            "Bitte nimm nur Buchstaben a bis z, Ziffern, _ und -.",
        ],
        Invalid::NotALink => &[
            "Please use a link that begins with http:// or https://.",
            "Bitte nimm einen Link, der mit http:// oder https:// anfängt.",
        ],
        Invalid::Reserved => {
            &["A username can't begin with u- here.", "Ein Benutzername kann hier nicht mit u- anfangen."]
        }
    };
    (*said(texts)).to_owned()
}

/// Why something did not work, and what to do about it.
pub fn failure(failure: &Failure) -> String {
    let texts = match failure {
        Failure::Problem(problem) => return self::problem(problem),
        Failure::Offline if !window().navigator().on_line() => &[
            "You are offline. Nothing is lost: it can be sent once you are back.",
            "Du bist offline. Nichts ist verloren: Es kann gesendet werden, sobald du wieder da bist.",
        ],
        Failure::Offline => &[
            "Wishboard can't be reached. Are you online?",
            "Wishboard ist nicht zu erreichen. Bist du online?",
        ],
        Failure::Timeout => &[
            "The answer takes too long. Please try again.",
            "Die Antwort braucht zu lange. Bitte versuch es noch einmal.",
        ],
        Failure::TooOften(_) => {
            &["Too many attempts. Please wait a little.", "Zu viele Versuche. Bitte warte ein wenig."]
        }
        Failure::Ended => &[
            "Your login has ended. Please log in again.",
            "Deine Anmeldung ist abgelaufen. Bitte melde dich noch einmal an.",
        ],
        Failure::Deleted => &[
            "This was deleted elsewhere meanwhile. You can send your text as something new.",
            "Das wurde inzwischen woanders gelöscht. Du kannst deinen Text neu absenden.",
        ],
        Failure::SomebodyElse => &[
            "Somebody else is logged in in this browser now. Nothing was sent for them.",
            "In diesem Browser ist jetzt jemand anderes angemeldet. In dessen Namen wurde nichts gesendet.",
        ],
        Failure::Other(401) => LOG_IN,
        Failure::Other(403) => &["This is not allowed.", "Das ist nicht erlaubt."],
        Failure::Other(404) => GONE,
        Failure::Other(413) => TOO_LARGE,
        Failure::Other(_) => INTERNAL,
    };
    (*said(texts)).to_owned()
}

const LOG_IN: &[&str; 2] = &["Please log in first.", "Bitte melde dich zuerst an."];
const GONE: &[&str; 2] = &["This is not there any more.", "Das ist nicht mehr da."];
const TOO_LARGE: &[&str; 2] = &["This is too long.", "Das ist zu lang."];
const INTERNAL: &[&str; 2] = &[
    "Something went wrong at our end. Please try again.",
    "Bei uns ist etwas schiefgegangen. Bitte versuch es noch einmal.",
];

fn problem(problem: &Problem) -> String {
    let texts = match problem.kind {
        Kind::NotLoggedIn => LOG_IN,
        Kind::WrongLogin => &["Username or password is wrong.", "Benutzername oder Passwort ist falsch."],
        Kind::UsernameTaken => &[
            "This username is taken. Please choose another.",
            "Dieser Benutzername ist vergeben. Bitte such dir einen anderen aus.",
        ],
        Kind::WeakPassword => &[
            "This password is too easy to guess. A few unusual words make a good one.",
            "Dieses Passwort ist zu leicht zu erraten. Ein paar ungewöhnliche Wörter sind ein gutes.",
        ],
        Kind::WrongPassword => &["This is not your password.", "Das ist nicht dein Passwort."],
        Kind::NoPassword => &[
            "This account has no password and no logins here: its login is somewhere else.",
            "Dieses Konto hat hier kein Passwort und keine Anmeldungen: Es wird woanders angemeldet.",
        ],
        Kind::NotFound => GONE,
        Kind::NotYours => &["This is somebody else's.", "Das gehört jemand anderem."],
        Kind::KeyReused => &[
            "This was sent already, and reads differently now. Edit it there, or change this text to send it as a new one.",
            "Das ist schon gesendet und lautet jetzt anders. Bearbeite es dort, oder ändere diesen Text, um ihn neu zu senden.",
        ],
        Kind::Gone => &[
            "This was sent already, and deleted since. Change this text to send it as a new one.",
            "Das war schon gesendet und ist seitdem gelöscht. Ändere diesen Text, um ihn neu zu senden.",
        ],
        Kind::ChangedMeanwhile => &[
            "This was changed elsewhere meanwhile, so nothing is saved yet. Have a look, then try again.",
            "Das wurde inzwischen woanders geändert, also ist noch nichts gespeichert. Sieh es dir an und versuch es dann noch einmal.",
        ],
        Kind::TooLarge => TOO_LARGE,
        Kind::CrossSite => &[
            "The browser says that another site sent this. Please reload the page.",
            "Der Browser sagt, eine andere Seite habe das gesendet. Bitte lade die Seite neu.",
        ],
        Kind::Internal => INTERNAL,
        Kind::Unavailable => &[
            "There is too much going on right now. Please try again in a moment.",
            "Gerade ist zu viel los. Bitte versuch es gleich noch einmal.",
        ],
        // What no page of ours provokes, in the API's own words.
        _ => return problem.detail.clone(),
    };
    (*said(texts)).to_owned()
}
