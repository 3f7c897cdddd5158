//! Editing and deleting, of messages and wishes alike.

use serde_json::{Value, json};

use crate::support::{TestApp, TestClient};

const KEY: &str = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";

/// Something that can be edited.
struct Kind {
    path: &'static str,
    new: Value,
    /// The field that an edit changes.
    field: &'static str,
}

impl Kind {
    fn change(&self, text: &str) -> Value {
        json!({ self.field: text })
    }
}

fn kinds() -> [Kind; 2] {
    [
        Kind { path: "/api/messages", new: json!({"body": "hello"}), field: "body" },
        Kind { path: "/api/wishes", new: json!({"name": "hello"}), field: "name" },
    ]
}

async fn made(by: &TestClient, path: &str, new: &Value) -> String {
    let reply = by.post(path, new.clone()).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    format!("{path}/{}", reply.body["id"].as_str().unwrap())
}

#[tokio::test]
async fn the_owner_edits_and_the_version_rises() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for kind in kinds() {
        let Kind { path, ref new, field } = kind;
        let thing = made(&ann, path, new).await;
        let reply = ann.if_match(1).patch(&thing, kind.change("better")).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        assert_eq!((&reply.body[field], &reply.body["version"]), (&json!("better"), &json!(2)));
        let listed = app.guest().get(path).await.body;
        let list = listed.as_object().unwrap().values().find(|list| list.is_array()).unwrap();
        assert_eq!(list, &json!([reply.body]));
    }
}

#[tokio::test]
async fn an_edit_of_an_old_version_is_told_how_it_is_now() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for kind in kinds() {
        let Kind { path, ref new, field } = kind;
        let thing = made(&ann, path, new).await;
        ann.if_match(1).patch(&thing, kind.change("first")).await;
        let reply = ann.if_match(1).patch(&thing, kind.change("second")).await;
        reply.assert_problem(412, "changed-meanwhile");
        assert_eq!(reply.body["current"][field], "first");
        ann.if_match(7).patch(&thing, kind.change("third")).await.assert_problem(412, "changed-meanwhile");
    }
}

#[tokio::test]
async fn an_edit_says_which_version_it_was_made_from() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for kind in kinds() {
        let Kind { path, ref new, .. } = kind;
        let thing = made(&ann, path, new).await;
        ann.patch(&thing, kind.change("x")).await.assert_problem(428, "version-missing");
        for wrong in
            ["1", "*", "", "W/\"1\"", "\"01\"", "\"+1\"", "\" 1\"", "\"1", "\"1\",", "\"1\", \"2\"", "\"x\""]
        {
            let reply = ann.with("if-match", wrong).patch(&thing, kind.change("x")).await;
            reply.assert_problem(412, "changed-meanwhile");
            assert_eq!(reply.body["current"]["version"], 1, "{wrong}");
        }
        for second in ["\"1\"", "\"2\"", ""] {
            let twice = ann.if_match(1).with("if-match", second);
            twice.patch(&thing, kind.change("x")).await.assert_problem(412, "changed-meanwhile");
        }
        assert_eq!(ann.if_match(1).patch(&thing, kind.change("x")).await.status, 200);
    }
}

#[tokio::test]
async fn of_many_edits_that_are_alike_one_wins_too() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let wish = made(&ann, "/api/wishes", &json!({"name": "hello"})).await;
    let edits = (0..30).map(|_| {
        let (ann, wish) = (ann.if_match(1), wish.clone());
        tokio::spawn(async move { ann.patch(&wish, json!({"received": true})).await.status })
    });
    let mut winners = 0;
    for edit in edits.collect::<Vec<_>>() {
        winners += usize::from(edit.await.unwrap() == 200);
    }
    assert_eq!(winners, 1);
}

#[tokio::test]
async fn of_many_edits_of_one_version_one_wins() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for kind in kinds() {
        let Kind { path, ref new, field } = kind;
        let thing = made(&ann, path, new).await;
        let edits = (0..20).map(|number| {
            let (ann, thing) = (ann.if_match(1), thing.clone());
            let change = kind.change(&format!("edit {number}"));
            tokio::spawn(async move { ann.patch(&thing, change).await })
        });
        let mut winner = None;
        for edit in edits.collect::<Vec<_>>() {
            let reply = edit.await.unwrap();
            match reply.status {
                200 => assert!(winner.replace(reply.body[field].clone()).is_none(), "two won"),
                _ => reply.assert_problem(412, "changed-meanwhile"),
            }
        }
        let now = ann.if_match(1).patch(&thing, kind.change("x")).await;
        assert_eq!(Some(&now.body["current"][field]), winner.as_ref());
    }
}

#[tokio::test]
async fn nobody_touches_what_is_somebody_elses() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.sign_up("ann").await, app.sign_up("bob").await);
    for kind in kinds() {
        let Kind { path, ref new, .. } = kind;
        let thing = made(&ann, path, new).await;
        bob.if_match(1).patch(&thing, kind.change("mine")).await.assert_problem(403, "not-yours");
        bob.delete(&thing).await.assert_problem(403, "not-yours");
        app.guest().if_match(1).patch(&thing, kind.change("mine")).await.assert_problem(401, "not-logged-in");
        app.guest().delete(&thing).await.assert_problem(401, "not-logged-in");
        assert_eq!(ann.if_match(1).patch(&thing, kind.change("still mine")).await.status, 200);
    }
}

#[tokio::test]
async fn what_is_not_there_is_404() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for kind in kinds() {
        let Kind { path, .. } = kind;
        for id in [KEY, "x", "..%2f..", "%00"] {
            ann.if_match(1)
                .patch(&format!("{path}/{id}"), kind.change("x"))
                .await
                .assert_problem(404, "not-found");
            ann.delete(&format!("{path}/{id}")).await.assert_problem(404, "not-found");
        }
    }
}

#[tokio::test]
async fn what_was_deleted_is_gone_and_stays_gone() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.sign_up("ann").await.with("idempotency-key", KEY), app.sign_up("bob").await);
    for kind in kinds() {
        let Kind { path, ref new, .. } = kind;
        let thing = made(&ann, path, new).await;
        assert_eq!(ann.delete(&thing).await.status, 204);
        assert_eq!(ann.delete(&thing).await.status, 204, "again: the first answer may have been lost");
        bob.delete(&thing).await.assert_problem(404, "not-found");
        ann.if_match(1).patch(&thing, kind.change("x")).await.assert_problem(404, "not-found");
        ann.post(path, new.clone()).await.assert_problem(410, "gone");
        bob.with("idempotency-key", KEY).post(path, new.clone()).await.assert_problem(409, "key-reused");
        let listed = app.guest().get(path).await.body;
        assert_eq!(listed.as_object().unwrap().values().find(|list| list.is_array()), Some(&json!([])));
    }
}

#[tokio::test]
async fn a_deletion_is_remembered_for_a_week() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.with("idempotency-key", KEY);
    let thing = made(&ann, "/api/messages", &json!({"body": "hello"})).await;
    ann.delete(&thing).await;
    app.state.clock.advance(jiff::SignedDuration::from_hours(7 * 24 + 1));
    let ann = app.log_in("ann").await.with("idempotency-key", KEY);
    assert_eq!(ann.post("/api/messages", json!({"body": "hello"})).await.status, 201);
}

#[tokio::test]
async fn a_retry_after_an_edit_finds_the_edited_thing() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.with("idempotency-key", KEY);
    for kind in kinds() {
        let Kind { path, ref new, field } = kind;
        let thing = made(&ann, path, new).await;
        ann.if_match(1).patch(&thing, kind.change("edited")).await;
        let retry = ann.post(path, new.clone()).await;
        assert_eq!((retry.status, &retry.body[field]), (201, &json!("edited")));
    }
}

#[tokio::test]
async fn of_many_creates_with_one_key_one_thing_comes() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.with("idempotency-key", KEY);
    let posts = (0..20).map(|_| {
        let ann = ann.clone();
        tokio::spawn(async move { ann.post("/api/messages", json!({"body": "hello"})).await.status })
    });
    for post in posts.collect::<Vec<_>>() {
        assert_eq!(post.await.unwrap(), 201);
    }
    assert_eq!(app.guest().messages().await, ["hello"]);
}
