//! The program `keys`, which lists and rotates the signing keys.

use std::process::{Command, Output};

use crate::support::dynamodb_server::DynamoDbServer;
use crate::support::key_ring::{stored_key_ring, test_key_ring};
use crate::support::local_server::{LocalServer, store_key_ring};
use crate::support::temp_folder::TempFolder;

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keys"));
    command.args(arguments);
    command
}

/// Returns whether the program succeeded, and what it printed. Checks that it printed no private key.
fn result(output: &Output) -> (bool, String) {
    let text = [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat();
    assert!(!text.contains("PRIVATE") && text.lines().all(|line| line.len() < 200), "{text}");
    (output.status.success(), text)
}

/// Runs the program on the tables of a DynamoDB server.
async fn run(database: &DynamoDbServer, arguments: &[&str]) -> (bool, String) {
    let mut command = command(arguments);
    command.env("AWS_ACCESS_KEY_ID", "x").env("AWS_SECRET_ACCESS_KEY", "x");
    command.env("AWS_REGION", "us-east-1").env("AWS_ENDPOINT_URL", &database.url);
    result(&tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap())
}

#[tokio::test]
async fn the_keys_of_a_table_are_listed_and_rotated() {
    let database = DynamoDbServer::start().await;
    let first = test_key_ring().0.clone();
    let (succeeded, output) = run(&database, &["list", "--table", "wishboard"]).await;
    assert!(succeeded, "{output}");
    assert!(output.contains(&format!("{}  current (began to sign", first.current)), "{output}");
    assert!(output.contains(&format!("{}  next (published", first.next)), "{output}");
    assert_eq!(stored_key_ring(&database.store).await.0.version, 1, "listing the keys changes nothing");

    let (succeeded, output) = run(&database, &["rotate", "--table", "wishboard"]).await;
    assert!(succeeded, "{output}");
    let current = format!("{}  current (began to sign 0 minutes ago", first.next);
    assert!(output.contains(&current), "{output}");
    assert!(output.contains(&format!("{}  retired 0 minutes ago", first.current)), "{output}");

    let (succeeded, output) = run(&database, &["rotate", "--all", "--table", "wishboard"]).await;
    assert!(succeeded && !output.contains(&first.next), "{output}");
    assert!(output.contains("all access tokens become invalid"), "{output}");
    let (public, private) = stored_key_ring(&database.store).await;
    assert_eq!((public.version, public.keys.len(), private.keys.len()), (3, 2, 2));
}

/// The policy of the table denies all other roles and users access to its items.
#[tokio::test]
async fn the_items_of_a_table_are_requested_with_the_break_glass_role() {
    let database = DynamoDbServer::start().await;
    database.take_requests();
    let (succeeded, output) = run(&database, &["rotate", "--table", "wishboard"]).await;
    assert!(succeeded, "{output}");
    // The engine's account, and its name for a region.
    let role = "arn:aws:iam::000000000000:role/wishboard-dynoxide-break-glass";
    assert_eq!(database.take_assumed_role().as_deref(), Some(role));
    let requests = database.take_requests();
    assert_eq!(requests[0], ("DescribeTable".to_owned(), false));
    assert!(requests.len() > 2 && requests[1..].iter().all(|(_, uses_role)| *uses_role), "{requests:?}");

    database.fail_operation("AssumeRole");
    let (succeeded, output) = run(&database, &["list", "--table", "wishboard"]).await;
    assert!(!succeeded && output.contains("may not assume it (sts:AssumeRole)"), "{output}");
    assert_eq!(database.take_requests(), [("DescribeTable".to_owned(), false)]);
}

#[tokio::test]
async fn failures_and_wrong_arguments_are_explained() {
    let database = DynamoDbServer::start().await;
    database.fail_operation("GetItem");
    let (succeeded, output) = run(&database, &["list", "--table", "wishboard"]).await;
    assert!(!succeeded, "{output}");
    assert!(
        output.contains("The data can't be reached right now. Please try again in a moment: "),
        "{output}"
    );
    database.fail_operation("");
    let (succeeded, output) = run(&database, &["list", "--table", "elsewhere"]).await;
    assert!(!succeeded && output.contains("the table elsewhere-keys does not exist"), "{output}");
    for wrong in [&[][..], &["list", "--all"], &["rotate", "--table"], &["forget"]] {
        let (succeeded, output) = run(&database, wrong).await;
        assert!(!succeeded && output.contains("Usage: cargo xtask keys"), "{output}");
    }
}

#[tokio::test]
async fn the_keys_of_the_local_database_are_rotated_only_if_no_server_runs() {
    let folder = TempFolder::new();
    let run = |arguments: &[&str]| {
        result(&command(arguments).env("WISHBOARD_DATA", folder.path()).output().unwrap())
    };
    let (succeeded, output) = run(&["list"]);
    assert!(!succeeded && output.contains("there is no database in"), "{output}");
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "no database is created");
    store_key_ring(folder.path()).await;
    let server = LocalServer::start(folder.path());
    let (succeeded, output) = run(&["rotate"]);
    assert!(!succeeded && output.contains("a running Wishboard uses the database in"), "{output}");
    drop(server);
    let (succeeded, output) = run(&["rotate"]);
    assert!(succeeded, "{output}");
    assert!(output.contains("may reject new tokens"), "the next key was published just now: {output}");
}
