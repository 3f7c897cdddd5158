//! Rate limits, kept in the table: the same for every process and after every restart.
//!
//! A limit counts in fixed windows that begin at the same moment for everybody. Each try is
//! counted before it is made, in one conditional write, so that no number of tries at once gets
//! past; what was no failure is taken back. When the window ends, so does the lock: nobody is
//! locked out for good.

use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::SignedDuration;

use crate::AppState;
use crate::client_address::ClientAddress;
use crate::error::{Error, Result};

/// So many in a window of so long.
struct Limit {
    what: &'static str,
    most: u32,
    window: SignedDuration,
}

/// Wrong passwords for one username, whether or not there is such a user.
const LOGINS_OF_ACCOUNT: Limit =
    Limit { what: "login-account", most: 10, window: SignedDuration::from_mins(15) };

/// Wrong passwords from one address, where many people may be behind one.
const LOGINS_OF_ADDRESS: Limit =
    Limit { what: "login-address", most: 100, window: SignedDuration::from_mins(15) };

/// Accounts made from one address, and names tried that were taken.
const SIGNUPS_OF_ADDRESS: Limit =
    Limit { what: "signup-address", most: 200, window: SignedDuration::from_hours(1) };

/// How often a try waits for others that are under way, and how long each time: they may be taken
/// back.
const WAITS: (u32, Duration) = (5, Duration::from_millis(300));

/// A try that is under way. It counts as failed only when it is [said](Try::failed) to have:
/// whatever else becomes of it, it is taken back.
#[must_use]
pub struct Try {
    state: AppState,
    counters: Vec<String>,
}

/// Begins a try to log in.
///
/// # Errors
/// `TooManyTries`, with the seconds to wait.
pub async fn log_in(state: &AppState, username: &str, address: ClientAddress) -> Result<Try> {
    let username = username.trim().to_ascii_lowercase();
    begin(state, [(&LOGINS_OF_ACCOUNT, username), (&LOGINS_OF_ADDRESS, address.to_string())]).await
}

/// Begins a try to sign up.
///
/// # Errors
/// `TooManyTries`, with the seconds to wait.
pub async fn sign_up(state: &AppState, address: ClientAddress) -> Result<Try> {
    begin(state, [(&SIGNUPS_OF_ADDRESS, address.to_string())]).await
}

async fn begin<const N: usize>(state: &AppState, limits: [(&Limit, String); N]) -> Result<Try> {
    let mut begun = Try { state: state.clone(), counters: Vec::new() };
    for (limit, who) in limits {
        let now = state.clock.now().as_second();
        let ends = (now / limit.window.as_secs() + 1) * limit.window.as_secs();
        let who = BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, format!("{ends} {who}").as_bytes()));
        let counter = format!("{}#{who}", limit.what);
        if !count_up(state, &counter, limit.most, ends).await? {
            begun.take_back().await?;
            return Err(Error::TooManyTries { seconds: ends - now });
        }
        begun.counters.push(counter);
    }
    Ok(begun)
}

async fn count_up(state: &AppState, counter: &str, most: u32, ends: i64) -> Result<bool> {
    for _ in 0..WAITS.0 {
        if state.store.count_up(counter, most, ends).await? {
            return Ok(true);
        }
        tokio::time::sleep(WAITS.1).await;
    }
    state.store.count_up(counter, most, ends).await
}

impl Try {
    /// It counts.
    pub fn failed(mut self) {
        self.counters.clear();
    }

    /// It does not count.
    ///
    /// # Errors
    /// When the database doesn't answer.
    pub async fn take_back(mut self) -> Result<()> {
        for counter in std::mem::take(&mut self.counters) {
            self.state.store.count_down(&counter).await?;
        }
        Ok(())
    }
}

/// Nobody waits for the answer any more: the client has gone away.
impl Drop for Try {
    fn drop(&mut self) {
        let counters = std::mem::take(&mut self.counters);
        if counters.is_empty() {
            return;
        }
        let store = self.state.store.clone();
        tokio::spawn(async move {
            for counter in counters {
                if let Err(error) = store.count_down(&counter).await {
                    tracing::warn!(%error, "a try was not taken back");
                }
            }
        });
    }
}
