//! A scripted network in place of `window.fetch`. It records the requests.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use js_sys::{Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Request, RequestCredentials, Url};

use crate::support::fixtures::session;
use crate::support::responses::{ScriptedResponse, messages, sessions, wishes};

/// A request that the app has sent.
#[derive(Clone, Debug)]
pub struct SentRequest {
    /// Method, path and query: `GET /api/messages?before=1`.
    pub line: String,
    /// The whole URL.
    pub url: String,
    /// The header `Authorization`.
    pub authorization: Option<String>,
    /// Whether cookies are sent.
    pub credentials: RequestCredentials,
    /// The body.
    pub body: String,
    /// The header `Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// The header `If-Match`.
    pub if_match: Option<String>,
    /// The header `If-None-Match`.
    pub if_none_match: Option<String>,
}

#[derive(Default)]
struct Script {
    responses: HashMap<String, VecDeque<ScriptedResponse>>,
    sent: Vec<SentRequest>,
}

thread_local! {
    /// The number of requests without a response, except those that a gate holds back.
    static ANSWERING: Cell<usize> = const { Cell::new(0) };
}

/// Whether a request still waits for its response. Requests that a gate holds back do not count.
pub fn is_answering() -> bool {
    ANSWERING.get() > 0
}

/// The scripted network. Dropping it puts the browser's `fetch` back.
pub struct Network {
    script: Rc<RefCell<Script>>,
    browser_fetch: JsValue,
    _fetch: Closure<dyn Fn(Request) -> Promise>,
}

impl Network {
    /// A network with an empty message board, empty wish lists and one session.
    pub fn new() -> Self {
        let script = Rc::new(RefCell::new(Script::default()));
        let fetch = Closure::new({
            let script = Rc::clone(&script);
            move |request| future_to_promise(fetch(Rc::clone(&script), request))
        });
        let browser_fetch = Reflect::get(&js_sys::global(), &"fetch".into()).unwrap();
        Reflect::set(&js_sys::global(), &"fetch".into(), fetch.as_ref()).unwrap();
        let network = Self { script, browser_fetch, _fetch: fetch };
        network.respond("GET /api/messages", messages(&[], None));
        network.respond("GET /api/wishes", wishes(&[], None));
        network.respond("GET /api/users/ada/wishes", wishes(&[], None));
        network.respond("GET /api/me/sessions", sessions(&[session("here", "Firefox", true)]));
        network
    }

    /// From now on, gives this response to a request. The line is method, path and query.
    pub fn respond(&self, line: &str, response: ScriptedResponse) {
        self.respond_in_turn(line, [response]);
    }

    /// From now on, gives these responses to a request, one after the other, and repeats the last one.
    pub fn respond_in_turn(&self, line: &str, responses: impl IntoIterator<Item = ScriptedResponse>) {
        self.script.borrow_mut().responses.insert(line.to_owned(), responses.into_iter().collect());
    }

    /// All requests with this line.
    pub fn sent(&self, line: &str) -> Vec<SentRequest> {
        self.script.borrow().sent.iter().filter(|sent| sent.line == line).cloned().collect()
    }

    /// The number of requests with this line.
    pub fn count(&self, line: &str) -> usize {
        self.sent(line).len()
    }

    /// All requests with an access token.
    pub fn sent_with_token(&self) -> Vec<SentRequest> {
        self.script.borrow().sent.iter().filter(|sent| sent.authorization.is_some()).cloned().collect()
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        Reflect::set(&js_sys::global(), &"fetch".into(), &self.browser_fetch).unwrap();
    }
}

async fn fetch(script: Rc<RefCell<Script>>, request: Request) -> Result<JsValue, JsValue> {
    ANSWERING.set(ANSWERING.get() + 1);
    let response = record(&script, request).await;
    ANSWERING.set(ANSWERING.get() - 1);
    let response = response?;
    response.pass_gate().await;
    response.into_fetch_result()
}

/// Records a request, and returns its response.
async fn record(script: &RefCell<Script>, request: Request) -> Result<ScriptedResponse, JsValue> {
    let url = Url::new(&request.url())?;
    let line = format!("{} {}{}", request.method(), url.pathname(), url.search());
    let body = JsFuture::from(request.text()?).await?.as_string().unwrap();
    let header = |name| request.headers().get(name);
    let sent = SentRequest {
        line: line.clone(),
        url: request.url(),
        authorization: header("Authorization")?,
        credentials: request.credentials(),
        body,
        idempotency_key: header("Idempotency-Key")?,
        if_match: header("If-Match")?,
        if_none_match: header("If-None-Match")?,
    };
    let mut script = script.borrow_mut();
    script.sent.push(sent);
    let response = match script.responses.get_mut(&line) {
        Some(responses) if responses.len() > 1 => responses.pop_front(),
        Some(responses) => responses.front().cloned(),
        None => None,
    };
    Ok(response.unwrap_or_else(|| panic!("no response for {line}")))
}
