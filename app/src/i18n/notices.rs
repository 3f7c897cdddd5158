//! The texts of notices.

use crate::i18n::translate::{translate, translate_with};
use crate::notices::Notice;

/// The text of a notice.
pub fn notice(notice: &Notice) -> String {
    let texts = match notice {
        Notice::SessionExpired => &[
            "Your login has ended. Please log in again.",
            "Deine Anmeldung ist abgelaufen. Bitte melde dich noch einmal an.",
        ],
        Notice::UserChanged(user) => {
            let texts = &[
                "You are now logged in as \u{2068}{}\u{2069}.",
                "Du bist jetzt angemeldet als \u{2068}{}\u{2069}.",
            ];
            return translate_with(texts, &[&user.name]);
        }
        Notice::LogoutPending => &[
            "You are logged out here. Wishboard could not be told yet, and will be as soon as it \
             can be reached: please leave this browser open until then.",
            "Du bist hier abgemeldet. Wishboard weiß noch nichts davon und erfährt es, sobald es \
             erreichbar ist: Bitte lass den Browser bis dahin offen.",
        ],
        Notice::PostNotSent => &[
            "What you wrote could not be sent. It is kept where you wrote it.",
            "Was du geschrieben hast, konnte nicht gesendet werden. Es steht noch da, wo du es geschrieben hast.",
        ],
        Notice::NotPersisted => &[
            "This browser keeps nothing: your login and what you write last until you close this page.",
            "Dieser Browser hebt nichts auf: Deine Anmeldung und was du schreibst bleiben, bis du diese Seite schließt.",
        ],
        Notice::LinkCopied => &["The link is copied.", "Der Link ist kopiert."],
        Notice::AccountDeleted => &["Your account was deleted.", "Dein Konto ist gelöscht."],
    };
    (*translate(texts)).to_owned()
}
