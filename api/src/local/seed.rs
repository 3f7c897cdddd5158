//! Demo data: users with messages and wishes, for `cargo xtask serve --demo`.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use shared::messages::Message;
use shared::users::{Password, PublicUser, Username};
use shared::wishes::Wish;
use uuid::Uuid;

use crate::AppState;
use crate::auth::session;
use crate::store::sessions::UserAgent;
use crate::store::users::User;
use crate::web::error::{Error, Result};

/// The password of all demo users. It is public.
pub const PASSWORD: &str = "three otters share a boat";

/// The username of the first demo user, to log in with.
pub const USERNAME: &str = MIRA.username;

/// A demo user.
struct DemoUser {
    username: &'static str,
    name: &'static str,
}

/// A message of a demo user.
struct DemoMessage {
    author: DemoUser,
    minutes_ago: i64,
    body: &'static str,
}

/// A wish of a demo user.
struct DemoWish {
    owner: DemoUser,
    minutes_ago: i64,
    name: &'static str,
    description: &'static str,
    url: Option<&'static str>,
    received: bool,
}

const MIRA: DemoUser = DemoUser { username: "mira", name: "Mira Okafor" };
const JONAS: DemoUser = DemoUser { username: "jonas", name: "Jonas Lindqvist" };
const NOOR: DemoUser = DemoUser { username: "noor", name: "Noor Haddad" };
const TEO: DemoUser = DemoUser { username: "teo", name: "Teo Álvarez 🪁" };
const USERS: [DemoUser; 4] = [MIRA, JONAS, NOOR, TEO];

const MESSAGES: [DemoMessage; 7] = [
    DemoMessage { author: NOOR, minutes_ago: 7_300, body: "Hello! Is this our new message board?" },
    DemoMessage { author: MIRA, minutes_ago: 7_250, body: "It is. Welcome, Noor!" },
    DemoMessage {
        author: JONAS,
        minutes_ago: 4_320,
        body: "Grandma turns 80 on the 14th. I put the things she mentioned on my list, so that we don't all give her the same kettle.",
    },
    DemoMessage {
        author: TEO,
        minutes_ago: 1_500,
        body: "Who has a ladder? The kite is in the plum tree.\n\nAgain.",
    },
    DemoMessage { author: MIRA, minutes_ago: 1_470, body: "I do. Coming over after lunch." },
    DemoMessage {
        author: NOOR,
        minutes_ago: 190,
        body: "The bread from Saturday, for those who asked:\n500 g flour, 350 g water, 10 g salt, a spoon of yesterday's dough, and a whole night.",
    },
    DemoMessage {
        author: JONAS,
        minutes_ago: 12,
        body: "Skating on Sunday? The lake should hold by then. I have two pairs to lend.",
    },
];

const WISHES: [DemoWish; 8] = [
    DemoWish {
        owner: MIRA,
        minutes_ago: 6_000,
        name: "A second-hand cello",
        description: "Any age, as long as it can be mended.",
        url: None,
        received: false,
    },
    DemoWish {
        owner: MIRA,
        minutes_ago: 5_900,
        name: "Climbing shoes, 39",
        description: "Worn ones are fine.",
        url: Some("https://example.com/shoes/39"),
        received: false,
    },
    DemoWish {
        owner: MIRA,
        minutes_ago: 9_000,
        name: "A bird feeder",
        description: "",
        url: None,
        received: true,
    },
    DemoWish {
        owner: JONAS,
        minutes_ago: 4_310,
        name: "A kettle that whistles",
        description: "For Grandma: the red one, not the blue one.",
        url: Some("https://example.org/kettles?colour=red"),
        received: false,
    },
    DemoWish {
        owner: JONAS,
        minutes_ago: 4_300,
        name: "Large-print crosswords",
        description: "",
        url: None,
        received: true,
    },
    DemoWish {
        owner: NOOR,
        minutes_ago: 2_000,
        name: "A proofing basket",
        description: "Oval, for one kilo of dough.",
        url: None,
        received: false,
    },
    DemoWish {
        owner: TEO,
        minutes_ago: 1_490,
        name: "A longer ladder",
        description: "See the plum tree.",
        url: None,
        received: false,
    },
    DemoWish {
        owner: TEO,
        minutes_ago: 800,
        name: "Kite string, 200 m",
        description: "",
        url: Some("https://example.net/string"),
        received: false,
    },
];

/// Creates the demo users and their posts, unless a demo user exists already. Returns whether [`USERNAME`] can log in
/// with [`PASSWORD`].
///
/// # Errors
/// `Unavailable` if the database does not respond.
pub async fn insert_demo_data(state: &AppState) -> Result<bool> {
    let now = state.clock.now();
    match insert_users(state, now).await {
        Ok(()) => {}
        // The demo data exists, or a real user has one of the usernames.
        Err(Error::UsernameTaken) => return demo_user_exists(state).await,
        Err(error) => return Err(error),
    }
    for message in MESSAGES {
        insert_message(state, message, now).await?;
    }
    for wish in WISHES {
        insert_wish(state, wish, now).await?;
    }
    Ok(true)
}

async fn insert_users(state: &AppState, now: Timestamp) -> Result<()> {
    let password = Password::parse(PASSWORD).map_err(Error::internal)?;
    let password_hash = state.password_hasher.hash("password", &password, ["", ""]).await?;
    for DemoUser { username, name } in USERS {
        let user = User {
            username: username.to_owned(),
            name: name.to_owned(),
            password_hash: Some(password_hash.clone()),
            generation: 1,
            created_at: now - SignedDuration::from_hours(24 * 14),
            known_devices: BTreeMap::new(),
        };
        let (session, _) = session::create(&user, UserAgent::default(), now)?;
        state.store.sign_up(&user, &session, None).await?;
        state.store.end_sessions(&[&session.sid]).await?;
    }
    Ok(())
}

async fn insert_message(state: &AppState, demo: DemoMessage, now: Timestamp) -> Result<()> {
    let id = Uuid::new_v4();
    let message = Message {
        id: id.to_string(),
        author: demo.author.into(),
        body: demo.body.to_owned(),
        created_at: (now - SignedDuration::from_mins(demo.minutes_ago)).into(),
        edited_at: None,
        version: 1,
    };
    state.store.create_post(id, message, String::new(), now).await.map(drop)
}

async fn insert_wish(state: &AppState, demo: DemoWish, now: Timestamp) -> Result<()> {
    let id = Uuid::new_v4();
    let wish = Wish {
        id: id.to_string(),
        owner: demo.owner.into(),
        name: demo.name.to_owned(),
        description: demo.description.to_owned(),
        url: demo.url.map(str::to_owned),
        received: demo.received,
        created_at: (now - SignedDuration::from_mins(demo.minutes_ago)).into(),
        version: 1,
    };
    state.store.create_post(id, wish, String::new(), now).await.map(drop)
}

impl From<DemoUser> for PublicUser {
    fn from(DemoUser { username, name }: DemoUser) -> Self {
        Self { username: username.to_owned(), name: name.to_owned() }
    }
}

/// Returns whether the user [`USERNAME`] has the password [`PASSWORD`].
async fn demo_user_exists(state: &AppState) -> Result<bool> {
    let Ok(username) = Username::parse(USERNAME) else { return Ok(false) };
    let user = state.store.find_user(&username).await?;
    let password_hash = user.as_ref().and_then(|user| user.password_hash.as_deref());
    state.password_hasher.verify(PASSWORD, password_hash).await
}
