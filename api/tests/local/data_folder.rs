//! What other users of the machine can read, and what stays in the database file after a deletion.

use std::collections::BTreeMap;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use reqwest::Client;
use serde_json::{Value, json};

use crate::support::PASSWORD;
use crate::support::local_server::{LocalServer, TempFolder};

/// Starts the server with this umask.
fn start_with_umask(umask: &str, data: &Path) -> LocalServer {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("umask {umask}; exec \"$0\""), env!("CARGO_BIN_EXE_local")]);
    command.env("WISHBOARD_ADDR", "127.0.0.1:0").env("WISHBOARD_DATA", data);
    LocalServer::start_command(command)
}

/// Mode bits of the folder (as `.`) and of each file in it.
fn modes(folder: &Path) -> BTreeMap<String, u32> {
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    let mut modes = BTreeMap::from([(".".to_owned(), mode(folder))]);
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        modes.insert(entry.file_name().into_string().unwrap(), mode(&entry.path()));
    }
    modes
}

fn private_modes() -> BTreeMap<String, u32> {
    let files = ["lock", "wishboard.db", "wishboard.db-shm", "wishboard.db-wal"].map(|name| (name, 0o600));
    files.into_iter().chain([(".", 0o700)]).map(|(name, mode)| (name.to_owned(), mode)).collect()
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_new_data_folder_is_private_whatever_the_umask_is() {
    for umask in ["000", "022", "0177"] {
        let parent = TempFolder::new();
        let data = parent.0.join("data");
        let _local = start_with_umask(umask, &data);
        assert_eq!(modes(&data), private_modes(), "umask {umask}");
    }
}

#[test]
fn the_folder_of_an_earlier_version_becomes_private() {
    let folder = TempFolder::new();
    drop(LocalServer::start(&folder.0)); // SIGKILL: the journals of SQLite stay.
    for name in private_modes().into_keys().filter(|name| name != ".") {
        set_mode(&folder.0.join(name), 0o644);
    }
    set_mode(&folder.0, 0o755);
    let _local = LocalServer::start(&folder.0);
    assert_eq!(modes(&folder.0), private_modes());
}

#[test]
fn a_folder_that_users_share_stays_shared() {
    let folder = TempFolder::new();
    set_mode(&folder.0, 0o1777);
    std::fs::write(folder.0.join("other"), "not ours").unwrap();
    set_mode(&folder.0.join("other"), 0o644);
    let _local = LocalServer::start(&folder.0);
    let mut expected = private_modes();
    expected.extend([(".".to_owned(), 0o1777), ("other".to_owned(), 0o644)]);
    assert_eq!(modes(&folder.0), expected);
}

#[tokio::test]
async fn deleted_texts_and_hashes_leave_the_database_file() {
    let folder = TempFolder::new();
    let mut local = LocalServer::start(&folder.0);
    let http = Client::new();
    let sign_up = json!({"username": "ann", "password": PASSWORD, "name": "Ann Formerly"});
    let reply = http.post(format!("{}/api/signup", local.url)).json(&sign_up).send().await.unwrap();
    let token = reply.json::<Value>().await.unwrap()["token"].as_str().unwrap().to_owned();
    let send = async |method: reqwest::Method, path: &str, body: Value| {
        let request = http.request(method, format!("{}{path}", local.url)).bearer_auth(&token).json(&body);
        let reply = request.send().await.unwrap();
        assert!(reply.status().is_success(), "{path}: {}", reply.status());
        reply
    };
    for number in 0..8 {
        // Some of them are larger than a page of the file.
        let body = format!("a text to delete, number {number}, {}", "and more ".repeat(number * 25));
        let posted = send(reqwest::Method::POST, "/api/messages", json!({ "body": body })).await;
        let id = posted.json::<Value>().await.unwrap()["id"].as_str().unwrap().to_owned();
        if number % 2 == 0 {
            send(reqwest::Method::DELETE, &format!("/api/messages/{id}"), json!({})).await;
        }
    }
    send(reqwest::Method::POST, "/api/me/delete", json!({"password": PASSWORD})).await;
    assert!(
        Command::new("kill").args(["-TERM", &local.process.id().to_string()]).status().unwrap().success()
    );
    assert!(local.process.wait().unwrap().success());

    assert!(!folder.0.join("wishboard.db-wal").exists(), "a clean end empties the journal");
    let file = std::fs::read(folder.0.join("wishboard.db")).unwrap();
    let contains = |text: &str| file.windows(text.len()).any(|bytes| bytes == text.as_bytes());
    assert!(contains("PRIVATE KEY"), "the file is not encrypted, so deleted text would be found");
    for deleted in ["a text to delete", "and more", "$argon2id", "Ann Formerly"] {
        assert!(!contains(deleted), "{deleted}");
    }
}
