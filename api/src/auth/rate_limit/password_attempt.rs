//! An attempt to enter a password. Only wrong passwords count: an attempt with a correct one is refunded.
//!
//! A login on an unknown device counts toward the limits of the client's address and of the account. The address is
//! counted first, so a client over its limit creates no counters for further usernames, and a client that keeps trying
//! a locked account uses up its own limit. Logins with an unknown username count in the same way.
//!
//! Any client can lock an account or a shared address in this way. Therefore, the user has further attempts that count
//! toward neither limit: logins on each known device, and confirmations of a change within a live session.

use crate::AppState;
use crate::auth::client_address::ClientAddress;
use crate::auth::rate_limit::attempt::{Attempt, refusal};
use crate::auth::rate_limit::limits::{
    CONFIRMATIONS_PER_SESSION, LOGINS_PER_ACCOUNT, LOGINS_PER_ADDRESS, LOGINS_PER_DEVICE,
};
use crate::web::error::Result;

/// An attempt to enter a password. It is pending until it is settled.
#[must_use]
pub struct PasswordAttempt {
    attempt: Attempt,
    address_attempt: Option<Attempt>,
}

impl PasswordAttempt {
    /// Begins a login, on a device that is known for the user or on an unknown one.
    ///
    /// To refuse a login, this needs at most one read and two conditional writes. If a concurrent attempt fills the
    /// counter between the read and the write, it needs up to two more writes.
    ///
    /// # Errors
    /// `TooManyAttempts`: with 1 second if pending attempts fill the counter, otherwise with the seconds until the
    /// window ends.
    pub async fn begin_login(
        state: &AppState,
        username: &str,
        known_device: Option<&str>,
        address: ClientAddress,
    ) -> Result<Self> {
        if let Some(device) = known_device {
            let counter = LOGINS_PER_DEVICE.counter(state, device);
            match Attempt::begin(state, &counter, true).await? {
                Ok(attempt) => return Ok(Self { attempt, address_attempt: None }),
                Err(count) if count.has_pending() => return Err(refusal(state, &counter, count)),
                Err(_) => {} // Until the window ends, the device counts as unknown.
            }
        }
        Self::begin_login_on_unknown_device(state, username, address).await
    }

    async fn begin_login_on_unknown_device(
        state: &AppState,
        username: &str,
        address: ClientAddress,
    ) -> Result<Self> {
        let account = LOGINS_PER_ACCOUNT.counter(state, &username.trim().to_ascii_lowercase());
        let address = LOGINS_PER_ADDRESS.counter(state, &address.to_string());
        let count = state.store.read_counter(&account).await?;
        if count.is_full(&account) {
            if !count.has_pending() {
                state.store.count_attempt(&address, false).await?;
            }
            return Err(refusal(state, &account, count));
        }
        let address_attempt = Attempt::begin(state, &address, true).await?;
        let address_attempt = address_attempt.map_err(|count| refusal(state, &address, count))?;
        match Attempt::begin(state, &account, true).await? {
            Ok(attempt) => Ok(Self { attempt, address_attempt: Some(address_attempt) }),
            Err(count) => {
                address_attempt.settle(!count.has_pending()).await;
                Err(refusal(state, &account, count))
            }
        }
    }

    /// Begins to confirm a change with the user's password, within a session.
    ///
    /// # Errors
    /// As [`begin_login`](Self::begin_login).
    pub async fn begin_confirmation(state: &AppState, sid: &str) -> Result<Self> {
        let counter = CONFIRMATIONS_PER_SESSION.counter(state, sid);
        let attempt = Attempt::begin(state, &counter, true).await?;
        let attempt = attempt.map_err(|count| refusal(state, &counter, count))?;
        Ok(Self { attempt, address_attempt: None })
    }

    /// Ends the attempt. It counts if the password was wrong, and is refunded otherwise.
    pub async fn settle(self, is_password_wrong: bool) {
        let settle_address = async {
            if let Some(address_attempt) = self.address_attempt {
                address_attempt.settle(is_password_wrong).await;
            }
        };
        tokio::join!(self.attempt.settle(is_password_wrong), settle_address);
    }
}
