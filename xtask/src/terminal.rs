//! What people read while a command runs. A closed pipe (`| head`) is no error, so nothing here fails.

use std::io::{self, IsTerminal, Write};

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

/// Whether somebody looks on: colours and progress bars are for them only.
pub(crate) fn is_watched() -> bool {
    io::stdout().is_terminal() && io::stderr().is_terminal()
}
