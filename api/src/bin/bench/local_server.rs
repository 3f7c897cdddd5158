//! The local server as a child process.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::Result;

/// A running server on a free port, whose rate limits no measurement reaches. It is killed when this value is dropped.
pub struct LocalServer {
    process: Child,
    pub addr: SocketAddr,
}

impl LocalServer {
    /// Starts the program with its data in a folder, and waits until it accepts connections.
    pub fn start(program: &Path, data_folder: &Path, shards: u32) -> Result<Self> {
        let mut command = Command::new(program);
        command.env("WISHBOARD_ADDR", "127.0.0.1:0").env("WISHBOARD_DATA", data_folder);
        command.env("WISHBOARD_SHARDS", shards.to_string()).env("WISHBOARD_LIMITS", "1000000");
        // The log of a request would count as a part of its duration.
        command.env("RUST_LOG", "warn").stdout(Stdio::piped());
        let mut process = command.spawn()?;
        let mut line = String::new();
        if let Some(stdout) = process.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        let addr = line.trim().strip_prefix("listening on http://").ok_or("the server has not started")?;
        Ok(Self { addr: addr.parse()?, process })
    }

    /// Returns the processor time that the server has used, or `None` where there is no `/proc`.
    pub fn cpu_time(&self) -> Option<Duration> {
        cpu_time(&self.process.id().to_string())
    }
}

impl Drop for LocalServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns the processor time of a process in user mode and in the kernel. `process` is its id, or `self`.
pub fn cpu_time(process: &str) -> Option<Duration> {
    /// Linux counts in units of 10 milliseconds (proc_pid_stat(5), `USER_HZ`).
    const TICK: Duration = Duration::from_millis(10);
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The second field is the program's name in parentheses, which may contain spaces. Fields 14 and 15 are the times.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = fields.get(11)?.parse::<u32>().ok()? + fields.get(12)?.parse::<u32>().ok()?;
    Some(TICK * ticks)
}
