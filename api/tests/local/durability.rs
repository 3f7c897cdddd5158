//! Acknowledged posts survive a kill of the local server and a full disk.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::Method;
use serde_json::json;

use crate::support::local_server::{LocalServer, data_folder};
use crate::support::{TestClient, wait_until};

/// Number of times that the server is killed.
const KILL_COUNT: usize = 10;

/// Posts until a request fails. Returns the ids of the created messages, and the status of the failed request, if there
/// was a response. Increments `count` for each message.
async fn post_until_failure(client: TestClient, count: Arc<AtomicUsize>) -> (Vec<String>, Option<u16>) {
    let mut created = Vec::new();
    loop {
        let body = json!({ "body": "x".repeat(1000) });
        let posted = client.try_send(Method::POST, "/api/messages", |request| request.json(&body)).await;
        let Ok(reply) = posted else { return (created, None) };
        if reply.status != 201 {
            return (created, Some(reply.status));
        }
        created.push(reply.body["id"].as_str().unwrap().to_owned());
        count.fetch_add(1, Ordering::Relaxed);
    }
}

/// Returns the ids of all messages.
async fn message_ids(client: &TestClient) -> HashSet<String> {
    let (mut ids, mut path) = (HashSet::new(), "/api/messages".to_owned());
    loop {
        let page = client.get(&path).await.body;
        let messages = page["messages"].as_array().unwrap().iter();
        ids.extend(messages.map(|message| message["id"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => path = format!("/api/messages?before={next}"),
            None => return ids,
        }
    }
}

#[tokio::test]
async fn acknowledged_posts_survive_kills_during_writes() {
    let folder = data_folder().await;
    let mut acknowledged = Vec::new();
    for round in 0..KILL_COUNT {
        let mut server = LocalServer::start_without_limits(folder.path());
        let ann = match round {
            0 => server.guest().sign_up("ann").await,
            _ => server.guest().log_in("ann").await,
        };
        let count = Arc::new(AtomicUsize::new(0));
        let writers = (0..4).map(|_| tokio::spawn(post_until_failure(ann.clone(), count.clone())));
        let writers: Vec<_> = writers.collect();
        wait_until("six messages are posted", async || count.load(Ordering::Relaxed) >= 6).await;
        server.process.kill().unwrap();
        for writer in writers {
            acknowledged.extend(writer.await.unwrap().0);
        }
    }
    let server = LocalServer::start(folder.path());
    let stored = message_ids(&server.guest()).await;
    assert!(acknowledged.iter().all(|id| stored.contains(id)));
    server.guest().log_in("ann").await;
}

#[tokio::test]
async fn a_full_disk_is_503_and_keeps_acknowledged_posts() {
    let folder = data_folder().await;
    // No file may become larger than 2 MiB. For the database, this is a full disk.
    let limit_file_size = "trap '' XFSZ; ulimit -f 4096; exec \"$0\"";
    let mut command = LocalServer::shell_command(limit_file_size, folder.path());
    command.env("WISHBOARD_LIMITS", "1000000");
    let server = LocalServer::start_command(command);
    let ann = server.guest().sign_up("ann").await;
    let (acknowledged, status) = post_until_failure(ann, Arc::default()).await;
    assert_eq!(status, Some(503));
    assert!(!acknowledged.is_empty());
    let stored = message_ids(&server.guest()).await;
    assert!(acknowledged.iter().all(|id| stored.contains(id)), "reads still succeed");
    drop(server);

    let server = LocalServer::start_without_limits(folder.path());
    let stored = message_ids(&server.guest()).await;
    assert!(acknowledged.iter().all(|id| stored.contains(id)));
    let ann = server.guest().log_in("ann").await;
    assert_eq!(ann.post("/api/messages", json!({"body": "with free space again"})).await.status, 201);
}
