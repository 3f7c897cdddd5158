//! What passwords may cost the server, and which ones are too weak.

use reqwest::Client;
use serde_json::json;

use crate::support::local_server::{LocalServer, TempFolder};
use crate::support::{PASSWORD, TestApp};

/// The most memory that a process has used so far, in MiB.
#[cfg(target_os = "linux")]
fn peak_memory(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse::<usize>().unwrap() / 1024
}

/// With one hash per thread of the async runtime's blocking pool, this took more than 1 GB.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_hundred_requests_at_once_use_the_memory_of_one_hash_per_core() {
    let folder = TempFolder::new();
    let local = LocalServer::start(&folder.0);
    let http = Client::new();
    let send = |path: &str, body: serde_json::Value| {
        let request = http.post(format!("{}{path}", local.url)).json(&body);
        tokio::spawn(async move { request.send().await.unwrap().status().as_u16() })
    };
    let logins = (0..80).map(|number| {
        send("/api/login", json!({"username": format!("user-{number}"), "password": PASSWORD}))
    });
    let signups = (0..20).map(|number| {
        let username = format!("new-{number}");
        send("/api/signup", json!({"username": username, "password": PASSWORD, "name": username}))
    });
    for status in logins.chain(signups).collect::<Vec<_>>() {
        let status = status.await.unwrap();
        // 503 where the machine is too slow to hash them all in time.
        assert!([401, 201, 503].contains(&status), "{status}");
    }
    let cores = std::thread::available_parallelism().unwrap().get();
    let peak = peak_memory(local.process.id());
    assert!(peak < 150 + 20 * cores, "{peak} MiB");
}

/// zxcvbn 3.1.1 overflows on keyboard patterns of 28 turns or more: it panics, or its result wraps.
#[tokio::test]
async fn a_long_keyboard_zigzag_is_a_weak_password() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for (keys, times) in [
        ("12", 17),
        ("2020", 8),
        ("jk", 23),
        ("JK", 23),
        ("qw", 64),
        (";'", 20),
        ("96", 16),
        ("+3", 30),
        ("jJ", 40),
    ] {
        let password = keys.repeat(times);
        let sent = json!({"username": "zigzag", "password": password, "name": "Zigzag"});
        app.guest().post("/api/signup", sent).await.assert_problem(422, "weak-password");
        let sent = json!({"current": PASSWORD, "new": password});
        ann.put("/api/me/password", sent).await.assert_problem(422, "weak-password");
    }
}
