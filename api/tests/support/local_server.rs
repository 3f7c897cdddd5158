//! The local server as a process.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A folder of its own, gone with the test.
pub struct TempFolder(pub PathBuf);

impl TempFolder {
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("wishboard-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub struct LocalServer {
    pub process: Child,
    pub url: String,
}

impl LocalServer {
    pub fn command(data: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_local"));
        command.env("WISHBOARD_ADDR", "127.0.0.1:0").env("WISHBOARD_DATA", data);
        command.env("RUST_LOG", "info").env("NO_COLOR", "1");
        command
    }

    pub fn start(data: &Path) -> Self {
        Self::start_command(Self::command(data))
    }

    /// With rate limits that no load run reaches.
    pub fn start_without_limits(data: &Path) -> Self {
        let mut command = Self::command(data);
        command.env("WISHBOARD_LIMITS", "1000000");
        Self::start_command(command)
    }

    /// By a command of one's own.
    pub fn start_command(command: Command) -> Self {
        Self::start_with_log(command, Stdio::null())
    }

    /// Starts a command whose log goes to `log`.
    pub fn start_with_log(mut command: Command, log: impl Into<Stdio>) -> Self {
        let mut process = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").unwrap().to_owned();
        Self { process, url }
    }
}

impl Drop for LocalServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
