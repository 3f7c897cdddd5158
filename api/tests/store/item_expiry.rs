//! The local server deletes expired items. DynamoDB does so automatically.

use std::time::Duration;

use api::local::dynamodb_engine;
use api::store::rate_limits::Counter;
use jiff::Timestamp;

use crate::support::{TestApp, wait_until};

async fn store_counter(app: &TestApp, id: &str, window_end: i64) {
    let counter = Counter { id: id.to_owned(), max_attempts: 1, window_end };
    app.state.store.count_attempt(&counter, false).await.unwrap();
}

async fn wait_until_deleted(app: &TestApp, key: &str) {
    wait_until(key, async || app.database.items(key).is_empty()).await;
}

#[tokio::test]
async fn expired_items_are_deleted_periodically_and_others_stay() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    app.state.store.create_tables().await.unwrap(); // The server does this at each start.
    // The deletion uses the system clock, not the clock of the app.
    let now = Timestamp::now().as_second();
    store_counter(&app, "test#expired", now - 60).await;
    store_counter(&app, "test#live", now + 3600).await;
    let deletion =
        tokio::spawn(dynamodb_engine::delete_expired(app.database.engine(), Duration::from_millis(20)));
    wait_until_deleted(&app, "limit#test#expired").await;
    store_counter(&app, "test#expired-later", now - 60).await;
    wait_until_deleted(&app, "limit#test#expired-later").await;
    deletion.abort();
    assert_eq!(app.database.items("limit#test#live").len(), 1);
    assert_eq!(ann.get("/api/me").await.status, 200);
}
