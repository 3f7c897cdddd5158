//! Limits on wrong passwords. Only failed attempts count: a correct password is refunded.
//!
//! A login in an unknown device counts for the client's address and for the account. The address is
//! counted first, so a client over its limit leaves no row per username, and a client that keeps trying
//! a locked account uses up its own limit. An unknown username is counted like any other.
//!
//! Anyone can lock an account or a shared address in this way, so its user has other attempts that
//! count for neither: those in each known device, and those within a live session.

use jiff::SignedDuration;

use crate::AppState;
use crate::auth::client_address::ClientAddress;
use crate::auth::rate_limit::{Attempt, RateLimit, refusal};
use crate::web::error::Result;

/// Wrong passwords for one username, whether or not a user has it.
const LOGINS_PER_ACCOUNT: RateLimit =
    RateLimit { name: "login-account", max_attempts: 10, window: SignedDuration::from_mins(15) };

/// Wrong passwords from one address, which many users may share.
const LOGINS_PER_ADDRESS: RateLimit =
    RateLimit { name: "login-address", max_attempts: 100, window: SignedDuration::from_mins(15) };

/// Wrong passwords for one user in one known device. After these the device counts as unknown.
const LOGINS_PER_DEVICE: RateLimit =
    RateLimit { name: "login-device", max_attempts: 10, window: SignedDuration::from_mins(15) };

/// Wrong passwords of a user who is logged in already, in one session.
const CONFIRMATIONS_PER_SESSION: RateLimit =
    RateLimit { name: "password-session", max_attempts: 10, window: SignedDuration::from_mins(15) };

/// A password that is being checked. The attempt is pending until it is settled.
#[must_use]
pub struct PasswordAttempt {
    attempt: Attempt,
    of_address: Option<Attempt>,
}

impl PasswordAttempt {
    /// Begins a login, in a device that is known for the user or in an unknown one.
    ///
    /// A refused login costs one read and at most two conditional writes. Only if another attempt
    /// takes the last place between read and write, one more write settles what the address has counted.
    ///
    /// # Errors
    /// `TooManyTries`: after 1 second if pending attempts fill the counter, else when the window ends.
    pub async fn log_in(
        state: &AppState,
        username: &str,
        known_device: Option<&str>,
        address: ClientAddress,
    ) -> Result<Self> {
        if let Some(device) = known_device {
            let counter = LOGINS_PER_DEVICE.counter(state, device);
            match Attempt::begin(state, &counter, true).await? {
                Ok(attempt) => return Ok(Self { attempt, of_address: None }),
                Err(count) if count.has_pending() => return Err(refusal(state, &counter, count)),
                Err(_) => {} // From now on it counts as unknown.
            }
        }
        Self::log_in_unknown(state, username, address).await
    }

    async fn log_in_unknown(state: &AppState, username: &str, address: ClientAddress) -> Result<Self> {
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
            Ok(attempt) => Ok(Self { attempt, of_address: Some(of_address) }),
            Err(count) => {
                of_address.settle(!count.has_pending()).await;
                Err(refusal(state, &account, count))
            }
        }
    }

    /// Begins to confirm a request within a session by the password of its user.
    ///
    /// # Errors
    /// As [`log_in`](Self::log_in).
    pub async fn confirm(state: &AppState, sid: &str) -> Result<Self> {
        let counter = CONFIRMATIONS_PER_SESSION.counter(state, sid);
        let attempt = Attempt::begin(state, &counter, true).await?;
        let attempt = attempt.map_err(|count| refusal(state, &counter, count))?;
        Ok(Self { attempt, of_address: None })
    }

    /// Records the outcome: a wrong password counts, everything else is refunded.
    pub async fn settle(self, is_wrong: bool) {
        let settle_address = async {
            if let Some(of_address) = self.of_address {
                of_address.settle(is_wrong).await;
            }
        };
        tokio::join!(self.attempt.settle(is_wrong), settle_address);
    }
}
