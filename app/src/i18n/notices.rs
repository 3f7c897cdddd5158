//! The texts of notices.

use crate::i18n::pattern::fill;
use crate::i18n::texts;
use crate::notices::Notice;

/// The text of a notice.
pub fn notice(notice: &Notice) -> String {
    let notices = &texts().notices;
    let text = match notice {
        Notice::SessionExpired => texts().shared.session_ended,
        Notice::UserChanged(user) => return fill(notices.user_changed, &[&user.name]),
        Notice::LogoutPending => notices.logout_pending,
        Notice::PostNotSent => notices.post_not_sent,
        Notice::NotPersisted => notices.not_persisted,
        Notice::NotSecure => notices.not_secure,
        Notice::ChunkNotLoaded => texts().chunk_not_loaded,
        Notice::Done(text) => text,
        Notice::AccountDeleted => notices.account_deleted,
    };
    text.to_owned()
}
