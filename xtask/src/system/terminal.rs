//! What people read while a command runs, and what they are asked. A closed pipe (`| head`) is no error, so nothing
//! that is only read fails.

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::{Result, bail};

/// A line on standard output.
pub(crate) fn say(text: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// A line on standard error.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// A line of a service's log, whatever bytes it holds.
pub(crate) fn relay(name: &str, line: &[u8]) {
    let mut out = io::stdout().lock();
    let whole = [name.as_bytes(), b" | ", line.trim_ascii_end(), b"\n"].concat();
    let _ = out.write_all(&whole).and_then(|()| out.flush());
}

/// What somebody answers to a question.
///
/// # Errors
/// If nobody is there, with the command that does not ask.
pub(crate) fn ask(question: &str, unasked: &str) -> Result<String> {
    if !io::stdin().is_terminal() {
        bail!("nobody is there to ask: `{unasked}` does it without asking");
    }
    print!("{question} ");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim().to_owned())
}

/// Whether somebody looks on: colours and progress bars are for them only.
pub(crate) fn is_watched() -> bool {
    io::stdout().is_terminal() && io::stderr().is_terminal()
}
