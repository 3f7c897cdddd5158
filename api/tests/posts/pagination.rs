//! Pages of lists: each post is on exactly one page, with any number of shards.

use std::collections::HashSet;

use api::store::Store;
use serde_json::json;
use shared::messages::Message;

use crate::support::TestApp;
use crate::support::stored::{message_by, store_message};

#[tokio::test]
async fn pages_contain_every_message_once() {
    for shards in [1, 4] {
        let app = TestApp::with_config(|config| (config.shards, config.limit_factor) = (shards, 2)).await;
        let ann = app.sign_up("ann").await;
        for number in 0..45 {
            ann.create_post("/api/messages", &json!({"body": format!("message {number}")})).await;
        }
        let (mut bodies, mut path, mut sizes) = (Vec::new(), "/api/messages".to_owned(), Vec::new());
        loop {
            let page = app.guest().get(&path).await.body;
            let messages = page["messages"].as_array().unwrap();
            sizes.push(messages.len());
            bodies.extend(messages.iter().map(|message| message["body"].as_str().unwrap().to_owned()));
            let Some(next) = page["next"].as_str() else { break };
            assert!(sizes.len() < 4, "there are more than three pages");
            path = format!("/api/messages?before={next}");
        }
        assert_eq!(sizes, [20, 20, 5]);
        assert_eq!(bodies.iter().collect::<HashSet<_>>().len(), 45);
        assert_eq!(bodies.first().unwrap(), "message 44");
        assert_eq!(bodies.last().unwrap(), "message 0");
    }
}

#[tokio::test]
async fn a_full_last_page_has_no_cursor() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for _ in 0..20 {
        ann.create_post("/api/messages", &json!({"body": "hello"})).await;
    }
    assert_eq!(app.guest().get("/api/messages").await.body["next"], json!(null));
    assert!(app.guest().get("/api/messages?limit=19").await.body["next"].is_string());
}

#[tokio::test]
async fn an_invalid_cursor_or_limit_is_rejected() {
    let guest = TestApp::start().await.guest();
    for before in ["x", "AAAA", "", "..", "MjAyNiNhYmM", "%00"] {
        guest.get(&format!("/api/messages?before={before}")).await.assert_field_error("before");
    }
    for limit in ["0", "21", "-1", "x", "99999999999999999999", "%2B5", "05", "5.0", "%205", "", "\u{0665}"] {
        guest.get(&format!("/api/messages?limit={limit}")).await.assert_field_error("limit");
    }
}

async fn store_messages(store: Store, count: usize) {
    for _ in 0..count {
        store_message(&store, message_by("ann", "hello")).await;
    }
}

/// Messages with the same time are sorted by their id, which is part of the cursor.
#[tokio::test(flavor = "multi_thread")]
async fn pages_contain_every_message_once_if_all_have_the_same_time() {
    for (shards, count) in [(1, 1_000), (4, 2_000)] {
        let app = TestApp::with_config(|config| config.shards = shards).await;
        let writers = (0..4).map(|_| tokio::spawn(store_messages(app.state.store.clone(), count / 4)));
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        let (mut ids, mut before, mut pages) = (HashSet::new(), None::<String>, 0);
        loop {
            let page = app.state.store.list_posts::<Message>(before.as_deref(), 20).await.unwrap();
            pages += 1;
            for message in page.posts {
                assert!(ids.insert(message.id), "a message is on two pages");
            }
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        assert_eq!((ids.len(), pages), (count, count / 20));
    }
}
