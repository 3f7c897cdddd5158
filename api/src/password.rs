//! Passwords: how strong they must be, and how they are hashed and checked.
//!
//! After OWASP's Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. A hash
//! takes tens of milliseconds of a core, so it never runs on the async threads, and only as many
//! run at once as there are cores.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use argon2::password_hash::{PasswordHash, SaltString};
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use shared::account::Password;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;
use zxcvbn::Score;

use crate::error::{Error, Result};

/// How many characters of a password its strength is judged by.
const JUDGED: usize = 40;

/// How long a request waits for its turn to hash.
const PATIENCE: Duration = Duration::from_secs(5);

/// Hashes and checks passwords, so many at once. Cheap to clone.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    hashes_run: Arc<AtomicU64>,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { turns: Arc::new(Semaphore::new(cores)), hashes_run: Arc::default() }
    }
}

impl Passwords {
    /// The hash of a new password, in PHC format, if it is hard enough to guess for somebody who
    /// knows these words (the username and the name). The field is the one to blame if it is not.
    ///
    /// # Errors
    /// `WeakPassword`, with what to do; `Busy` when too many wait.
    pub async fn hash(&self, field: &'static str, password: &Password, known: [&str; 2]) -> Result<String> {
        let password = normal(password.expose());
        let known = known.map(str::to_owned);
        let hashes_run = self.hashes_run.clone();
        self.in_turn(move || {
            demand_strong(field, &password, &known)?;
            let mut salt = [0; 16];
            aws_lc_rs::rand::fill(&mut salt).map_err(|error| Error::Internal(error.into()))?;
            hashes_run.fetch_add(1, Ordering::Relaxed);
            hash(&password, &salt)
        })
        .await?
    }

    /// Whether this is the password of that hash. Without a hash it is not, after as much work.
    ///
    /// # Errors
    /// `Busy` when too many wait.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool> {
        let password = normal(password);
        let stored = stored.map(str::to_owned);
        let hashes_run = self.hashes_run.clone();
        self.in_turn(move || {
            hashes_run.fetch_add(1, Ordering::Relaxed);
            let right = is_password(&password, stored.as_deref().unwrap_or(NOBODYS));
            right && stored.is_some()
        })
        .await
    }

    /// How many hashes have been computed. Tests count by it what cannot be measured reliably by time.
    pub fn hashes_run(&self) -> u64 {
        self.hashes_run.load(Ordering::Relaxed)
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let turn = tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned()).await;
        let turn = turn.map_err(|_| Error::Busy)?.map_err(|error| Error::Internal(error.into()))?;
        let work = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        work.await.map_err(|panicked| Error::Internal(panicked.into()))
    }
}

/// What is compared where there is no such user: the hash of nobody's password, at the same cost.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$+DMg0Hsxx2CZGOKL/waFFg82zXwGXdCIU5N1SN6XKPQ";

/// However it was typed: NIST SP 800-63B-4, section 3.1.1.2, asks for NFKC or NFKD.
fn normal(password: &str) -> String {
    password.nfkc().collect()
}

fn demand_strong(field: &'static str, password: &str, known: &[String; 2]) -> Result<()> {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    // Longer ones take long to judge, and are no weaker than their beginning.
    let beginning: String = password.chars().take(JUDGED).collect();
    let estimate = zxcvbn::zxcvbn(&beginning, &known);
    if estimate.score() >= Score::Three {
        return Ok(());
    }
    let advice =
        estimate.feedback().and_then(|feedback| feedback.suggestions().first().map(ToString::to_string));
    let advice = advice.unwrap_or_else(|| "Add another word or two.".to_owned());
    Err(Error::WeakPassword { field, advice })
}

/// `Argon2::default()` has OWASP's parameters: argon2id, 19 MiB, t=2, p=1.
fn hash(password: &str, salt: &[u8; 16]) -> Result<String> {
    let internal = |error: argon2::password_hash::Error| Error::Internal(error.to_string().into());
    let salt = SaltString::encode_b64(salt).map_err(internal)?;
    Argon2::default().hash_password(password.as_bytes(), &salt).map(|hash| hash.to_string()).map_err(internal)
}

fn is_password(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobodys_hash_costs_what_everybodys_costs() {
        let cost = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(cost(NOBODYS), cost(&hash("", &[0; 16]).unwrap()));
    }
}
