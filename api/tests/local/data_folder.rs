//! The data folder of the local server: its permissions, and what remains in the database file after a deletion.

use std::collections::BTreeMap;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::json;

use crate::support::local_server::{LocalServer, data_folder, store_key_ring};
use crate::support::temp_folder::TempFolder;
use crate::support::{PASSWORD, sign_up_body, with_members};

/// Returns the permission bits of a folder (as `.`) and of each file in it.
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
fn a_new_data_folder_is_private_with_any_umask() {
    for umask in ["000", "022", "0177"] {
        let parent = TempFolder::new();
        let data = parent.join("data");
        let command = LocalServer::shell_command(&format!("umask {umask}; exec \"$0\""), &data);
        let _server = LocalServer::start_command(command);
        assert_eq!(modes(&data), private_modes(), "umask {umask}");
    }
}

/// Earlier versions created a folder that other users could read.
#[tokio::test]
async fn a_readable_data_folder_becomes_private() {
    let folder = data_folder().await;
    drop(LocalServer::start(folder.path())); // After SIGKILL, the journals of SQLite remain.
    for name in private_modes().into_keys().filter(|name| name != ".") {
        set_mode(&folder.join(&name), 0o644);
    }
    set_mode(folder.path(), 0o755);
    let _server = LocalServer::start(folder.path());
    assert_eq!(modes(folder.path()), private_modes());
}

#[tokio::test]
async fn a_folder_with_the_sticky_bit_keeps_its_permissions() {
    let folder = TempFolder::new();
    set_mode(folder.path(), 0o1777);
    std::fs::write(folder.join("other"), "a file of another program").unwrap();
    set_mode(&folder.join("other"), 0o644);
    store_key_ring(folder.path()).await;
    let _server = LocalServer::start(folder.path());
    let mut expected = private_modes();
    expected.extend([(".".to_owned(), 0o1777), ("other".to_owned(), 0o644)]);
    assert_eq!(modes(folder.path()), expected);
}

#[tokio::test]
async fn deleted_texts_and_password_hashes_are_removed_from_the_database_file() {
    let folder = data_folder().await;
    let mut server = LocalServer::start(folder.path());
    let sign_up = with_members(&sign_up_body("ann"), &json!({"name": "Ann Formerly"}));
    let reply = server.guest().post("/api/signup", sign_up).await;
    let ann = server.guest().with_credentials(&reply);
    for number in 0..8 {
        // The longest texts are larger than a page of the file.
        let body = format!("a text to delete, number {number}, {}", "and more ".repeat(number * 25));
        let message = ann.create_post("/api/messages", &json!({ "body": body })).await;
        if number % 2 == 0 {
            assert_eq!(ann.delete(&message).await.status, 204);
        }
    }
    assert_eq!(ann.post("/api/me/delete", json!({"password": PASSWORD})).await.status, 204);
    server.terminate();

    assert!(!folder.join("wishboard.db-wal").exists(), "a clean shutdown removes the journal");
    let file = std::fs::read(folder.join("wishboard.db")).unwrap();
    let contains = |text: &str| file.windows(text.len()).any(|bytes| bytes == text.as_bytes());
    assert!(contains("PRIVATE KEY"), "the file is not encrypted, so deleted text would be found");
    for deleted in ["a text to delete", "and more", "$argon2id", "Ann Formerly"] {
        assert!(!contains(deleted), "{deleted}");
    }
}
