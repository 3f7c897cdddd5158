//! Checks the strength of passwords, and hashes and verifies them.
//!
//! Both the check and the hash take tens of milliseconds of one core, so they run on the threads of a [`Pool`] and
//! never block the async threads.

mod argon;
mod password_strength;
mod pool;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use shared::users::Password;
use unicode_normalization::UnicodeNormalization;

use crate::auth::password_hash::pool::Pool;
use crate::web::error::Result;

/// Hashes and verifies passwords. Cheap to clone. The first password starts the threads.
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
    /// Checks the strength of a new password and returns its hash in PHC string format. `known_words` are the words
    /// that an attacker would try first: the username and the display name. `field` is the name of the field that an
    /// error reports.
    ///
    /// # Errors
    /// `WeakPassword` with advice; `Busy` if no thread becomes free in time.
    pub async fn hash(
        &self,
        field: &'static str,
        password: &Password,
        known_words: [&str; 2],
    ) -> Result<String> {
        let password = normalize(password.expose());
        let known_words = known_words.map(str::to_owned);
        let hashes_run = self.hashes_run.clone();
        let job = move |memory: &mut argon::Memory| {
            password_strength::require_strong(field, &password, &known_words)?;
            hashes_run.fetch_add(1, Ordering::Relaxed);
            memory.hash(&password)
        };
        self.pool.run(job).await?
    }

    /// Returns whether `password` matches a stored hash. If there is no hash, does the same work and returns false, so
    /// that the duration does not reveal whether a user exists.
    ///
    /// # Errors
    /// `Busy` if no thread becomes free in time.
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

    /// Returns how many hashes have been computed. Tests use this count instead of measuring time.
    pub fn hashes_run(&self) -> u64 {
        self.hashes_run.load(Ordering::Relaxed)
    }
}

/// Returns whether two passwords are the same, apart from their encoding.
pub fn is_same(password: &str, other: &str) -> bool {
    password.nfkc().eq(other.nfkc())
}

/// Normalizes a password to NFKC (NIST SP 800-63B-4, section 3.1.1.2), because keyboards encode the same character in
/// different ways.
fn normalize(password: &str) -> String {
    password.nfkc().collect()
}
