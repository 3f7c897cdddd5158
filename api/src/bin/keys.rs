//! The program behind `cargo xtask keys`: lists or rotates the signing keys of a table. Never prints a private key.

use std::process::ExitCode;

use api::break_glass_role;
use api::clock::Clock;
use api::config::Config;
use api::local::database_file::{LocalDatabase, OpenError};
use api::signing_keys::rotation;
use api::signing_keys::rotation_schedule::{KeyRingChange, KeyState, key_state, signing_since};
use api::store::Store;
use api::store::key_ring::PublicKeyRing;
use api::web::error::Error;
use jiff::{SignedDuration, Timestamp};

const USAGE: &str = "\
Usage: cargo xtask keys list [--table NAME]
       cargo xtask keys rotate [--all] [--table NAME]

Commands:
  list      Show the state and the age of each signing key
  rotate    Sign with the next key from now on, and create a new next key

Options:
  --all     Replace all keys at once, because one may have leaked
  --table   Use this table in AWS, or at AWS_ENDPOINT_URL if that is set,
            with the role <NAME>-<region>-break-glass.
            Without this option, use the local database.";

/// How long a JWT authorizer of API Gateway caches the JWK Set: 2 hours ("Control access to HTTP APIs with JWT
/// authorizers", Amazon API Gateway Developer Guide).
const API_GATEWAY_CACHE_TIME: SignedDuration = SignedDuration::from_hours(2);

type BoxError = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &[&str]) -> Result<(), BoxError> {
    let (command, table) = match arguments {
        [command @ .., "--table", table] => (command, Some(*table)),
        [first, "--table", table, rest @ ..] => (&[&[*first], rest].concat()[..], Some(*table)),
        command => (command, None),
    };
    let change = match command {
        ["list"] => None,
        ["rotate"] => Some(KeyRingChange::Promote),
        ["rotate", "--all"] => Some(KeyRingChange::ReplaceAll),
        _ => return Err(USAGE.into()),
    };
    let config = Config::from_env()?;
    match table {
        Some(table) => {
            let config = Config { table: table.to_owned(), ..config };
            let result =
                async { apply_and_print(&break_glass_role::open_store(&config).await?, change).await };
            result.await.map_err(|error| aws_error(&error, table))
        }
        None => {
            let database = open_database(&config)?;
            let store = Store::new(database.client.clone(), &config.table, config.shards);
            apply_and_print(&store, change).await.map_err(|error| error.chain().to_string().into())
        }
    }
}

/// Applies the change, if one is given, and prints the key ring.
async fn apply_and_print(store: &Store, change: Option<KeyRingChange>) -> Result<(), Error> {
    let now = Clock::default().now();
    let Some(before) = store.read_public_key_ring().await? else {
        println!("There are no signing keys yet. Wishboard creates them when it starts.");
        return Ok(());
    };
    let Some(change) = change else {
        print_key_ring(&before, now);
        return Ok(());
    };
    rotation::apply(store, change, now).await?;
    if let Some(after) = store.read_public_key_ring().await? {
        print_key_ring(&after, now);
    }
    print_effects(change, &before, now);
    Ok(())
}

fn print_key_ring(key_ring: &PublicKeyRing, now: Timestamp) {
    for (kid, key) in &key_ring.keys {
        let published = describe_age(key.published_at, now);
        match key_state(key_ring, kid, now) {
            KeyState::Current => {
                let began = describe_age(signing_since(key), now);
                println!("{kid}  current (began to sign {began}, published {published})");
            }
            KeyState::Next => println!("{kid}  next (published {published})"),
            KeyState::Retired => {
                let retired = describe_age(key.retired_at.unwrap_or(now), now);
                println!("{kid}  retired {retired}; still verifies its last tokens");
            }
            KeyState::Expired => println!("{kid}  expired; will be removed with the next change"),
        }
    }
}

/// Tells the operator what a change of the key ring means for sessions and tokens.
fn print_effects(change: KeyRingChange, before: &PublicKeyRing, now: Timestamp) {
    let next = before.keys.get(&before.next);
    let is_known_to_gateways =
        next.is_some_and(|next| now.duration_since(next.published_at) >= API_GATEWAY_CACHE_TIME);
    if change == KeyRingChange::ReplaceAll {
        println!(
            "Within a minute, all access tokens become invalid. Sessions stay valid. Clients refresh their tokens."
        );
    } else {
        println!(
            "Within a minute, all processes sign with the new current key. Sessions and tokens stay valid."
        );
    }
    if change == KeyRingChange::ReplaceAll || !is_known_to_gateways {
        println!(
            "A JWT authorizer of API Gateway caches keys for two hours. It may reject new tokens until then."
        );
    }
}

/// Returns how long ago a time was, in whole minutes, hours or days.
fn describe_age(time: Timestamp, now: Timestamp) -> String {
    let minutes = now.duration_since(time).as_mins();
    let (number, unit) = match minutes {
        ..120 => (minutes.max(0), "minute"),
        120..2880 => (minutes / 60, "hour"),
        _ => (minutes / 1440, "day"),
    };
    format!("{number} {unit}{} ago", if number == 1 { "" } else { "s" })
}

fn open_database(config: &Config) -> Result<LocalDatabase, BoxError> {
    let folder = config.data_folder.display();
    if !config.data_folder.join("wishboard.db").exists() {
        return Err(
            format!("there is no database in {folder} yet; Wishboard creates it when it starts").into()
        );
    }
    LocalDatabase::open(&config.data_folder).map_err(|error| match error {
        OpenError::InUse(_) => {
            format!("a running Wishboard uses the database in {folder}; stop it and try again").into()
        }
        error => error.into(),
    })
}

/// Turns the most common AWS errors into sentences that say what to do.
fn aws_error(error: &Error, table: &str) -> BoxError {
    let message = error.chain().to_string();
    if message.contains("ResourceNotFoundException") {
        return format!("the table {table}-keys does not exist; check its name and the AWS region").into();
    }
    if message.contains("sts:AssumeRole") {
        let role = format!("the role {table}-<region>-break-glass");
        return format!("{role} does not exist, or these credentials may not assume it (sts:AssumeRole)")
            .into();
    }
    if message.contains("loading credentials") {
        let advice = "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
        return format!("there are no valid AWS credentials; {advice}").into();
    }
    if message.contains("missing signing region") {
        return "no AWS region is set; set AWS_REGION".into();
    }
    // The debug output of the SDK's error follows its message.
    let debug_outputs =
        ["(ConstructionFailure(", "(DispatchFailure(", "(ResponseError(", "(ServiceError(", "(TimeoutError("];
    let end = debug_outputs.iter().filter_map(|start| message.find(start)).min().unwrap_or(message.len());
    message[..end].trim_end().into()
}
