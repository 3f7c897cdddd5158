//! What `cargo xtask keys` runs: shows the key ring of a table, or changes it. Never shows a private
//! half.

use std::process::ExitCode;

use api::clock::Clock;
use api::config::Config;
use api::lambda;
use api::local::dynamodb::{OpenDatabase, OpenError};
use api::signing_keys::rotation;
use api::signing_keys::rotation::{Change, State};
use api::store::Store;
use api::store::key_ring::PublicKeyRing;
use api::web::error::Error;
use jiff::{SignedDuration, Timestamp};

const USAGE: &str = "\
Usage: cargo xtask keys list [--table NAME]
       cargo xtask keys rotate [--all] [--table NAME]

  list      the keys, what each is for, and since when
  rotate    the next key signs from now on, and a new next one is made
  --all     every key is replaced at once: for keys that may have leaked
  --table   a table in AWS, or wherever AWS_ENDPOINT_URL points; else the local data";

/// After this long everybody has the key that signs next.
const API_GATEWAY_CACHE_TIME: SignedDuration = SignedDuration::from_hours(2);

type BoxError = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &[&str]) -> Result<(), BoxError> {
    let (order, table) = match arguments {
        [order @ .., "--table", table] => (order, Some(*table)),
        [first, "--table", table, rest @ ..] => (&[&[*first], rest].concat()[..], Some(*table)),
        order => (order, None),
    };
    let change = match order {
        ["list"] => None,
        ["rotate"] => Some(Change::Promote),
        ["rotate", "--all"] => Some(Change::ReplaceAll),
        _ => return Err(USAGE.into()),
    };
    let config = Config::from_env()?;
    match table {
        Some(table) => {
            let config = Config { table: table.to_owned(), ..config };
            run_on(&lambda::store(&config).await, change).await.map_err(|error| aws_error(&error, table))
        }
        None => {
            let folder = open_database(&config)?;
            let store = Store::new(folder.client.clone(), &config.table, config.shards);
            run_on(&store, change).await.map_err(|error| error.chain().to_string().into())
        }
    }
}

async fn run_on(store: &Store, change: Option<Change>) -> Result<(), Error> {
    let now = Clock::default().now();
    let Some(before) = store.public_key_ring().await? else {
        println!("There are no keys yet: Wishboard makes them when it starts.");
        return Ok(());
    };
    let Some(change) = change else {
        print_ring(&before, now);
        return Ok(());
    };
    rotation::apply(store, change, now).await?;
    if let Some(after) = store.public_key_ring().await? {
        print_ring(&after, now);
    }
    print_change(change, &before, now);
    Ok(())
}

fn print_ring(ring: &PublicKeyRing, now: Timestamp) {
    for (kid, key) in &ring.keys {
        let published = describe_age(Some(key.published_at), now);
        match rotation::state(ring, kid, now) {
            State::Current => {
                let began = describe_age(Some(rotation::since(key)), now);
                println!("{kid}  signs (began {began}, published {published})");
            }
            State::Next => println!("{kid}  signs next (published {published})"),
            State::Old => {
                let ended = describe_age(key.retired_at, now);
                println!("{kid}  signs no more (ended {ended}); its last tokens still count");
            }
            State::Dead => println!("{kid}  counts no more; goes with the next change"),
        }
    }
}

fn print_change(change: Change, before: &PublicKeyRing, now: Timestamp) {
    let next = before.keys.get(&before.next);
    let is_known = next.is_some_and(|next| now.duration_since(next.published_at) >= API_GATEWAY_CACHE_TIME);
    if change == Change::ReplaceAll {
        println!(
            "Within a minute no access token counts any more. Sessions go on: each gets new tokens by itself."
        );
    } else {
        println!("Within a minute everybody signs with it. Nobody is logged out.");
    }
    if change == Change::ReplaceAll || !is_known {
        println!(
            "A JWT authorizer of API Gateway keeps keys for two hours: until then it may refuse the new tokens."
        );
    }
}

/// How long ago, in one unit.
fn describe_age(time: Option<Timestamp>, now: Timestamp) -> String {
    let Some(time) = time else { return "an unknown time".to_owned() };
    let minutes = now.duration_since(time).as_mins();
    let (number, unit) = match minutes {
        ..120 => (minutes.max(0), "minute"),
        120..2880 => (minutes / 60, "hour"),
        _ => (minutes / 1440, "day"),
    };
    format!("{number} {unit}{} ago", if number == 1 { "" } else { "s" })
}

fn open_database(config: &Config) -> Result<OpenDatabase, BoxError> {
    let folder = config.data.display();
    if !config.data.join("wishboard.db").exists() {
        return Err(format!("there is no data in {folder} yet: Wishboard makes it when it starts").into());
    }
    OpenDatabase::open(&config.data).map_err(|error| match error {
        OpenError::InUse(_) => {
            format!("a Wishboard is running on the data in {folder}: end it, then try again").into()
        }
        error => error.into(),
    })
}

/// What is most likely meant by what AWS says.
fn aws_error(error: &Error, table: &str) -> BoxError {
    let said = error.chain().to_string();
    if said.contains("ResourceNotFoundException") {
        return format!("there is no table {table}-keys here: is the name right, and the region?").into();
    }
    if said.contains("loading credentials") {
        let how = "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
        return format!("there are no AWS credentials that work: {how}").into();
    }
    if said.contains("missing signing region") {
        return "there is no region to look in: set AWS_REGION".into();
    }
    // After its sentence, an error of the SDK shows all its insides.
    let insides =
        ["(ConstructionFailure(", "(DispatchFailure(", "(ResponseError(", "(ServiceError(", "(TimeoutError("];
    let end = insides.iter().filter_map(|start| said.find(start)).min().unwrap_or(said.len());
    said[..end].trim_end().into()
}
