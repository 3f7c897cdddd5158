//! Expired items: the local server deletes them, as DynamoDB does by itself.

use std::time::Duration;

use api::local::dynamodb_engine;
use api::store::rate_limits::Counter;

use crate::support::{TestApp, wait_until};

#[tokio::test]
async fn expired_items_are_deleted_and_others_stay() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    app.state.store.create_tables().await.unwrap(); // as after a restart
    let now = app.state.clock.now().as_second();
    for (id, window_end) in [("test#expired", now - 60), ("test#live", now + 3600)] {
        let counter = Counter { id: id.to_owned(), max_attempts: 1, window_end };
        app.state.store.count_attempt(&counter, false).await.unwrap();
    }
    let deletion =
        tokio::spawn(dynamodb_engine::delete_expired(app.database.engine(), Duration::from_millis(20)));
    wait_until("the expired counter is deleted", || app.database.items("limit#test#expired").is_empty())
        .await;
    assert_eq!(app.database.items("limit#test#live").len(), 1);
    assert_eq!(ann.get("/api/me").await.status, 200);

    app.state
        .store
        .count_attempt(&Counter { id: "test#later".to_owned(), max_attempts: 1, window_end: now - 60 }, false)
        .await
        .unwrap();
    wait_until("the next round deletes too", || app.database.items("limit#test#later").is_empty()).await;
    deletion.abort();
}
