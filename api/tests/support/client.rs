//! An HTTP client that sends the same headers with each request.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Body, Client, Method, RequestBuilder};
use serde_json::{Value, json};

use super::{PASSWORD, Reply, openapi};

/// Sends requests to one server, each with the same headers. Follows no redirects and stores no cookies.
#[derive(Clone)]
pub struct TestClient {
    url: String,
    http: Client,
    headers: HeaderMap,
}

impl TestClient {
    /// Returns a client that is not logged in.
    pub fn new(url: &str) -> Self {
        // The server closes connections that are idle for 10 seconds.
        let idle_timeout = Duration::from_secs(5);
        let http =
            Client::builder().redirect(Policy::none()).pool_idle_timeout(idle_timeout).build().unwrap();
        Self { url: url.to_owned(), http, headers: HeaderMap::new() }
    }

    /// Adds a header. The value need not be UTF-8.
    pub fn with(&self, name: &str, value: impl AsRef<[u8]>) -> Self {
        let mut client = self.clone();
        let value = HeaderValue::from_bytes(value.as_ref()).unwrap();
        client.headers.append(name.parse::<HeaderName>().unwrap(), value);
        client
    }

    /// Removes all headers with this name.
    pub fn without(&self, name: &str) -> Self {
        let mut client = self.clone();
        client.headers.remove(name);
        client
    }

    /// Adds the access token and the session cookie of a response to a sign-up or login.
    pub fn with_credentials(&self, reply: &Reply) -> Self {
        self.with("authorization", format!("Bearer {}", reply.token())).with("cookie", reply.cookie())
    }

    /// Replaces the access token.
    pub fn with_token(&self, token: &str) -> Self {
        self.without("authorization").with("authorization", format!("Bearer {token}"))
    }

    /// Replaces the `If-Match` header with the entity tag of this version.
    pub fn if_match(&self, version: u64) -> Self {
        self.without("if-match").with("if-match", format!("\"{version}\""))
    }

    /// Returns the access token.
    pub fn token(&self) -> &str {
        self.headers["authorization"].to_str().unwrap().strip_prefix("Bearer ").unwrap()
    }

    /// Returns the `Cookie` header.
    pub fn cookie(&self) -> &str {
        self.headers["cookie"].to_str().unwrap()
    }

    /// Signs up with the password [`PASSWORD`]. The display name is the username in capital letters.
    pub async fn sign_up(&self, username: &str) -> Self {
        let sign_up = json!({"username": username, "password": PASSWORD, "name": username.to_uppercase()});
        let reply = self.post("/api/signup", sign_up).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        self.with_credentials(&reply)
    }

    /// Logs in with the password [`PASSWORD`].
    pub async fn log_in(&self, username: &str) -> Self {
        let reply = self.try_log_in(username, PASSWORD).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        self.with_credentials(&reply)
    }

    /// Sends a login, which may fail.
    pub async fn try_log_in(&self, username: &str, password: &str) -> Reply {
        self.post("/api/login", json!({"username": username, "password": password})).await
    }

    /// Sends a login with a wrong password.
    pub async fn log_in_with_wrong_password(&self, username: &str) -> Reply {
        self.try_log_in(username, "not the password").await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, |request| request).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, |request| request.json(&body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PATCH, path, |request| request.json(&body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PUT, path, |request| request.json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, |request| request).await
    }

    /// Sends a form as a browser without JavaScript does.
    pub async fn submit_form(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send_body(Method::POST, path, FORM, form).await
    }

    /// Sends a body of any media type.
    pub async fn send_body(
        &self,
        method: Method,
        path: &str,
        media_type: &str,
        body: impl Into<Body>,
    ) -> Reply {
        self.send(method, path, |request| request.header(CONTENT_TYPE, media_type).body(body)).await
    }

    /// Sends a request that `build` has completed.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        build: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Reply {
        self.try_send(method, path, build).await.unwrap()
    }

    /// As [`send`](Self::send), but returns an error if the server does not respond, for example because it was killed.
    pub async fn try_send(
        &self,
        method: Method,
        path: &str,
        build: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> reqwest::Result<Reply> {
        let request =
            self.http.request(method.clone(), format!("{}{path}", self.url)).headers(self.headers.clone());
        let reply = Reply::read(build(request).send().await?).await?;
        openapi::assert_documented(method.as_str(), path, &reply);
        Ok(reply)
    }

    /// Returns the texts on the first page of the message board.
    pub async fn messages(&self) -> Vec<String> {
        let reply = self.get("/api/messages").await;
        assert_eq!(reply.status, 200, "{reply:?}");
        let messages = reply.body["messages"].as_array().unwrap();
        messages.iter().map(|message| message["body"].as_str().unwrap().to_owned()).collect()
    }

    /// Creates a post and returns its path.
    pub async fn create_post(&self, list: &str, new: &Value) -> String {
        let reply = self.post(list, new.clone()).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        format!("{list}/{}", reply.body["id"].as_str().unwrap())
    }

    /// Returns the user's sessions as the API lists them.
    pub async fn sessions(&self) -> Vec<Value> {
        let reply = self.get("/api/me/sessions").await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.body["sessions"].as_array().unwrap().clone()
    }

    /// Returns the id of the session that this client uses.
    pub async fn session_id(&self) -> String {
        let sessions = self.sessions().await;
        let own = sessions.iter().find(|session| session["current"] == true).unwrap();
        own["id"].as_str().unwrap().to_owned()
    }

    /// Checks that neither the access token nor the cookie is accepted any more.
    pub async fn assert_session_has_ended(&self) {
        self.get("/api/me").await.assert_problem(401, "not-logged-in");
        self.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
    }
}

/// The media type of HTML forms.
pub const FORM: &str = "application/x-www-form-urlencoded";
