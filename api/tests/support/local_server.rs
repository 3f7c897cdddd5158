//! The program `local` as a process.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use api::local::dynamodb_engine::Engine;
use api::store::Store;
use dynoxide::Database;

use super::TestClient;
use super::key_ring::create_tables_with_key_ring;
use super::temp_folder::TempFolder;

/// A running server. It is killed with SIGKILL when this value is dropped.
pub struct LocalServer {
    pub process: Child,
    pub url: String,
}

impl LocalServer {
    /// Returns the command that starts a server with its data in this folder, on a free port.
    pub fn command(data_folder: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_local"));
        set_environment(&mut command, data_folder);
        command
    }

    /// Returns the command that runs a shell script, which has to start the server with `exec "$0"`.
    pub fn shell_command(script: &str, data_folder: &Path) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script, env!("CARGO_BIN_EXE_local")]);
        set_environment(&mut command, data_folder);
        command
    }

    /// Starts a server with its data in this folder.
    pub fn start(data_folder: &Path) -> Self {
        Self::start_command(Self::command(data_folder))
    }

    /// Starts a server whose rate limits are so high that no test reaches them.
    pub fn start_without_limits(data_folder: &Path) -> Self {
        let mut command = Self::command(data_folder);
        command.env("WISHBOARD_LIMITS", "1000000");
        Self::start_command(command)
    }

    /// Starts a server with this command and discards its log.
    pub fn start_command(command: Command) -> Self {
        Self::start_with_log(command, Stdio::null())
    }

    /// Starts a server with this command and writes its log to `log`.
    pub fn start_with_log(mut command: Command, log: impl Into<Stdio>) -> Self {
        let mut process = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ");
        Self { url: url.expect("the server has not started").to_owned(), process }
    }

    /// Returns a client that is not logged in.
    pub fn guest(&self) -> TestClient {
        TestClient::new(&self.url)
    }

    /// Returns the address and port, for a TCP connection.
    pub fn addr(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// Sends SIGTERM and waits until the process has ended without an error.
    pub fn terminate(&mut self) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert!(self.process.wait().unwrap().success());
    }
}

impl Drop for LocalServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns a data folder with the key ring of the tests.
pub async fn data_folder() -> TempFolder {
    let folder = TempFolder::new();
    store_key_ring(folder.path()).await;
    folder
}

/// Stores the key ring of the tests in a data folder, because the server would need about a second to generate one.
/// Does not lock the folder: a process that another test forks at this moment would keep the lock for a while.
pub async fn store_key_ring(data_folder: &Path) {
    let file = data_folder.join("wishboard.db");
    let engine = Engine::from(Database::new(file.to_str().unwrap()).unwrap());
    let store = Store::new(engine.client(), "wishboard", 1);
    create_tables_with_key_ring(&store).await;
}

fn set_environment(command: &mut Command, data_folder: &Path) {
    command.env("WISHBOARD_ADDR", "127.0.0.1:0").env("WISHBOARD_DATA", data_folder);
    command.env("RUST_LOG", "info").env("NO_COLOR", "1");
}
