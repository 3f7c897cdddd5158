//! Passwords: how strong they must be, and how they are hashed and verified.
//!
//! Judging and hashing take tens of milliseconds of a core, so both run on the threads of a
//! [`Pool`], never on the async threads.

mod argon;
mod pool;
mod strength;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use shared::users::Password;
use unicode_normalization::UnicodeNormalization;

use crate::auth::password_hash::pool::Pool;
use crate::web::error::Result;

/// Hashes and verifies passwords. Cheap to clone. Its threads start with the first password.
#[derive(Clone)]
pub struct PasswordHasher {
    pool: Arc<LazyLock<Pool>>,
    hashes_run: Arc<AtomicU64>,
}

impl Default for PasswordHasher {
    fn default() -> Self {
        Self { pool: Arc::new(LazyLock::new(Pool::default)), hashes_run: Arc::default() }
    }
}

impl PasswordHasher {
    /// Returns the hash of a new password in PHC string format. `known` are words that an attacker
    /// would try first: the username and the display name. `field` is named in the error.
    ///
    /// # Errors
    /// `WeakPassword` with advice; `Busy` if no thread is free in time.
    pub async fn hash(&self, field: &'static str, password: &Password, known: [&str; 2]) -> Result<String> {
        let password = normalize(password.expose());
        let known = known.map(str::to_owned);
        let hashes_run = self.hashes_run.clone();
        let job = move |memory: &mut argon::Memory| {
            strength::require_strong(field, &password, &known)?;
            hashes_run.fetch_add(1, Ordering::Relaxed);
            memory.hash(&password)
        };
        self.pool.run(job).await?
    }

    /// Returns whether `password` is the password of a stored hash. Without a hash it does the same
    /// work and returns false, so that the time does not tell whether a user exists.
    ///
    /// # Errors
    /// `Busy` if no thread is free in time.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool> {
        let password = normalize(password);
        let stored = stored.map(str::to_owned);
        let hashes_run = self.hashes_run.clone();
        let job = move |memory: &mut argon::Memory| {
            hashes_run.fetch_add(1, Ordering::Relaxed);
            let matches = memory.verify(&password, stored.as_deref().unwrap_or(argon::DUMMY_HASH));
            matches && stored.is_some()
        };
        self.pool.run(job).await
    }

    /// How many hashes have been computed. Tests count them instead of measuring time.
    pub fn hashes_run(&self) -> u64 {
        self.hashes_run.load(Ordering::Relaxed)
    }
}

/// Normalizes a password to NFKC, as NIST SP 800-63B-4, section 3.1.1.2, advises: keyboards encode
/// the same character differently.
fn normalize(password: &str) -> String {
    password.nfkc().collect()
}
