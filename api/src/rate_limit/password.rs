//! Limits on wrong passwords. Only failed attempts count: a correct password is refunded.
//!
//! A login counts for the client's address and for the account. The address is counted first, so a
//! client over its limit leaves no row per username, and a client that keeps trying a locked account
//! uses up its own limit. An unknown username is counted like any other.

use jiff::SignedDuration;

use super::{Attempt, RateLimit, refusal};
use crate::AppState;
use crate::client_address::ClientAddress;
use crate::error::Result;

/// Wrong passwords for one username, whether or not a user has it.
const LOGINS_PER_ACCOUNT: RateLimit =
    RateLimit { name: "login-account", max_attempts: 10, window: SignedDuration::from_mins(15) };

/// Wrong passwords from one address, which many users may share.
const LOGINS_PER_ADDRESS: RateLimit =
    RateLimit { name: "login-address", max_attempts: 100, window: SignedDuration::from_mins(15) };

/// An attempt to prove one's identity by a password. It is pending until it is settled.
#[must_use]
pub struct PasswordAttempt {
    of_account: Attempt,
    of_address: Attempt,
}

impl PasswordAttempt {
    /// Begins a login. A refused one costs one read and at most two conditional writes. Only if
    /// another attempt takes the account's last place between the read and the write, one more
    /// write settles what the address has counted.
    ///
    /// # Errors
    /// `TooManyTries`: after 1 second if pending attempts fill the counter, else when the window ends.
    pub async fn log_in(state: &AppState, username: &str, address: ClientAddress) -> Result<Self> {
        let account = LOGINS_PER_ACCOUNT.counter(state, &username.trim().to_ascii_lowercase());
        let address = LOGINS_PER_ADDRESS.counter(state, &address.to_string());
        let count = state.store.count(&account).await?;
        if count.is_full(&account) {
            if !count.has_pending() {
                state.store.count_up(&address, false).await?;
            }
            return Err(refusal(state, &account, count));
        }
        let of_address = Attempt::begin(state, &address, true).await?;
        let of_address = of_address.map_err(|count| refusal(state, &address, count))?;
        match Attempt::begin(state, &account, true).await? {
            Ok(of_account) => Ok(Self { of_account, of_address }),
            Err(count) => {
                of_address.settle(!count.has_pending()).await;
                Err(refusal(state, &account, count))
            }
        }
    }

    /// Records the outcome: a wrong password counts, everything else is refunded.
    pub async fn settle(self, is_wrong: bool) {
        tokio::join!(self.of_account.settle(is_wrong), self.of_address.settle(is_wrong));
    }
}
