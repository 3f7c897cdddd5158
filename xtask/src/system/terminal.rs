//! Output for the user, and questions to the user.
//!
//! A closed pipe (`cargo xtask .. | head`) is not an error, so the output functions ignore write errors.

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::{Result, bail};

/// Prints a line to standard output.
pub(crate) fn print(text: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// Prints a line to standard error.
pub(crate) fn print_error(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Prints a line of a child process, prefixed with the name of the process. The line may contain any bytes.
pub(crate) fn print_log_line(name: &str, line: &[u8]) {
    let mut out = io::stdout().lock();
    let whole = [name.as_bytes(), b" | ", line.trim_ascii_end(), b"\n"].concat();
    let _ = out.write_all(&whole).and_then(|()| out.flush());
}

/// Asks the user a question and returns the trimmed answer.
///
/// # Errors
/// If standard input is not a terminal. The error names `without_question`, the command that does not ask.
pub(crate) fn ask(question: &str, without_question: &str) -> Result<String> {
    if !io::stdin().is_terminal() {
        bail!("this needs a confirmation, but standard input is not a terminal: use `{without_question}`");
    }
    print!("{question} ");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim().to_owned())
}

/// Returns whether both outputs are a terminal. Only then do child processes use colours and progress bars.
pub(crate) fn is_interactive() -> bool {
    io::stdout().is_terminal() && io::stderr().is_terminal()
}

/// Formats a number with thousands separators: `1,234,567`.
pub(crate) fn with_separators(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated_by_commas() {
        let formatted = [0, 999, 1000, 1_234_567].map(with_separators);
        assert_eq!(formatted, ["0", "999", "1,000", "1,234,567"]);
    }
}
