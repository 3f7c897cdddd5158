//! A program that runs until it is stopped, its output relayed line by line under its name.
//!
//! It leads a process group of its own: stopping ends everything it started, and Ctrl-C in the terminal
//! reaches us alone, who end all services in order. Dropping a service stops it, so no error leaves one behind.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::system::terminal::relay;

/// For whoever was asked to end, before it is made to.
const PATIENCE: Duration = Duration::from_secs(5);
const TICK: Duration = Duration::from_millis(20);

/// See the module.
pub(crate) struct Service {
    name: &'static str,
    child: Child,
    logs: Vec<JoinHandle<()>>,
}

impl Service {
    /// Starts it.
    pub(crate) fn start(name: &'static str, command: &mut Command) -> Result<Self> {
        let command =
            command.process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let program = command.get_program().to_string_lossy().into_owned();
        let mut child = command.spawn().with_context(|| format!("`{program}` does not start"))?;
        let mut logs = Vec::new();
        logs.extend(child.stdout.take().map(|out| thread::spawn(move || relay_all(name, out))));
        logs.extend(child.stderr.take().map(|err| thread::spawn(move || relay_all(name, err))));
        Ok(Self { name, child, logs })
    }

    /// How it ended, if it has. All it said has then been relayed.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        let status = self.child.try_wait().with_context(|| format!("{} cannot be watched", self.name))?;
        if status.is_some() {
            // A grandchild may hold the pipe open: no waiting for ever.
            wait(Duration::from_millis(500), || self.logs.iter().all(JoinHandle::is_finished));
        }
        Ok(status)
    }

    /// An error if it has ended.
    pub(crate) fn expect_running(&mut self) -> Result<()> {
        match self.ended()? {
            Some(status) => {
                bail!("`{}` ended by itself ({status}); what it said last stands above", self.name)
            }
            None => Ok(()),
        }
    }

    /// Ends it and everything it started.
    pub(crate) fn stop(&mut self) {
        self.signal(Signal::SIGTERM);
        if !wait(PATIENCE, || !matches!(self.child.try_wait(), Ok(None))) {
            self.signal(Signal::SIGKILL);
            let _ = self.child.wait();
        }
        // The leader is gone; what it started may have missed or ignored the first signal.
        self.signal(Signal::SIGKILL);
    }

    /// An empty group is no error here: then there is nobody left to tell.
    fn signal(&self, signal: Signal) {
        if let Ok(leader) = i32::try_from(self.child.id()) {
            let _ = killpg(Pid::from_raw(leader), signal);
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.stop();
    }
}

/// True once somebody wants us to end: Ctrl-C, SIGTERM, a closed terminal.
pub(crate) fn stop_signal() -> Result<Arc<AtomicBool>> {
    let stopped = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stopped);
    ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed)).context("signals cannot be caught")?;
    Ok(stopped)
}

/// Until it is so, at most this long; whether it became so.
fn wait(limit: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + limit;
    loop {
        if is_so() {
            return true;
        }
        if Instant::now() >= end {
            return false;
        }
        thread::sleep(TICK);
    }
}

fn relay_all(name: &str, from: impl Read) {
    let mut from = BufReader::new(from);
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        relay(name, &line);
        line.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Service {
        Service::start("test", Command::new("sh").args(["-c", script])).expect("a shell")
    }

    fn is_alive(service: &Service) -> bool {
        killpg(Pid::from_raw(i32::try_from(service.child.id()).expect("a pid")), None).is_ok()
    }

    #[test]
    fn what_ends_by_itself_is_an_error_and_says_how() {
        let mut service = shell("exit 7");
        assert!(wait(PATIENCE, || matches!(service.ended(), Ok(Some(_)))));
        let error = service.expect_running().expect_err("it has ended").to_string();
        assert!(error.contains("exit status: 7"), "{error}");
    }

    #[test]
    fn stopping_ends_what_it_started_as_well() {
        let mut service = shell("(trap '' TERM; sleep 60) & exec sleep 60");
        assert!(is_alive(&service));
        service.stop();
        // What init adopts is gone once init has looked.
        assert!(wait(PATIENCE, || !is_alive(&service)));
    }
}
