//! The network's edge: `window.fetch` with scripted answers, and what was sent.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use js_sys::{Promise, Reflect};
use serde::Serialize;
use shared::account::{LoggedIn, Person, Session, Sessions, User};
use shared::board::{Message, Messages};
use shared::problem::{Kind, MEDIA_TYPE, Problem};
use shared::thing::Thing;
use shared::wishlist::{Wish, Wishes};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{DomException, Headers, Request, Response, ResponseInit};

const CREATED: &str = "2026-11-20T10:00:00.000Z";

/// One answer, or the error that the browser makes of its absence.
#[derive(Clone)]
pub struct Answer {
    response: Result<(u16, &'static str, String), JsValue>,
    headers: Vec<(&'static str, String)>,
    after: Option<Promise>,
}

/// Any JSON with any status.
pub fn json(status: u16, value: &impl Serialize) -> Answer {
    let body = serde_json::to_string(value).unwrap();
    Answer { response: Ok((status, "application/json", body)), headers: Vec::new(), after: None }
}

/// 204.
pub fn nothing() -> Answer {
    Answer { response: Ok((204, "", String::new())), headers: Vec::new(), after: None }
}

/// An error in the API's own words.
pub fn problem(status: u16, kind: Kind, field: Option<&str>) -> Answer {
    problem_with(status, kind, field, None)
}

fn problem_with(status: u16, kind: Kind, field: Option<&str>, current: Option<Box<Thing>>) -> Answer {
    let problem = Problem {
        kind,
        title: "A problem".to_owned(),
        status,
        detail: "Told by the server.".to_owned(),
        field: field.map(str::to_owned),
        current,
    };
    Answer {
        response: Ok((status, MEDIA_TYPE, serde_json::to_string(&problem).unwrap())),
        headers: Vec::new(),
        after: None,
    }
}

/// The 429 of the API, with the seconds to wait.
pub fn too_many_tries(seconds: u32) -> Answer {
    problem(429, Kind::TooManyTries, None).retry_after(seconds)
}

/// 304: it is as it was.
pub fn unchanged() -> Answer {
    Answer { response: Ok((304, "", String::new())), headers: Vec::new(), after: None }
}

/// 202: there is more to do.
pub fn more() -> Answer {
    Answer { response: Ok((202, "", String::new())), headers: Vec::new(), after: None }
}

/// The 401 of the API.
pub fn not_logged_in() -> Answer {
    problem(401, Kind::NotLoggedIn, None)
}

/// The 401 of a gateway, which has words of its own.
pub fn refused_by_gateway() -> Answer {
    json(401, &serde_json::json!({"message": "Unauthorized"}))
}

/// No network.
pub fn offline() -> Answer {
    Answer {
        response: Err(js_sys::TypeError::new("Failed to fetch").into()),
        headers: Vec::new(),
        after: None,
    }
}

/// The request's own signal has ended the wait.
pub fn too_late() -> Answer {
    let error = DomException::new_with_message_and_name("signal timed out", "TimeoutError").unwrap();
    Answer { response: Err(error.into()), headers: Vec::new(), after: None }
}

impl Answer {
    /// Only given when the promise is kept.
    pub fn after(self, promise: &Promise) -> Self {
        Self { after: Some(promise.clone()), ..self }
    }

    /// Says how many seconds to wait.
    pub fn retry_after(self, seconds: u32) -> Self {
        self.with("Retry-After", &seconds.to_string())
    }

    /// Names what is answered, so that it can be asked whether it is still so.
    pub fn tagged(self, tag: &str) -> Self {
        self.with("ETag", tag)
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    async fn give(self) -> Result<JsValue, JsValue> {
        if let Some(promise) = self.after {
            JsFuture::from(promise).await?;
        }
        let (status, media_type, body) = self.response?;
        let response = response(status, media_type, &body)?;
        for (name, value) in self.headers {
            response.headers().set(name, &value)?;
        }
        Ok(response.into())
    }
}

fn response(status: u16, media_type: &str, body: &str) -> Result<Response, JsValue> {
    let init = ResponseInit::new();
    init.set_status(status);
    let headers = Headers::new()?;
    headers.set("Content-Type", media_type)?;
    init.set_headers(&headers);
    Response::new_with_opt_str_and_init((!matches!(status, 204 | 304)).then_some(body), &init)
}

/// A promise, and what keeps it.
pub fn gate() -> (Promise, js_sys::Function) {
    let mut open = None;
    let promise = Promise::new(&mut |resolve, _| open = Some(resolve));
    (promise, open.unwrap())
}

/// Somebody who has signed up; the token is theirs by its name.
pub fn logged_in(username: &str, token: &str) -> LoggedIn {
    LoggedIn { token: token.to_owned(), expires_at: CREATED.to_owned(), user: user(username) }
}

/// Ada is called Ada.
pub fn user(username: &str) -> User {
    let name = username[..1].to_uppercase() + &username[1..];
    User { username: username.to_owned(), name, created_at: CREATED.to_owned() }
}

/// A message of Grace's.
pub fn message(id: &str, body: &str) -> Message {
    Message {
        id: id.to_owned(),
        author: Person { username: "grace".to_owned(), name: "Grace".to_owned() },
        body: body.to_owned(),
        created_at: CREATED.to_owned(),
        edited_at: None,
        version: 1,
    }
}

/// A page of messages.
pub fn messages(messages: &[Message], next: Option<&str>) -> Answer {
    json(200, &Messages { messages: messages.to_vec(), next: next.map(str::to_owned) })
}

/// The message as Ada's.
pub fn adas(message: Message) -> Message {
    Message { author: Person { username: "ada".to_owned(), name: "Ada".to_owned() }, ..message }
}

/// A wish of Ada's.
pub fn wish(id: &str, name: &str) -> Wish {
    Wish {
        id: id.to_owned(),
        owner: Person { username: "ada".to_owned(), name: "Ada".to_owned() },
        name: name.to_owned(),
        description: String::new(),
        url: None,
        received: false,
        created_at: CREATED.to_owned(),
        version: 1,
    }
}

/// A page of wishes.
pub fn wishes(wishes: &[Wish], next: Option<&str>) -> Answer {
    json(200, &Wishes { wishes: wishes.to_vec(), next: next.map(str::to_owned) })
}

/// A login of Ada's, on Linux.
pub fn login(id: &str, browser: &str, current: bool) -> Session {
    Session {
        id: id.to_owned(),
        browser: Some(browser.to_owned()),
        system: Some("Linux".to_owned()),
        created_at: CREATED.to_owned(),
        used_at: CREATED.to_owned(),
        current,
    }
}

/// A list of logins.
pub fn sessions(sessions: &[Session]) -> Answer {
    json(200, &Sessions { sessions: sessions.to_vec() })
}

/// The 412 of the API: this is how it is now.
pub fn changed(current: impl Into<Thing>) -> Answer {
    let current = Some(Box::new(current.into()));
    problem_with(412, Kind::ChangedMeanwhile, None, current)
}

/// What was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Method, path and query.
    pub what: String,
    /// The whole address.
    pub url: String,
    /// The header that carries the token.
    pub authorization: Option<String>,
    /// Whether cookies go along: `omit`, `same-origin`.
    pub credentials: web_sys::RequestCredentials,
    /// The body.
    pub body: String,
    /// What makes a create one and the same.
    pub key: Option<String>,
    /// The version an edit was made from.
    pub if_match: Option<String>,
    /// The tag of what is known already.
    pub if_none_match: Option<String>,
}

#[derive(Default)]
struct Script {
    answers: HashMap<String, VecDeque<Answer>>,
    sent: Vec<Sent>,
}

/// The scripted network. Ends with its last owner.
pub struct Network {
    script: Rc<RefCell<Script>>,
    real_fetch: JsValue,
    _fetch: Closure<dyn Fn(Request) -> Promise>,
}

impl Network {
    /// A network that knows an empty board, empty wish lists and one login.
    pub fn new() -> Self {
        let script = Rc::new(RefCell::new(Script::default()));
        let fetch = Closure::new({
            let script = Rc::clone(&script);
            move |request| future_to_promise(fetch(Rc::clone(&script), request))
        });
        let real_fetch = Reflect::get(&js_sys::global(), &"fetch".into()).unwrap();
        Reflect::set(&js_sys::global(), &"fetch".into(), fetch.as_ref()).unwrap();
        let network = Self { script, real_fetch, _fetch: fetch };
        network.answer("GET /api/messages", messages(&[], None));
        network.answer("GET /api/wishes", wishes(&[], None));
        network.answer("GET /api/users/ada/wishes", wishes(&[], None));
        network.answer("GET /api/me/sessions", sessions(&[login("here", "Firefox", true)]));
        network
    }

    /// From now on, this answer to that request.
    pub fn answer(&self, what: &str, answer: Answer) {
        self.answers(what, [answer]);
    }

    /// From now on, these answers one after the other; the last one stands.
    pub fn answers(&self, what: &str, answers: impl IntoIterator<Item = Answer>) {
        self.script.borrow_mut().answers.insert(what.to_owned(), answers.into_iter().collect());
    }

    /// Every time this was sent.
    pub fn sent(&self, what: &str) -> Vec<Sent> {
        self.script.borrow().sent.iter().filter(|sent| sent.what == what).cloned().collect()
    }

    /// Every time a token was sent.
    pub fn stamped(&self) -> Vec<Sent> {
        self.script.borrow().sent.iter().filter(|sent| sent.authorization.is_some()).cloned().collect()
    }

    /// How often this was sent.
    pub fn count(&self, what: &str) -> usize {
        self.sent(what).len()
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        Reflect::set(&js_sys::global(), &"fetch".into(), &self.real_fetch).unwrap();
    }
}

async fn fetch(script: Rc<RefCell<Script>>, request: Request) -> Result<JsValue, JsValue> {
    let url = web_sys::Url::new(&request.url())?;
    let what = format!("{} {}{}", request.method(), url.pathname(), url.search());
    let body = JsFuture::from(request.text()?).await?.as_string().unwrap();
    let header = |name| request.headers().get(name);
    let sent = Sent {
        what: what.clone(),
        url: request.url(),
        authorization: header("Authorization")?,
        credentials: request.credentials(),
        body,
        key: header("Idempotency-Key")?,
        if_match: header("If-Match")?,
        if_none_match: header("If-None-Match")?,
    };
    let answer = {
        let mut script = script.borrow_mut();
        script.sent.push(sent);
        match script.answers.get_mut(&what) {
            Some(answers) if answers.len() > 1 => answers.pop_front(),
            Some(answers) => answers.front().cloned(),
            None => None,
        }
    };
    answer.unwrap_or_else(|| panic!("no answer to {what}")).give().await
}
