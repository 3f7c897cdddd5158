//! Password strength: rejects passwords that are easy to guess, by the estimate of zxcvbn.

use std::panic::catch_unwind;

use zxcvbn::Score;

use crate::web::error::{Error, Result};

/// Maximum number of characters that zxcvbn estimates. A password is at least as strong as its first characters.
///
/// zxcvbn 3.1.1 computes 5^n in 64 bits for a keyboard pattern with n turns, which overflows for n = 28 and above. A
/// pattern of 28 characters has at most 27 turns.
const MAX_ESTIMATED_LEN: usize = 28;

/// Rejects a password that is easy to guess for an attacker who knows these words.
///
/// # Errors
/// `WeakPassword` for `field`, with advice.
pub(super) fn require_strong(field: &'static str, password: &str, known_words: &[String; 2]) -> Result<()> {
    match advice(password, known_words) {
        None => Ok(()),
        Some(advice) => Err(Error::WeakPassword { field, advice }),
    }
}

/// Returns advice that would improve a weak password, or `None` for a strong one.
fn advice(password: &str, known_words: &[String; 2]) -> Option<String> {
    let beginning: String = password.chars().take(MAX_ESTIMATED_LEN).collect();
    let known_words: Vec<&str> = known_words.iter().map(String::as_str).collect();
    // If zxcvbn panics, the password counts as weak, so that the request does not fail with 500.
    let estimate = catch_unwind(|| zxcvbn::zxcvbn(&beginning, &known_words)).ok();
    if estimate.as_ref().is_some_and(|estimate| estimate.score() >= Score::Three) {
        return None;
    }
    let suggestion = estimate.as_ref().and_then(|estimate| estimate.feedback()?.suggestions().first());
    Some(suggestion.map_or_else(|| "Add another word or two.".to_owned(), ToString::to_string))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_strong(password: &str) -> bool {
        advice(password, &["ann".to_owned(), "Ann Example".to_owned()]).is_none()
    }

    /// Longer zigzags make zxcvbn panic or overflow. Calls zxcvbn directly, because `advice` catches panics.
    #[test]
    fn zxcvbn_estimates_zigzags_up_to_the_maximum_length() {
        for keys in ["12", "20", "jk", "JK", "jJ", "q1", "+3", "90", "\\]", ".,", "ao"] {
            for length in 1..=MAX_ESTIMATED_LEN {
                let zigzag: String = keys.chars().cycle().take(length).collect();
                assert!(zxcvbn::zxcvbn(&zigzag, &[]).score() < Score::Three, "{zigzag}");
            }
        }
    }

    #[test]
    fn a_zigzag_of_any_length_is_weak() {
        for keys in ["12", "2020", "jk", "JK", "qazwsx", "789456", "-+", "aoeu"] {
            for length in [8, 27, 28, 29, 34, 46, 64, 100, 101, 128] {
                let zigzag: String = keys.chars().cycle().take(length).collect();
                assert!(!is_strong(&zigzag), "{zigzag}");
            }
        }
    }

    #[test]
    fn unrelated_words_are_strong() {
        for password in
            ["seven green bottles hum", "correct horse battery staple", "caf\u{e9} zebra lamp orbit"]
        {
            assert!(is_strong(password), "{password}");
            assert!(is_strong(&format!("{password} {}", "12".repeat(40))), "{password}");
        }
    }
}
