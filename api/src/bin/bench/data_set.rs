//! A database in a folder, with users and any number of posts.

use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

use api::AppState;
use api::auth::password_hash::PasswordHasher;
use api::auth::session;
use api::clock::Clock;
use api::config::Config;
use api::local::dynamodb_engine::Engine;
use api::signing_keys::rotation;
use api::store::Store;
use api::store::sessions::UserAgent;
use api::store::users::User;
use aws_sdk_dynamodb::Client;
use dynoxide::{Database, ImportOptions};
use jiff::{SignedDuration, Timestamp};
use shared::messages::Message;
use shared::users::{Password, PublicUser};
use shared::wishes::Wish;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::Result;
use crate::bulk_import::ItemCollector;

/// The password of all users.
pub const PASSWORD: &str = "three otters share a boat";

/// The number of users.
pub const USERS: usize = 64;

/// How many of the users have written all the posts, in turn. So the newest page has as many authors.
const AUTHORS: usize = 8;

/// The number of posts that are written in one transaction.
const IMPORT_BATCH: usize = 10_000;

/// The number of tasks that make the items of a batch.
const IMPORT_TASKS: usize = 4;

const TABLE: &str = "wishboard";

/// An open database. One half of its posts are messages, the other half are wishes.
pub struct DataSet {
    folder: PathBuf,
    database: Database,
    shards: u32,
    /// The number of posts.
    posts: usize,
}

impl DataSet {
    /// Creates a database with [`USERS`] users and no posts.
    pub async fn create(folder: &Path, shards: u32) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let data = Self::open(folder.to_owned(), shards, 0)?;
        let store = data.store(data.engine().client());
        store.create_tables().await?;
        let (public, private) = rotation::first_key_ring(Timestamp::now())?;
        store.create_key_ring(&public, &private).await?;
        let password = Password::parse(PASSWORD)?;
        let password_hash = PasswordHasher::default().hash("password", &password, ["", ""]).await?;
        for number in 0..USERS {
            let user = user(number, &password_hash);
            let (session, _) = session::create(&user, UserAgent::default(), user.created_at)?;
            store.sign_up(&user, &session, None).await?;
        }
        Ok(data)
    }

    /// Opens a database that [`create`](Self::create) has created and that contains this number of posts.
    pub fn open(folder: PathBuf, shards: u32, posts: usize) -> Result<Self> {
        let database = Database::new(&folder.join("wishboard.db").to_string_lossy())?;
        Ok(Self { folder, database, shards, posts })
    }

    /// Closes the database and returns its folder.
    pub fn close(self) -> PathBuf {
        self.folder
    }

    pub fn engine(&self) -> Engine {
        Engine::from(self.database.clone())
    }

    pub fn shards(&self) -> u32 {
        self.shards
    }

    pub fn posts(&self) -> usize {
        self.posts
    }

    /// Returns the state of an API that uses this database through the client.
    pub fn app_state(&self, client: Client) -> Result<AppState> {
        let config = Config::from_env()?.listening_on(([127, 0, 0, 1], 3000).into());
        let config =
            Config { shards: self.shards, table: TABLE.to_owned(), limit_factor: 1_000_000, ..config };
        Ok(AppState::new(config, self.store(client), Clock::default()))
    }

    fn store(&self, client: Client) -> Store {
        Store::new(client, TABLE, self.shards)
    }

    /// Adds posts until there are `total`, and prints the progress.
    pub async fn add_posts(&mut self, total: usize) -> Result<()> {
        self.database.enable_bulk_loading()?;
        while self.posts < total {
            let end = total.min(self.posts + IMPORT_BATCH);
            let items = self.post_items(self.posts..end).await?;
            self.database.import_items(TABLE, items, ImportOptions::default())?;
            self.posts = end;
            eprint!("\r{end} of {total} posts, {} shards ", self.shards);
            std::io::stderr().flush()?;
        }
        eprintln!();
        Ok(self.database.disable_bulk_loading()?)
    }

    /// Returns the items of posts, as the store writes them.
    async fn post_items(&self, numbers: Range<usize>) -> Result<Vec<dynoxide::Item>> {
        let collector = ItemCollector::default();
        let store = self.store(collector.client(self.engine()));
        let mut tasks = JoinSet::new();
        for task in 0..IMPORT_TASKS {
            let (store, numbers) = (store.clone(), numbers.clone().skip(task).step_by(IMPORT_TASKS));
            tasks.spawn(async move {
                for number in numbers {
                    create_post(&store, number).await?;
                }
                Result::Ok(())
            });
        }
        while let Some(finished) = tasks.join_next().await {
            finished??;
        }
        Ok(collector.take())
    }
}

/// Returns the username of a user.
pub fn username(number: usize) -> String {
    format!("load{number}")
}

fn user(number: usize, password_hash: &str) -> User {
    User {
        username: username(number),
        name: format!("Load {number}"),
        password_hash: Some(password_hash.to_owned()),
        generation: 1,
        created_at: first_time(),
        known_devices: Default::default(),
    }
}

/// Creates a post: a message if the number is even, otherwise a wish. Each post is a second newer than the one before.
///
/// The ids are ascending, because the engine stores ascending keys several times faster than random ones. Lists do not
/// depend on this: they read an index that is sorted by time.
async fn create_post(store: &Store, number: usize) -> Result<()> {
    let (id, author) = (Uuid::from_u128(number as u128), number / 2 % AUTHORS);
    let author = PublicUser { username: username(author), name: format!("Load {author}") };
    let created_at = first_time() + SignedDuration::from_secs(i64::try_from(number)?);
    let (request_hash, now) = ("0".repeat(43), Timestamp::now());
    if number.is_multiple_of(2) {
        let body = "a message of the usual length in words. ".repeat(4);
        let message = Message {
            id: id.to_string(),
            author,
            body,
            created_at: created_at.into(),
            edited_at: None,
            version: 1,
        };
        store.create_post(id, message, request_hash, now).await?;
    } else {
        let wish = Wish {
            id: id.to_string(),
            owner: author,
            name: "A second-hand cello".to_owned(),
            description: "Any age, as long as it can be mended. ".repeat(3),
            url: Some("https://example.com/instruments/cello".to_owned()),
            received: false,
            created_at: created_at.into(),
            version: 1,
        };
        store.create_post(id, wish, request_hash, now).await?;
    }
    Ok(())
}

/// Returns the time of the first post, in January 2026.
fn first_time() -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(1_767_225_600)
}
