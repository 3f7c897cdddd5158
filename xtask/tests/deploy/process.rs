//! Runs commands to their end, or up to a line of their output.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Output};

/// Runs a command that must succeed. Returns its standard output and standard error.
#[track_caller]
pub fn output_of(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", all(&output));
    all(&output)
}

/// Runs a command that must fail. Returns its error message.
#[track_caller]
pub fn error_of(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(!output.status.success(), "{}", all(&output));
    String::from_utf8(output.stderr).unwrap().trim().trim_start_matches("error: ").to_owned()
}

fn all(output: &Output) -> String {
    [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat()
}

/// Starts a command and returns once it has printed a line with this text. The caller must keep the returned reader: if
/// it is dropped, the command can no longer print and ends.
pub fn start_until(command: &mut Command, text: &str) -> (Child, BufReader<ChildStdout>) {
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains(text) {
        line.clear();
        assert!(lines.read_line(&mut line).unwrap() > 0, "the command never printed {text}");
    }
    (child, lines)
}

/// Starts a command and kills it once it has printed a line with this text.
pub fn kill_at(command: &mut Command, text: &str) {
    let (mut child, _lines) = start_until(command, text);
    child.kill().unwrap();
    child.wait().unwrap();
}
