//! Forged tokens at every entry point: each must be refused, and no handler may run.

mod algorithms;
mod claims;
mod encoding;
pub mod forger;
mod headers;
mod keys;
mod revoked;
mod rfc7515;
mod transport;
mod wycheproof;

use self::forger::Forger;
use crate::support::entry_point::{EntryPoint, Outcome};

/// A description for failure messages, and the `Authorization` headers of a request.
type Attack = (String, Vec<String>);

/// Returns an attack that sends one forged token.
fn bearer(description: impl Into<String>, token: &str) -> Attack {
    (description.into(), vec![format!("Bearer {token}")])
}

/// Sends all attacks to all entry points. Checks that each is refused with 401, or with 400 or 431 if the request
/// cannot be read, and that a valid token is accepted before and after.
async fn assert_all_are_refused(attacks: impl AsyncFn(&Forger) -> Vec<Attack>) {
    for entry_point in EntryPoint::start_all().await {
        let name = entry_point.name();
        let forger = Forger::start(&entry_point, "ann").await;
        let valid = forger.sign(&forger.header, &forger.claims);
        assert_eq!(entry_point.post_message(&valid).await, Outcome::Allowed, "{name}: a valid token");
        let messages = entry_point.message_count().await;
        for (description, authorization) in attacks(&forger).await {
            if entry_point.can_transport(&authorization) {
                let outcome = entry_point.post_message_with("/api/messages", &authorization).await;
                assert!(is_refused(&outcome), "{name}: {description}: {outcome:?}");
            }
        }
        assert_eq!(entry_point.message_count().await, messages, "{name}: a handler has run");
        assert_eq!(entry_point.post_message(&valid).await, Outcome::Allowed, "{name}: a valid token");
    }
}

fn is_refused(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Refused(400 | 401 | 431))
}
