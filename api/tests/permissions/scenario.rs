//! An API with one client of each kind, and the posts and sessions of users.

use api::auth::access_token;
use api::signing_keys::key_ring::KeyRing;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::clients::{ANOTHER_USER, Client, ClientKind, DELETED_USER, OWNER};
use crate::support::database::Contents;
use crate::support::entry_point::EntryPoint;
use crate::support::gateway::GatewayRequest;
use crate::support::identity_provider::{IdentityProvider, sign_token, token_header};
use crate::support::{PASSWORD, Reply, sign_up_body};

/// More than the lifetime of an access token and the accepted difference of clocks.
const EXPIRED_TOKEN_AGE: SignedDuration = SignedDuration::from_mins(15);

/// An API and its clients.
pub struct Scenario {
    pub entry_point: EntryPoint,
    /// One client of each kind, in the order of [`ClientKind`].
    pub clients: [Client; 8],
    /// The database before each request.
    pub contents: Contents,
    /// The id of a message, a wish and a session of the owner.
    owned_ids: [String; 3],
}

impl Scenario {
    /// Creates the clients with requests to the API. Only the expired token, and the session of the deleted user, are
    /// created without one.
    pub async fn new(entry_point: EntryPoint, provider: &IdentityProvider) -> Self {
        let api = &entry_point;
        let owner = sign_up(api, ClientKind::Owner, OWNER).await;
        let old_generation = log_in(api, ClientKind::OldGeneration).await;
        request(api, &owner, "DELETE", "/api/me/sessions", json!({})).await;
        let ended_session = log_in(api, ClientKind::EndedSession).await;
        request(api, &ended_session, "POST", "/api/logout", json!({})).await;
        let expired_token = with_expired_token(api, log_in(api, ClientKind::ExpiredToken).await).await;
        let other_session = log_in(api, ClientKind::Owner).await.sid().unwrap();
        let another_user = sign_up(api, ClientKind::AnotherUser, ANOTHER_USER).await;
        let external_user = external_user(api, provider).await;
        let [message, wish] = create_posts(api, &owner).await;
        create_posts(api, &another_user).await;
        create_posts(api, &external_user).await;
        let deleted_user = delete_user(api).await;
        let clients = [
            Client::guest(),
            owner,
            another_user,
            expired_token,
            ended_session,
            deleted_user,
            old_generation,
            external_user,
        ];
        let contents = entry_point.database().contents();
        Self { entry_point, clients, contents, owned_ids: [message, wish, other_session] }
    }

    /// Returns the client of this kind.
    pub fn client(&self, kind: ClientKind) -> &Client {
        let client = &self.clients[kind as usize];
        assert_eq!(client.kind, kind);
        client
    }

    /// Returns the path of a route with the ids and the username of the owner.
    pub fn path(&self, route: &str) -> String {
        let [message, wish, session] = &self.owned_ids;
        let id = match route.rsplit_once('/') {
            Some(("/api/messages", "{id}")) => message,
            Some(("/api/wishes", "{id}")) => wish,
            Some(("/api/me/sessions", "{id}")) => session,
            _ => "",
        };
        let path = if id.is_empty() { route.to_owned() } else { route.replace("{id}", id) };
        let path = path.replace("{username}", OWNER);
        assert!(!path.contains('{'), "Scenario::path must return a path of the owner for {route}");
        path
    }

    /// Returns the items of a user, by their kind and id.
    pub fn items_of(&self, username: &str) -> impl Iterator<Item = (&str, &str)> {
        let owned = self.contents.iter().filter(move |(_, item)| owner(item) == username);
        owned.map(|((_, key), _)| key.split_once('#').unwrap())
    }

    /// Returns texts that identify a user: the username, and the ids of the user's sessions and posts.
    pub fn texts_of(&self, username: &str) -> impl Iterator<Item = &str> {
        self.items_of(username).map(|(_, id)| id)
    }
}

/// Returns the user to whom an item belongs.
pub fn owner(item: &Value) -> &str {
    let key = |name: &str| item[name]["S"].as_str();
    let user = key("owner").or(key("pk")).and_then(|key| key.strip_prefix("user#"));
    user.or(key("username")).unwrap_or_default()
}

/// Sends a request that must succeed.
async fn request(api: &EntryPoint, client: &Client, method: &'static str, path: &str, body: Value) -> Reply {
    let reply = api.send(&client.authenticate(GatewayRequest::new(method, path).json(&body))).await;
    assert!(reply.status < 300, "{reply:?}");
    reply
}

async fn sign_up(api: &EntryPoint, kind: ClientKind, username: &str) -> Client {
    let reply = request(api, &Client::guest(), "POST", "/api/signup", sign_up_body(username)).await;
    Client::logged_in(kind, &reply)
}

/// Creates another session of the owner.
async fn log_in(api: &EntryPoint, kind: ClientKind) -> Client {
    let login = json!({"username": OWNER, "password": PASSWORD});
    Client::logged_in(kind, &request(api, &Client::guest(), "POST", "/api/login", login).await)
}

/// Creates a message and a wish, and returns their ids.
async fn create_posts(api: &EntryPoint, author: &Client) -> [String; 2] {
    let message = json!({"body": format!("message of {}", author.username)});
    let message = request(api, author, "POST", "/api/messages", message).await;
    let wish = json!({"name": format!("wish of {}", author.username)});
    let wish = request(api, author, "POST", "/api/wishes", wish).await;
    [message, wish].map(|reply| reply.body["id"].as_str().unwrap().to_owned())
}

async fn external_user(api: &EntryPoint, provider: &IdentityProvider) -> Client {
    let claims = provider.claims(api.store_and_clock().1.now());
    let token = Some(sign_token(&token_header("first"), &claims));
    let mut client = Client { kind: ClientKind::ExternalUser, token, ..Client::guest() };
    let me = request(api, &client, "GET", "/api/me", json!({})).await;
    client.username = me.body["username"].as_str().unwrap().to_owned();
    client
}

/// Replaces the access token with an expired one of the same session.
async fn with_expired_token(api: &EntryPoint, client: Client) -> Client {
    let (store, clock) = api.store_and_clock();
    let issued_at = clock.now() - EXPIRED_TOKEN_AGE;
    let key_ring = KeyRing::new(store, clock);
    let claims = client.claims().unwrap();
    let (issuer, sid) = (claims["iss"].as_str().unwrap(), claims["sid"].as_str().unwrap());
    let (token, _) = access_token::issue(&key_ring, issuer, OWNER, sid, issued_at).await.unwrap();
    Client { token: Some(token), ..client }
}

/// Deletes a user, and stores the session again, as if a login had created it at the same moment.
async fn delete_user(api: &EntryPoint) -> Client {
    let user = sign_up(api, ClientKind::DeletedUser, DELETED_USER).await;
    let sessions = api.database().items(&format!("session#{}", user.sid().unwrap()));
    request(api, &user, "POST", "/api/me/delete", json!({"password": PASSWORD})).await;
    for session in sessions.values() {
        api.database().put_item(session);
    }
    user
}
