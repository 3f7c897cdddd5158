//! The local server under hardship: killed, out of disk, and with clients that never finish.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::Client;
use serde_json::{Value, json};

use crate::support::local_server::{LocalServer, TempFolder};
use crate::support::{PASSWORD, wait_until};

async fn sign_up(http: &Client, url: &str) -> String {
    let ann = json!({"username": "ann", "password": PASSWORD, "name": "Ann"});
    let reply = http.post(format!("{url}/api/signup")).json(&ann).send().await.unwrap();
    reply.json::<Value>().await.unwrap()["token"].as_str().unwrap().to_owned()
}

async fn log_in(http: &Client, url: &str) -> String {
    let ann = json!({"username": "ann", "password": PASSWORD});
    let reply = http.post(format!("{url}/api/login")).json(&ann).send().await.unwrap();
    reply.json::<Value>().await.unwrap()["token"].as_str().unwrap().to_owned()
}

/// Posts until the server is gone or refuses. What was acknowledged, and the status that ended it.
async fn post_on(
    http: Client,
    url: String,
    token: String,
    count: Arc<AtomicUsize>,
) -> (Vec<String>, Option<u16>) {
    let mut acknowledged = Vec::new();
    loop {
        let body = json!({ "body": "x".repeat(1000) });
        let sent = http.post(format!("{url}/api/messages")).bearer_auth(&token).json(&body).send().await;
        let Ok(reply) = sent else { return (acknowledged, None) };
        let status = reply.status().as_u16();
        if status != 201 {
            return (acknowledged, Some(status));
        }
        let Ok(message) = reply.json::<Value>().await else { return (acknowledged, None) };
        acknowledged.push(message["id"].as_str().unwrap().to_owned());
        count.fetch_add(1, Ordering::Relaxed);
    }
}

async fn all_messages(http: &Client, url: &str) -> HashSet<String> {
    let (mut seen, mut page) = (HashSet::new(), format!("{url}/api/messages"));
    loop {
        let reply: Value = http.get(&page).send().await.unwrap().json().await.unwrap();
        seen.extend(
            reply["messages"].as_array().unwrap().iter().map(|m| m["id"].as_str().unwrap().to_owned()),
        );
        match reply["next"].as_str() {
            Some(next) => page = format!("{url}/api/messages?before={next}"),
            None => return seen,
        }
    }
}

#[tokio::test]
async fn killed_twenty_times_while_writing_it_keeps_what_it_acknowledged() {
    let folder = TempFolder::new();
    let http = Client::new();
    let mut acknowledged = Vec::new();
    for round in 0..20 {
        let mut local = LocalServer::start_without_limits(&folder.0);
        let token = match round {
            0 => sign_up(&http, &local.url).await,
            _ => log_in(&http, &local.url).await,
        };
        let count = Arc::new(AtomicUsize::new(0));
        let writers = (0..4)
            .map(|_| tokio::spawn(post_on(http.clone(), local.url.clone(), token.clone(), count.clone())))
            .collect::<Vec<_>>();
        wait_until("the writers are at work", || count.load(Ordering::Relaxed) >= 6).await;
        local.process.kill().unwrap(); // SIGKILL
        for writer in writers {
            acknowledged.extend(writer.await.unwrap().0);
        }
    }
    let local = LocalServer::start(&folder.0);
    let there = all_messages(&http, &local.url).await;
    assert!(acknowledged.iter().all(|id| there.contains(id)));
}

#[tokio::test]
async fn when_the_disk_is_full_it_says_so_and_keeps_what_it_acknowledged() {
    let folder = TempFolder::new();
    let http = Client::new();
    // No file may grow beyond 2 MiB: to the database this is a full disk.
    let mut limited = Command::new("sh");
    limited.arg("-c").arg("trap '' XFSZ; ulimit -f 4096; exec \"$0\"").arg(env!("CARGO_BIN_EXE_local"));
    limited.env("WISHBOARD_ADDR", "127.0.0.1:0").env("WISHBOARD_DATA", &folder.0);
    limited.env("WISHBOARD_LIMITS", "1000000");
    let local = LocalServer::start_command(limited);
    let token = sign_up(&http, &local.url).await;
    let (acknowledged, status) = post_on(http.clone(), local.url.clone(), token, Arc::default()).await;
    assert_eq!(status, Some(503));
    assert!(!acknowledged.is_empty());
    let there = all_messages(&http, &local.url).await;
    assert!(acknowledged.iter().all(|id| there.contains(id)), "reading goes on");
    drop(local);

    let local = LocalServer::start_without_limits(&folder.0);
    let there = all_messages(&http, &local.url).await;
    assert!(acknowledged.iter().all(|id| there.contains(id)));
    let token = log_in(&http, &local.url).await;
    let body = json!({"body": "there is room again"});
    let reply = http.post(format!("{}/api/messages", local.url)).bearer_auth(token).json(&body).send().await;
    assert_eq!(reply.unwrap().status(), 201);
}

#[tokio::test]
async fn five_hundred_slow_clients_do_not_stop_the_others() {
    let folder = TempFolder::new();
    let local = LocalServer::start(&folder.0);
    let addr = local.url.trim_start_matches("http://").to_owned();
    let mut slow = Vec::new();
    for number in 0..500 {
        let mut client = TcpStream::connect(&addr).unwrap();
        let half: &[u8] = match number % 3 {
            0 => b"",
            1 => b"GET /api/messages HTTP/1.1\r\nHost: x\r\n",
            _ => b"POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{",
        };
        client.write_all(half).unwrap();
        slow.push(client);
    }
    let http = Client::builder().timeout(Duration::from_secs(5)).build().unwrap();
    assert_eq!(http.get(format!("{}/api/health", local.url)).send().await.unwrap().status(), 200);
    sign_up(&http, &local.url).await;

    // They are sent away in the end.
    let ends = tokio::task::spawn_blocking(move || {
        slow.into_iter().all(|mut client| {
            client.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
            let mut rest = Vec::new();
            client.read_to_end(&mut rest).is_ok()
        })
    });
    assert!(ends.await.unwrap());
}

#[tokio::test]
async fn a_head_of_eight_megabytes_is_refused() {
    let folder = TempFolder::new();
    let local = LocalServer::start(&folder.0);
    let mut client = TcpStream::connect(local.url.trim_start_matches("http://")).unwrap();
    let _ = client.write_all(b"GET /api/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ");
    let megabyte = vec![b'x'; 1 << 20];
    for _ in 0..8 {
        if client.write_all(&megabyte).is_err() {
            break;
        }
    }
    let mut answer = Vec::new();
    let _ = client.read_to_end(&mut answer);
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 431"), "{}", String::from_utf8_lossy(&answer));
    let http = Client::new();
    assert_eq!(http.get(format!("{}/api/health", local.url)).send().await.unwrap().status(), 200);
}
