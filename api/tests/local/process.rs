//! The local server as a process: what it prints, what it keeps, how it ends.

use std::process::Command;

use reqwest::Client;
use serde_json::{Value, json};

use crate::support::local_server::{LocalServer, TempFolder};
use crate::support::{PASSWORD, wait_for_login_window};

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill() {
    let folder = TempFolder::new();
    let http = Client::new();
    let local = LocalServer::start(&folder.0);
    let sign_up = json!({"username": "ann", "password": PASSWORD, "name": "Ann"});
    let reply = http.post(format!("{}/api/signup", local.url)).json(&sign_up).send().await.unwrap();
    let token = reply.json::<Value>().await.unwrap()["token"].as_str().unwrap().to_owned();
    let post =
        http.post(format!("{}/api/messages", local.url)).bearer_auth(token).json(&json!({"body": "kept"}));
    assert_eq!(post.send().await.unwrap().status(), 201);
    drop(local); // SIGKILL

    let local = LocalServer::start(&folder.0);
    let messages: Value =
        http.get(format!("{}/api/messages", local.url)).send().await.unwrap().json().await.unwrap();
    assert_eq!(messages["messages"][0]["body"], "kept");
    let log_in = json!({"username": "ann", "password": PASSWORD});
    let reply = http.post(format!("{}/api/login", local.url)).json(&log_in).send().await.unwrap();
    assert_eq!(reply.status(), 200);
}

#[test]
fn a_second_server_on_the_same_data_says_so() {
    let folder = TempFolder::new();
    let _first = LocalServer::start(&folder.0);
    let second = LocalServer::command(&folder.0).output().unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&second.stderr).contains("another Wishboard already uses the data"));
}

#[test]
fn a_taken_port_says_so() {
    let (one, other) = (TempFolder::new(), TempFolder::new());
    let first = LocalServer::start(&one.0);
    let addr = first.url.trim_start_matches("http://");
    let second = LocalServer::command(&other.0).env("WISHBOARD_ADDR", addr).output().unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&second.stderr).contains("WISHBOARD_ADDR"));
}

#[test]
fn it_ends_cleanly_when_asked_to() {
    let folder = TempFolder::new();
    let mut local = LocalServer::start(&folder.0);
    let id = local.process.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert!(local.process.wait().unwrap().success());
}

#[tokio::test]
async fn a_lock_outlives_a_restart() {
    let folder = TempFolder::new();
    let guess = json!({"username": "ann", "password": "not the password"});
    wait_for_login_window(30).await;
    for (expected, tries) in [(401, 10), (429, 1)] {
        let local = LocalServer::start(&folder.0);
        let log_in = Client::new().post(format!("{}/api/login", local.url)).json(&guess);
        for _ in 0..tries {
            assert_eq!(log_in.try_clone().unwrap().send().await.unwrap().status(), expected);
        }
    }
}

#[tokio::test]
async fn the_demo_is_filled_in_once_and_says_how_to_log_in() {
    let folder = TempFolder::new();
    let mut pages = Vec::new();
    for _ in 0..2 {
        let mut command = LocalServer::command(&folder.0);
        command.arg("--demo");
        let local = LocalServer::start_command(command);
        let log_in = json!({"username": api::local::seed::USERNAME, "password": api::local::seed::PASSWORD});
        let reply =
            Client::new().post(format!("{}/api/login", local.url)).json(&log_in).send().await.unwrap();
        assert_eq!(reply.status(), 200);
        for list in ["messages", "wishes"] {
            let page = Client::new().get(format!("{}/api/{list}", local.url)).send().await.unwrap();
            let page: Value = page.json().await.unwrap();
            assert!(page[list].as_array().unwrap().len() > 5);
            pages.push(page);
        }
    }
    assert_eq!(pages[..2], pages[2..]);
}
