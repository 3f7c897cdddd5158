//! Judges how hard a password is to guess, with zxcvbn.

use std::panic::catch_unwind;

use zxcvbn::Score;

use crate::web::error::{Error, Result};

/// Maximum number of characters that are judged. A password is no weaker than its beginning.
///
/// zxcvbn 3.1.1 computes 5^n in 64 bits for a keyboard pattern with n turns, which overflows from
/// n = 28 on. A pattern of 28 characters has at most 27 turns.
const MAX_JUDGED_LEN: usize = 28;

/// Rejects a password that is too easy to guess for an attacker who knows these words.
///
/// # Errors
/// `WeakPassword` for `field`, with advice.
pub(super) fn require_strong(field: &'static str, password: &str, known: &[String; 2]) -> Result<()> {
    match advice(password, known) {
        None => Ok(()),
        Some(advice) => Err(Error::WeakPassword { field, advice }),
    }
}

/// What would make a weak password better; none for a strong one.
fn advice(password: &str, known: &[String; 2]) -> Option<String> {
    let beginning: String = password.chars().take(MAX_JUDGED_LEN).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    // A password that makes zxcvbn panic counts as weak: a request must not fail because of it.
    let estimate = catch_unwind(|| zxcvbn::zxcvbn(&beginning, &known)).ok();
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

    /// zxcvbn itself panics on these, or its numbers wrap; a panic that is caught would print a
    /// message.
    #[test]
    fn zxcvbn_computes_every_judged_length_of_a_zigzag() {
        for keys in ["12", "20", "jk", "JK", "jJ", "q1", "+3", "90", "\\]", ".,", "ao"] {
            for length in 1..=MAX_JUDGED_LEN {
                let zigzag: String = keys.chars().cycle().take(length).collect();
                assert!(zxcvbn::zxcvbn(&zigzag, &[]).score() < Score::Three, "{zigzag}");
            }
        }
    }

    #[test]
    fn a_zigzag_is_weak_however_long_it_is() {
        for keys in ["12", "2020", "jk", "JK", "qazwsx", "789456", "-+", "aoeu"] {
            for length in [8, 27, 28, 29, 34, 46, 64, 100, 101, 128] {
                let zigzag: String = keys.chars().cycle().take(length).collect();
                assert!(!is_strong(&zigzag), "{zigzag}");
            }
        }
    }

    #[test]
    fn words_that_do_not_belong_together_are_strong() {
        for password in
            ["seven green bottles hum", "correct horse battery staple", "caf\u{e9} zebra lamp orbit"]
        {
            assert!(is_strong(password), "{password}");
            assert!(is_strong(&format!("{password} {}", "12".repeat(40))), "{password}");
        }
    }
}
