//! Long lists: every item once, whatever the number of shards.

use std::collections::HashSet;

use api::store::Store;
use jiff::Timestamp;
use shared::messages::Message;
use shared::users::PublicUser;
use uuid::Uuid;

use crate::support::TestApp;

async fn fill(store: Store, many: usize) {
    let now = Timestamp::now();
    let author = PublicUser { username: "ann".to_owned(), name: "Ann".to_owned() };
    for number in 0..many {
        let id = Uuid::new_v4();
        let message = Message {
            id: id.to_string(),
            author: author.clone(),
            body: number.to_string(),
            created_at: "2026-01-01T00:00:00.000Z".to_owned().try_into().unwrap(),
            edited_at: None,
            version: 1,
        };
        store.create_post(id, message, String::new(), now).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn paging_through_equal_times_finds_every_message_once() {
    for (shards, many) in [(1, 4_000), (4, 20_000)] {
        let app = TestApp::with_shards(shards).await;
        let fillers = (0..4).map(|_| tokio::spawn(fill(app.state.store.clone(), many / 4)));
        for filler in fillers.collect::<Vec<_>>() {
            filler.await.unwrap();
        }
        let (mut seen, mut before, mut pages) = (HashSet::new(), None::<String>, 0);
        loop {
            let page = app.state.store.list_posts::<Message>(before.as_deref(), 20).await.unwrap();
            pages += 1;
            for message in page.posts {
                assert!(seen.insert(message.id), "seen twice");
            }
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        assert_eq!((seen.len(), pages), (many, many / 20));
    }
}
