//! The users, sessions and posts that exist before each operation, and the API of one process.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::LazyLock;

use api::auth::client_address::ClientAddress;
use api::auth::known_device::DeviceSecrets;
use api::auth::password_hash::PasswordHasher;
use api::auth::{access_token, session};
use api::clock::Clock;
use api::config::Config;
use api::signing_keys::key_ring::KeyRing;
use api::store::Store;
use api::store::known_devices::KnownDevice;
use api::store::sessions::{Session, UserAgent};
use api::store::users::User;
use api::{AppState, routes};
use argon2::password_hash::{PasswordHasher as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use aws_sdk_dynamodb::Client;
use axum::http::HeaderValue;
use jiff::{SignedDuration, Timestamp};
use shared::messages::Message;
use shared::users::PublicUser;
use shared::wishes::Wish;
use tower::ServiceExt;
use uuid::Uuid;

use super::api_request::ApiRequest;
use crate::support::database::{Request, TestDatabase};
use crate::support::faulty_database::FaultyDatabase;
use crate::support::key_ring::create_tables_with_key_ring;
use crate::support::test_app::{clock_at_window_start, default_config};
use crate::support::{PASSWORD, Reply};

/// Posts that exist before each operation, and one that does not.
pub const ANNS_MESSAGE: Uuid = Uuid::from_u128(0x6f9619ff_8b86_4d01_b42d_000000000001);
pub const ANNS_WISH: Uuid = Uuid::from_u128(0x6f9619ff_8b86_4d01_b42d_000000000002);
pub const BOBS_MESSAGE: Uuid = Uuid::from_u128(0x6f9619ff_8b86_4d01_b42d_000000000003);
pub const DELETED_MESSAGE: Uuid = Uuid::from_u128(0x6f9619ff_8b86_4d01_b42d_000000000004);
pub const NEW_POST: Uuid = Uuid::from_u128(0x6f9619ff_8b86_4d01_b42d_000000000005);

/// The hash of the request that has created a post of this world. It matches no request.
const REQUEST_HASH: &str = "unknown";

/// The data of a world, which takes longer to create than to copy. Ann has two sessions and another one that has ended.
/// Bob has a message. Both have the password [`PASSWORD`].
pub struct Template {
    requests: Vec<Request>,
    config: Config,
    /// How far the clock is ahead of the system clock.
    clock_offset: SignedDuration,
    ann: Credentials,
    other: Credentials,
    ended: Credentials,
}

/// A database and the API of one process. Each operation gets a new one.
pub struct World {
    pub state: AppState,
    /// The TOKEN authorizer, which reads only the public half of the key ring.
    pub authorizer: AppState,
    /// A store without faults.
    pub store: Store,
    pub database: TestDatabase,
    pub faults: FaultyDatabase,
    pub ann: Credentials,
    pub other: Credentials,
    pub ended: Credentials,
}

/// What a client has after a login.
#[derive(Clone)]
pub struct Credentials {
    pub token: String,
    pub cookie: String,
    pub device_cookie: String,
    pub sid: String,
}

impl Template {
    pub async fn create() -> Self {
        let database = TestDatabase::new();
        let store = Store::new(database.client(), "wishboard", 1);
        create_tables_with_key_ring(&store).await;
        let clock = clock_at_window_start();
        let system_time = Timestamp::now();
        let clock_offset = clock.now().duration_since(system_time);
        let addr = SocketAddr::from((Ipv4Addr::LOCALHOST, 1));
        let config = default_config(addr).listening_on(addr);
        let state = AppState::new(config.clone(), store.clone(), clock);
        let [ann, other, ended] = create_users(&state, &store).await;
        Self { requests: database.take_requests(), config, clock_offset, ann, other, ended }
    }
}

impl World {
    pub async fn new(template: &Template) -> Self {
        let database = TestDatabase::new();
        database.replay(&template.requests);
        let faults = FaultyDatabase::new(database.engine());
        let store = Store::new(faults.client(), "wishboard", 1);
        let clock = Clock::default();
        clock.advance(template.clock_offset);
        let key_ring = KeyRing::public(store.clone(), clock.clone());
        key_ring.jwks().await.unwrap();
        let authorizer =
            AppState::with_key_ring(template.config.clone(), store.clone(), key_ring, clock.clone());
        let state = AppState::new(template.config.clone(), store, clock);
        state.key_ring.jwks().await.unwrap();
        let state = AppState { password_hasher: shared_password_hasher(), ..state };
        let store = Store::new(database.engine().client(), "wishboard", 1);
        let Template { ann, other, ended, .. } = template;
        let [ann, other, ended] = [ann, other, ended].map(Credentials::clone);
        Self { state, authorizer, store, database, faults, ann, other, ended }
    }

    /// Sends a request to the API and reads the response.
    pub async fn send(&self, request: ApiRequest) -> Reply {
        send(self.state.clone(), request).await
    }

    /// Returns the API of another process with the same clock and the database of this client.
    pub async fn start_process(&self, client: Client) -> AppState {
        let store = Store::new(client, "wishboard", 1);
        let config = Config::clone(&self.state.config);
        let state = AppState::new(config, store, self.state.clock.clone());
        state.key_ring.jwks().await.unwrap();
        AppState { password_hasher: shared_password_hasher(), ..state }
    }
}

/// Sends a request to the API of a process.
pub async fn send(state: AppState, request: ApiRequest) -> Reply {
    let mut request = request.into_http();
    request.extensions_mut().insert(ClientAddress::from(IpAddr::from(Ipv4Addr::LOCALHOST)));
    Reply::read_local(routes::router(state).oneshot(request).await.unwrap()).await
}

/// Uses the same threads in all tests.
fn shared_password_hasher() -> PasswordHasher {
    static HASHER: LazyLock<PasswordHasher> = LazyLock::new(PasswordHasher::default);
    HASHER.clone()
}

/// The hash of [`PASSWORD`], with parameters that are fast to verify.
pub fn fast_password_hash() -> &'static str {
    static HASH: LazyLock<String> = LazyLock::new(|| {
        let params = Params::new(Params::MIN_M_COST, 1, 1, None).unwrap();
        let salt = SaltString::encode_b64(&[7; 16]).unwrap();
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        argon2.hash_password(PASSWORD.as_bytes(), &salt).unwrap().to_string()
    });
    &HASH
}

async fn create_users(state: &AppState, store: &Store) -> [Credentials; 3] {
    let (mut ann, bob) = (user(state, "ann"), user(state, "bob"));
    let (first, first_session) = log_in(state, &mut ann).await;
    store.sign_up(&ann, &first_session, None).await.unwrap();
    let (other, other_session) = log_in(state, &mut ann).await;
    let device = KnownDevice { id: "other".to_owned(), last_login: 0 };
    store.log_in(&ann, &other_session, &device, None).await.unwrap();
    let ended = log_in(state, &mut ann).await.0;
    let bobs_session = session::create(&bob, UserAgent::default(), state.clock.now()).unwrap().0;
    store.sign_up(&bob, &bobs_session, None).await.unwrap();
    for (id, author) in [(ANNS_MESSAGE, &ann), (BOBS_MESSAGE, &bob), (DELETED_MESSAGE, &ann)] {
        create_message(store, id, author).await;
    }
    store.delete_post::<Message>(DELETED_MESSAGE, "ann", state.clock.now()).await.unwrap();
    create_wish(store, ANNS_WISH, &ann).await;
    [first, other, ended]
}

fn user(state: &AppState, username: &str) -> User {
    User {
        username: username.to_owned(),
        name: username.to_uppercase(),
        password_hash: Some(fast_password_hash().to_owned()),
        generation: 1,
        created_at: state.clock.now(),
        known_devices: Default::default(),
    }
}

/// Creates a session on a new known device, without storing it.
async fn log_in(state: &AppState, user: &mut User) -> (Credentials, Session) {
    let now = state.clock.now();
    let (device_secrets, device) = DeviceSecrets::default().make_known_for(user, now).unwrap();
    user.known_devices.insert(device.id, device.last_login);
    let (session, secret) = session::create(user, UserAgent::default(), now).unwrap();
    let issuer = &state.config.issuer;
    let issued = access_token::issue(&state.key_ring, issuer, &user.username, &session.sid, now).await;
    let credentials = Credentials {
        token: issued.unwrap().0,
        cookie: cookie_pair(&secret.set_cookie(state.config.mode)),
        device_cookie: cookie_pair(&device_secrets.set_cookie(state.config.mode)),
        sid: session.sid.clone(),
    };
    (credentials, session)
}

/// Returns `name=value` of a `Set-Cookie` header.
fn cookie_pair(set_cookie: &HeaderValue) -> String {
    set_cookie.to_str().unwrap().split(';').next().unwrap().to_owned()
}

async fn create_message(store: &Store, id: Uuid, author: &User) {
    let message = Message {
        id: id.to_string(),
        author: PublicUser { username: author.username.clone(), name: author.name.clone() },
        body: format!("by {}", author.username),
        created_at: "2026-01-01T00:00:00.000Z".to_owned().try_into().unwrap(),
        edited_at: None,
        version: 1,
    };
    store.create_post(id, message, REQUEST_HASH.to_owned(), Timestamp::now()).await.unwrap();
}

async fn create_wish(store: &Store, id: Uuid, owner: &User) {
    let wish = Wish {
        id: id.to_string(),
        owner: PublicUser { username: owner.username.clone(), name: owner.name.clone() },
        name: "Bicycle".to_owned(),
        description: String::new(),
        url: None,
        received: false,
        created_at: "2026-01-01T00:00:00.000Z".to_owned().try_into().unwrap(),
        version: 1,
    };
    store.create_post(id, wish, REQUEST_HASH.to_owned(), Timestamp::now()).await.unwrap();
}
