//! The texts of notices.

use crate::i18n::translate::{translate, translate_with};
use crate::i18n::{errors, labels};
use crate::notices::Notice;

/// The text of a notice.
pub fn notice(notice: &Notice) -> String {
    let texts = match notice {
        Notice::SessionExpired => errors::SESSION_ENDED,
        Notice::UserChanged(user) => {
            let texts = &[
                "You're now logged in as \u{2068}{}\u{2069}.",
                "Du bist jetzt als \u{2068}{}\u{2069} angemeldet.",
            ];
            return translate_with(texts, &[&user.name]);
        }
        Notice::LogoutPending => &[
            "You're logged out here, but the server can't be reached. Keep this browser open: it will try again.",
            "Du bist hier abgemeldet, aber der Server ist nicht erreichbar. Lass den Browser offen: Er versucht es weiter.",
        ],
        Notice::PostNotSent => &[
            "Your text couldn't be sent. It's saved as a draft.",
            "Dein Text konnte nicht gesendet werden. Er ist als Entwurf gespeichert.",
        ],
        Notice::NotPersisted => &[
            "This browser can't store anything. When you close this page, you'll be logged out and lose your drafts.",
            "Dieser Browser kann nichts speichern. Wenn du diese Seite schließt, wirst du abgemeldet und verlierst deine Entwürfe.",
        ],
        Notice::ChunkNotLoaded => return labels::chunk_not_loaded().to_owned(),
        Notice::LinkCopied => &["Link copied.", "Link kopiert."],
        Notice::AccountDeleted => &["Your account was deleted.", "Dein Konto wurde gelöscht."],
    };
    (*translate(texts)).to_owned()
}
