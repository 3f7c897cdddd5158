//! The key ring, the documents that publish it, and the program that looks after it.

use std::process::{Command, Output};

use api::clock::Clock;
use api::local::dynamodb_engine::Engine;
use api::signing_keys::key_ring::KeyRing;
use api::store::Store;
use serde_json::json;

use crate::support::lambda::DynamoDbServer;
use crate::support::local_server::{LocalServer, TempFolder};
use crate::support::{TestApp, stored_key_ring, test_key_ring};

#[tokio::test]
async fn discovery_leads_to_two_public_keys() {
    let app = TestApp::start().await;
    let discovery = app.guest().get("/.well-known/openid-configuration").await;
    assert_eq!(discovery.status, 200);
    assert_eq!(discovery.body["issuer"], app.url);
    assert_eq!(discovery.body["jwks_uri"], format!("{}/.well-known/jwks.json", app.url));
    assert!(discovery.header("cache-control").starts_with("public"));

    let jwks = app.guest().get("/.well-known/jwks.json").await;
    let keys = jwks.body["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 2);
    for key in keys {
        assert_eq!((&key["kty"], &key["alg"], &key["use"]), (&json!("RSA"), &json!("RS256"), &json!("sig")));
        assert_eq!(key["n"].as_str().unwrap().len(), 512, "3072 bits");
        let members: Vec<_> = key.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(members, ["alg", "e", "kid", "kty", "n", "use"], "public members only");
    }
}

#[tokio::test]
async fn of_many_processes_one_makes_the_ring() {
    let store = Store::new(Engine::in_memory().unwrap().client(), "wishboard", 1);
    store.create_tables().await.unwrap();
    let opened = (0..4).map(|_| tokio::spawn(KeyRing::open(store.clone(), Clock::default())));
    let mut kids = Vec::new();
    for keys in opened.collect::<Vec<_>>() {
        kids.push(keys.await.unwrap().unwrap().signer().await.unwrap().0);
    }
    kids.dedup();
    assert_eq!(kids.len(), 1);
}

fn keys(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keys"));
    command.args(arguments);
    command
}

/// What it printed, whether or not it worked; never a private half.
fn printed(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat();
    assert!(!text.contains("PRIVATE") && text.lines().all(|line| line.len() < 200), "{text}");
    text
}

#[tokio::test]
async fn keys_of_any_table_are_listed_and_rotated_by_hand() {
    let tables = DynamoDbServer::start().await;
    let run = async |arguments: &[&str]| {
        let mut command = keys(arguments);
        let credentials =
            [("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "x"), ("AWS_REGION", "us-east-1")];
        command.envs(credentials).env("AWS_ENDPOINT_URL", &tables.url);
        let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
        (output.status.success(), printed(&output))
    };
    let first = test_key_ring().0.clone();
    let (done, list) = run(&["list", "--table", "wishboard"]).await;
    assert!(done && list.contains(&format!("{}  current (began to sign", first.current)), "{list}");
    assert!(list.contains(&format!("{}  next (published", first.next)), "{list}");
    assert_eq!(stored_key_ring(&tables.store).await.0.version, 1, "looking changes nothing");

    let (done, output) = run(&["rotate", "--table", "wishboard"]).await;
    assert!(
        done && output.contains(&format!("{}  current (began to sign 0 minutes ago", first.next)),
        "{output}"
    );
    assert!(output.contains(&format!("{}  retired 0 minutes ago", first.current)), "{output}");
    let (done, output) = run(&["rotate", "--all", "--table", "wishboard"]).await;
    assert!(
        done && !output.contains(&first.next) && output.contains("all access tokens become invalid"),
        "{output}"
    );
    let (public, private) = stored_key_ring(&tables.store).await;
    assert_eq!((public.version, public.keys.len(), private.keys.len()), (3, 2, 2));

    tables.refuse("GetItem");
    let (done, output) = run(&["list", "--table", "wishboard"]).await;
    assert!(
        !done && output.contains("The data can't be reached right now. Please try again in a moment: "),
        "{output}"
    );
    tables.refuse("");
    let (done, output) = run(&["list", "--table", "elsewhere"]).await;
    assert!(!done && output.contains("the table elsewhere-keys does not exist"), "{output}");
    for wrong in [&[][..], &["list", "--all"], &["rotate", "--table"], &["forget"]] {
        let (done, output) = run(wrong).await;
        assert!(!done && output.contains("Usage: cargo xtask keys"), "{output}");
    }
}

#[test]
fn keys_of_this_machine_are_for_when_no_server_runs() {
    let folder = TempFolder::new();
    let run = |arguments: &[&str]| {
        let output = keys(arguments).env("WISHBOARD_DATA", &folder.0).output().unwrap();
        (output.status.success(), printed(&output))
    };
    let (done, output) = run(&["list"]);
    assert!(!done && output.contains("there is no database in"), "{output}");
    assert!(std::fs::read_dir(&folder.0).unwrap().next().is_none(), "and none is made");
    let local = LocalServer::start(&folder.0);
    let (done, output) = run(&["rotate"]);
    assert!(!done && output.contains("a running Wishboard uses the database in"), "{output}");
    drop(local);
    let (done, output) = run(&["rotate"]);
    assert!(done && output.contains("may reject new tokens"), "the next key is new: {output}");
}
