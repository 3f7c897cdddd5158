//! The texts of notices.

use crate::i18n::pattern::fill;
use crate::i18n::texts;
use crate::notices::Notice;

/// The text of a notice.
pub fn notice(notice: &Notice) -> String {
    let all = texts();
    let texts = &all.notices;
    let text = match notice {
        Notice::SessionExpired => all.errors.session_expired,
        Notice::UserChanged(user) => return fill(texts.user_changed, &[&user.name]),
        Notice::LogoutPending => texts.logout_pending,
        Notice::PostNotSent => texts.post_not_sent,
        Notice::NotPersisted => texts.not_persisted,
        Notice::LinkCopied => texts.link_copied,
        Notice::AccountDeleted => texts.account_deleted,
    };
    text.to_owned()
}
