//! Editing messages and wishes: versions, conflicts and permissions.

use serde_json::json;

use crate::support::post_kind::PostKind;
use crate::support::{TestApp, UUID};

#[tokio::test]
async fn an_edit_by_the_owner_raises_the_version() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for kind in PostKind::both() {
        let post = ann.create_post(kind.list, &kind.new).await;
        let reply = ann.if_match(1).patch(&post, kind.edit("better")).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        assert_eq!((&reply.body[kind.field], &reply.body["version"]), (&json!("better"), &json!(2)));
        assert_eq!(app.guest().get(kind.list).await.body[kind.name], json!([reply.body]));
    }
}

#[tokio::test]
async fn a_stale_edit_returns_412_with_the_current_post() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for kind in PostKind::both() {
        let post = ann.create_post(kind.list, &kind.new).await;
        ann.if_match(1).patch(&post, kind.edit("first")).await;
        let stale = ann.if_match(1).patch(&post, kind.edit("second")).await;
        stale.assert_problem(412, "changed-meanwhile");
        assert_eq!(stale.body["current"][kind.field], "first");
        let unknown_version = ann.if_match(7).patch(&post, kind.edit("third")).await;
        unknown_version.assert_problem(412, "changed-meanwhile");
    }
}

#[tokio::test]
async fn an_edit_needs_exactly_one_strong_etag_in_if_match() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for kind in PostKind::both() {
        let post = ann.create_post(kind.list, &kind.new).await;
        ann.patch(&post, kind.edit("x")).await.assert_problem(428, "version-missing");
        for invalid in
            ["1", "*", "", "W/\"1\"", "\"01\"", "\"+1\"", "\" 1\"", "\"1", "\"1\",", "\"1\", \"2\"", "\"x\""]
        {
            let reply = ann.with("if-match", invalid).patch(&post, kind.edit("x")).await;
            reply.assert_problem(412, "changed-meanwhile");
            assert_eq!(reply.body["current"]["version"], 1, "{invalid}");
        }
        for second in ["\"1\"", "\"2\"", ""] {
            let two_headers = ann.if_match(1).with("if-match", second);
            let reply = two_headers.patch(&post, kind.edit("x")).await;
            reply.assert_problem(412, "changed-meanwhile");
        }
        assert_eq!(ann.if_match(1).patch(&post, kind.edit("x")).await.status, 200);
    }
}

#[tokio::test]
async fn parallel_edits_of_one_version_have_one_winner() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for kind in PostKind::both() {
        let post = ann.create_post(kind.list, &kind.new).await;
        let edits = (0..20).map(|number| {
            let (ann, post) = (ann.if_match(1), post.clone());
            let edit = kind.edit(&format!("edit {number}"));
            tokio::spawn(async move { ann.patch(&post, edit).await })
        });
        let mut winner = None;
        for edit in edits.collect::<Vec<_>>() {
            let reply = edit.await.unwrap();
            match reply.status {
                200 => {
                    assert!(winner.replace(reply.body[kind.field].clone()).is_none(), "two edits succeeded")
                }
                _ => reply.assert_problem(412, "changed-meanwhile"),
            }
        }
        let stale = ann.if_match(1).patch(&post, kind.edit("x")).await;
        assert_eq!(Some(&stale.body["current"][kind.field]), winner.as_ref());
    }
}

#[tokio::test]
async fn parallel_equal_edits_have_one_winner() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let wish = ann.create_post("/api/wishes", &json!({"name": "hello"})).await;
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
async fn only_the_owner_can_edit_or_delete_a_post() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.sign_up("ann").await, app.sign_up("bob").await);
    for kind in PostKind::both() {
        let post = ann.create_post(kind.list, &kind.new).await;
        bob.if_match(1).patch(&post, kind.edit("x")).await.assert_problem(403, "not-yours");
        bob.delete(&post).await.assert_problem(403, "not-yours");
        app.guest().if_match(1).patch(&post, kind.edit("x")).await.assert_problem(401, "not-logged-in");
        app.guest().delete(&post).await.assert_problem(401, "not-logged-in");
        assert_eq!(ann.if_match(1).patch(&post, kind.edit("unchanged before")).await.status, 200);
    }
}

#[tokio::test]
async fn an_unknown_post_is_404() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for kind in PostKind::both() {
        for id in [UUID, "x", "..%2f..", "%00"] {
            let path = format!("{}/{id}", kind.list);
            ann.if_match(1).patch(&path, kind.edit("x")).await.assert_problem(404, "not-found");
            ann.delete(&path).await.assert_problem(404, "not-found");
        }
    }
}
