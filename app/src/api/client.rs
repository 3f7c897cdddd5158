//! Asking the API. Every request goes through here, and [`call`] is the interceptor: it stamps
//! the token, and after a 401 to a stamped request it refreshes the token once and tries once more.
//!
//! Never here: a token on a public read, a refresh for a guest, or a retry for another person.

use std::cell::RefCell;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use gloo_net::http::{Method, RequestBuilder, Response};
use js_sys::{Object, Promise, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::account::LoggedIn;
use shared::problem::{MEDIA_TYPE, Problem};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestCredentials};

use crate::json;
use crate::session::{Login, Session};

/// How long to wait for an answer, in milliseconds.
const PATIENCE: u32 = 15_000;

/// Why there is no answer, or not the one hoped for.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The API's own words.
    Problem(Problem),
    /// Nothing came back: no network, or no server.
    Offline,
    /// Nothing came back in time.
    Timeout,
    /// Too many tries: how many seconds to wait for the next; 0 where nobody says.
    TooOften(u32),
    /// The login has ended, and could not be renewed.
    Ended,
    /// The browser is logged in as another person by now, for whom this was not meant.
    SomebodyElse,
    /// What was to be changed was deleted meanwhile.
    Deleted,
    /// An answer that is not the API's, by its status: a gateway's, or a broken one.
    Other(u16),
}

impl Failure {
    /// The HTTP status, where there was an answer.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Problem(problem) => Some(problem.status),
            Self::TooOften(_) => Some(429),
            Self::Other(status) => Some(*status),
            _ => None,
        }
    }

    /// Whether the same request may well succeed later: nothing is wrong with it.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Offline | Self::Timeout => true,
            other => other.status().is_some_and(|status| status >= 500),
        }
    }

    /// Whether it is a login that is missing.
    pub fn needs_login(&self) -> bool {
        *self == Self::Ended || self.status() == Some(401)
    }
}

impl From<gloo_net::Error> for Failure {
    fn from(error: gloo_net::Error) -> Self {
        match error {
            gloo_net::Error::JsError(error) if error.name == "TimeoutError" => Self::Timeout,
            _ => Self::Offline,
        }
    }
}

/// A request that can be sent more than once.
pub struct Request {
    method: Method,
    path: String,
    header: Option<(&'static str, String)>,
    body: Option<String>,
}

impl Request {
    fn new(method: Method, path: &str) -> Self {
        Self { method, path: path.to_owned(), header: None, body: None }
    }

    /// Reads what only the person may see.
    pub fn get(path: &str) -> Self {
        Self::new(Method::GET, path)
    }

    /// Sends something new.
    pub fn post(path: &str, body: &impl Serialize) -> Self {
        Self::with(Method::POST, path, body)
    }

    /// Sends what takes the place of something.
    pub fn put(path: &str, body: &impl Serialize) -> Self {
        Self::with(Method::PUT, path, body)
    }

    /// Sends what is to change.
    pub fn patch(path: &str, body: &impl Serialize) -> Self {
        Self::with(Method::PATCH, path, body)
    }

    fn with(method: Method, path: &str, body: &impl Serialize) -> Self {
        Self { body: json::write(body), ..Self::new(method, path) }
    }

    /// Makes something, however often it is sent: the key is a UUID that belongs to this JSON.
    pub fn create(path: &str, key: String, json: String) -> Self {
        let header = Some(("Idempotency-Key", key));
        Self { header, body: Some(json), ..Self::new(Method::POST, path) }
    }

    /// Changes something, if it still has the version that the change was made from.
    pub fn edit(path: &str, version: u64, json: String) -> Self {
        let header = Some(("If-Match", format!("\"{version}\"")));
        Self { header, body: Some(json), ..Self::new(Method::PATCH, path) }
    }

    /// Removes something.
    pub fn delete(path: &str) -> Self {
        Self::new(Method::DELETE, path)
    }

    fn send(&self, login: Option<&Login>) -> Answering {
        let mut request = patiently(RequestBuilder::new(&self.path).method(self.method.clone()));
        if let Some(login) = login {
            request = login.stamp(request);
        }
        if let Some((name, value)) = &self.header {
            request = request.header(name, value);
        }
        answer(match &self.body {
            Some(json) => request.header("Content-Type", "application/json").body(json),
            None => request.build(),
        })
    }
}

/// Reads what everybody may see: without token and cookie, so that an edge may cache it. With the
/// tag of what is known, nothing comes back if it is still so; else the answer and its tag.
pub async fn read<T: DeserializeOwned>(
    path: &str,
    known: Option<String>,
) -> Result<Option<(T, String)>, Failure> {
    let answer = public_answer(path, known).await?;
    if answer.status == 304 {
        return Ok(None);
    }
    let tag = answer.tag.clone();
    answer.decode().map(|read| Some((read, tag)))
}

fn public_answer(path: &str, known: Option<String>) -> Answering {
    if let Some(promise) = first(path) {
        return early_answer(promise);
    }
    let mut request = patiently(RequestBuilder::new(path)).credentials(RequestCredentials::Omit);
    if let Some(tag) = known {
        request = request.header("If-None-Match", &tag);
    }
    answer(request.build())
}

/// Asks for a login: by password, or by the session cookie. No token, no refresh.
pub async fn enter(request: Request) -> Result<Login, Failure> {
    request.send(None).await?.decode::<LoggedIn>().map(Login::from)
}

/// Ends a login, by the cookie and, where it is at hand, the token. No refresh.
pub async fn leave(login: Option<&Login>) -> Result<(), Failure> {
    let request = Request::new(Method::POST, "/api/logout");
    request.send(login).await?.decode()
}

/// A new token by the session cookie, for a tab that has none.
pub async fn enter_by_cookie() -> Result<Login, Failure> {
    enter(Request::new(Method::POST, "/api/token")).await
}

/// Asks in the name of whoever is logged in. The token is refreshed if need be.
pub async fn call<T: DeserializeOwned>(session: Session, request: Request) -> Result<T, Failure> {
    intercepted(session, request).boxed_local().await?.decode()
}

/// As [`call`], for those who want to know the status (any 2xx), or the text as it is.
pub async fn ask(session: Session, request: Request) -> Result<(u16, String), Failure> {
    let answer = intercepted(session, request).boxed_local().await?;
    match answer.status {
        200..=299 => Ok((answer.status, answer.text)),
        _ => Err(answer.refusal()),
    }
}

async fn intercepted(session: Session, request: Request) -> Result<Answer, Failure> {
    let login = session.login();
    let answer = request.send(login.as_ref()).await?;
    let Some(stale) = login.filter(|_| answer.status == 401) else {
        return Ok(answer);
    };
    let fresh = renewed(session, &stale).await?;
    let answer = request.send(Some(&fresh)).await?;
    if answer.status == 401 {
        session.end(&fresh);
        return Err(Failure::Ended);
    }
    Ok(answer)
}

/// The login that took the place of a stale one, of the same person.
async fn renewed(session: Session, stale: &Login) -> Result<Login, Failure> {
    if session.holds(stale) {
        shared_refresh(session, stale).await?;
    }
    match session.login() {
        Some(fresh) if fresh.same_person(stale) => Ok(fresh),
        Some(_) => Err(Failure::SomebodyElse),
        None => Err(Failure::Ended),
    }
}

type Refresh = Shared<LocalBoxFuture<'static, Result<(), Failure>>>;

thread_local! {
    /// The refresh that is under way, for all who wait for one.
    static REFRESH: RefCell<Option<Refresh>> = const { RefCell::new(None) };
}

fn shared_refresh(session: Session, stale: &Login) -> Refresh {
    let stale = stale.clone();
    REFRESH.with_borrow_mut(|under_way| {
        under_way.get_or_insert_with(|| refresh(session, stale).boxed_local().shared()).clone()
    })
}

async fn refresh(session: Session, stale: Login) -> Result<(), Failure> {
    let answer = enter_by_cookie().await;
    REFRESH.take();
    match answer {
        Ok(fresh) => session.renew(&stale, fresh),
        Err(failure) if failure.status() == Some(401) => session.end(&stale),
        Err(failure) => return Err(failure),
    }
    Ok(())
}

fn patiently(request: RequestBuilder) -> RequestBuilder {
    request.abort_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)))
}

/// The answer that `start.js` asked for while the wasm was loading; given out once.
fn first(path: &str) -> Option<Promise> {
    let global = js_sys::global();
    let first = Reflect::get(&global, &"wishboardFirst".into()).ok()?;
    let asked = Reflect::get(first.dyn_ref::<Object>()?, &"path".into()).ok()?;
    if asked.as_string()? != path {
        return None;
    }
    _ = Reflect::delete_property(&global, &"wishboardFirst".into());
    Reflect::get(&first, &"answer".into()).ok()?.dyn_into().ok()
}

/// What came back, not yet understood.
struct Answer {
    status: u16,
    is_problem: bool,
    /// In seconds; 0 where nothing is said.
    retry_after: u32,
    /// The entity tag; empty where there is none.
    tag: String,
    text: String,
}

/// Boxed, so that the browser downloads the code for it once and not with every caller.
type Answering = LocalBoxFuture<'static, Result<Answer, Failure>>;

fn answer(request: Result<gloo_net::http::Request, gloo_net::Error>) -> Answering {
    async move { Answer::of(request?.send().await?).await }.boxed_local()
}

fn early_answer(promise: Promise) -> Answering {
    async move {
        let response = JsFuture::from(promise).await.map_err(failed)?;
        Answer::of(response.dyn_into::<web_sys::Response>().map_err(failed)?.into()).await
    }
    .boxed_local()
}

impl Answer {
    async fn of(response: Response) -> Result<Self, Failure> {
        let headers = response.headers();
        let is_problem = headers.get("Content-Type").is_some_and(|media| media.starts_with(MEDIA_TYPE));
        let retry_after = headers.get("Retry-After").and_then(|seconds| seconds.parse().ok()).unwrap_or(0);
        let tag = headers.get("ETag").unwrap_or_default();
        let text = response.text().await?;
        Ok(Self { status: response.status(), is_problem, retry_after, tag, text })
    }

    fn decode<T: DeserializeOwned>(self) -> Result<T, Failure> {
        if !matches!(self.status, 200..=299) {
            return Err(self.refusal());
        }
        let json = if self.text.is_empty() { "null" } else { &self.text }; // 204
        json::read(json).ok_or(Failure::Other(self.status))
    }

    fn refusal(&self) -> Failure {
        if self.status == 429 {
            return Failure::TooOften(self.retry_after);
        }
        match json::read(&self.text) {
            Some(problem) if self.is_problem => Failure::Problem(problem),
            _ => Failure::Other(self.status),
        }
    }
}

fn failed(error: JsValue) -> Failure {
    match error.dyn_into::<js_sys::Error>() {
        Ok(error) => gloo_net::Error::JsError(error.into()).into(),
        Err(_) => Failure::Offline,
    }
}
