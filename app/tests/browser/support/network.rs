//! A scripted network. It replaces `window.fetch` and records the requests.

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
    /// The value of the header `Authorization`.
    pub authorization: Option<String>,
    /// Whether the browser sends cookies.
    pub credentials: RequestCredentials,
    /// The body.
    pub body: String,
    /// The value of the header `Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// The value of the header `If-Match`.
    pub if_match: Option<String>,
    /// The value of the header `If-None-Match`.
    pub if_none_match: Option<String>,
}

#[derive(Default)]
struct Script {
    responses: HashMap<String, VecDeque<ScriptedResponse>>,
    sent: Vec<SentRequest>,
}

thread_local! {
    /// The number of requests without a response, except those that a gate holds back.
    static PENDING_REQUESTS: Cell<usize> = const { Cell::new(0) };
}

/// Whether a request has no response yet. Requests that a gate holds back do not count.
pub fn has_pending_requests() -> bool {
    PENDING_REQUESTS.get() > 0
}

/// The scripted network. Dropping it restores the browser's `fetch`.
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

    /// Sets the response to a request. `line` is the method, path and query.
    pub fn respond(&self, line: &str, response: ScriptedResponse) {
        self.respond_in_turn(line, [response]);
    }

    /// Sets the responses to a request, one after the other. The last one is repeated.
    pub fn respond_in_turn(&self, line: &str, responses: impl IntoIterator<Item = ScriptedResponse>) {
        self.script.borrow_mut().responses.insert(line.to_owned(), responses.into_iter().collect());
    }

    /// All sent requests with this line.
    pub fn sent(&self, line: &str) -> Vec<SentRequest> {
        self.script.borrow().sent.iter().filter(|sent| sent.line == line).cloned().collect()
    }

    /// The number of requests with this line.
    pub fn count(&self, line: &str) -> usize {
        self.sent(line).len()
    }

    /// All sent requests with an access token.
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
    PENDING_REQUESTS.set(PENDING_REQUESTS.get() + 1);
    let response = record(&script, request).await;
    PENDING_REQUESTS.set(PENDING_REQUESTS.get() - 1);
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
