//! A long-running child process. Its output is copied to the terminal, and each line is prefixed with its name.
//!
//! The child leads a process group of its own, so that [`ChildProcess::stop`] ends everything the child has started.
//! Ctrl-C in the terminal reaches only xtask, which then stops its children. Dropping a `ChildProcess` stops it, so
//! that no error path leaves a process behind.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::system::poll::Poll;
use crate::system::terminal::print_log_line;

/// How long a child may take to exit after SIGTERM. Then it gets SIGKILL.
const SHUTDOWN_POLL: Poll = Poll { interval: Duration::from_millis(20), timeout: Duration::from_secs(5) };
/// How long to wait for the last output of an exited child. The timeout matters if a grandchild keeps the pipe open.
const LAST_OUTPUT_POLL: Poll =
    Poll { interval: Duration::from_millis(20), timeout: Duration::from_millis(500) };

/// A running child process.
pub(crate) struct ChildProcess {
    name: &'static str,
    child: Child,
    output_threads: Vec<JoinHandle<()>>,
}

impl ChildProcess {
    /// Starts a command. `name` is the prefix of its output lines.
    pub(crate) fn start(name: &'static str, command: &mut Command) -> Result<Self> {
        let command =
            command.process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let program = command.get_program().to_string_lossy().into_owned();
        let mut child = command.spawn().with_context(|| format!("cannot start `{program}`"))?;
        let mut output_threads = Vec::new();
        output_threads.extend(child.stdout.take().map(|out| thread::spawn(move || print_lines(name, out))));
        output_threads.extend(child.stderr.take().map(|err| thread::spawn(move || print_lines(name, err))));
        Ok(Self { name, child, output_threads })
    }

    /// Returns the exit status, or `None` while the process runs. All output is printed before a status is returned.
    pub(crate) fn exit_status(&mut self) -> Result<Option<ExitStatus>> {
        let status =
            self.child.try_wait().with_context(|| format!("cannot read the state of `{}`", self.name))?;
        if status.is_some() {
            LAST_OUTPUT_POLL.until_true(|| self.output_threads.iter().all(JoinHandle::is_finished));
        }
        Ok(status)
    }

    /// Returns an error if the process has exited.
    pub(crate) fn expect_running(&mut self) -> Result<()> {
        match self.exit_status()? {
            Some(status) => {
                bail!("`{}` exited unexpectedly ({status}); its output above has the cause", self.name)
            }
            None => Ok(()),
        }
    }

    /// Stops the process and everything it has started.
    pub(crate) fn stop(&mut self) {
        self.signal(Signal::SIGTERM);
        if !SHUTDOWN_POLL.until_true(|| !matches!(self.child.try_wait(), Ok(None))) {
            self.signal(Signal::SIGKILL);
            let _ = self.child.wait();
        }
        // The group leader has exited. Its own children may have ignored SIGTERM.
        self.signal(Signal::SIGKILL);
    }

    /// Sends a signal to the whole process group. Ignores the error of an empty group.
    fn signal(&self, signal: Signal) {
        if let Ok(leader) = i32::try_from(self.child.id()) {
            let _ = killpg(Pid::from_raw(leader), signal);
        }
    }
}

impl Drop for ChildProcess {
    fn drop(&mut self) {
        self.stop();
    }
}

fn print_lines(name: &str, output: impl Read) {
    let mut output = BufReader::new(output);
    let mut line = Vec::new();
    while output.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        print_log_line(name, &line);
        line.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start_shell(script: &str) -> ChildProcess {
        ChildProcess::start("test", Command::new("sh").args(["-c", script])).expect("a shell")
    }

    fn is_group_alive(process: &ChildProcess) -> bool {
        killpg(Pid::from_raw(i32::try_from(process.child.id()).expect("a pid")), None).is_ok()
    }

    #[test]
    fn an_unexpected_exit_is_an_error_with_the_exit_status() {
        let mut process = start_shell("exit 7");
        assert!(SHUTDOWN_POLL.until_true(|| matches!(process.exit_status(), Ok(Some(_)))));
        let error = process.expect_running().expect_err("it has exited").to_string();
        assert!(error.contains("exit status: 7"), "{error}");
    }

    #[test]
    fn stopping_a_process_also_stops_its_children() {
        let mut process = start_shell("(trap '' TERM; sleep 60) & exec sleep 60");
        assert!(is_group_alive(&process));
        process.stop();
        // The orphaned child stays a zombie until init has reaped it.
        assert!(SHUTDOWN_POLL.until_true(|| !is_group_alive(&process)));
    }
}
