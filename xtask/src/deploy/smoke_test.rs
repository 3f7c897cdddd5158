//! A test of the deployed site through its public address: the page, the wasm and the API.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::deploy::aws_cli::AwsCli;
use crate::deploy::site_file::{self, PAGE_FILE};
use crate::deploy::stack::StackState;
use crate::system::http::{Request, Response};
use crate::system::poll::Poll;
use crate::system::terminal::print;

/// It can take minutes until DNS has published a new domain and CloudFront has distributed a new page.
const PAGE_LIVE_POLL: Poll = Poll { interval: Duration::from_secs(3), timeout: Duration::from_secs(300) };
/// It takes some seconds until a new route or the new code of a function is live.
const API_LIVE_POLL: Poll = Poll { interval: Duration::from_secs(3), timeout: Duration::from_secs(60) };
/// Maximum number of requests to delete the account. Deleting an account can take several requests.
const MAX_DELETE_REQUESTS: usize = 5;

/// The smoke test of one deployed site.
pub(crate) struct SmokeTest {
    site_url: String,
    /// The Host header for pages, if it differs from `site_url`.
    site_host: Option<String>,
    api_url: String,
    /// Whether users can log in through the gateway with a password.
    has_own_logins: bool,
}

impl SmokeTest {
    /// Returns the test of a stack. An emulated CloudFront has no DNS name and does not forward requests to the API.
    pub(crate) fn of_stack(aws: &AwsCli, state: &StackState) -> Result<Self> {
        let url = state.output("Url")?.to_owned();
        let has_own_logins = state.parameters.get("GatewayIssuer").is_none_or(|issuer| issuer == "own");
        Ok(match aws.endpoint() {
            None => Self { site_url: url.clone(), site_host: None, api_url: url, has_own_logins },
            Some(endpoint) => Self {
                site_url: endpoint.to_owned(),
                site_host: Some(url.trim_start_matches("https://").to_owned()),
                api_url: aws.api_url(state.output("HttpApiId")?, "$default", ""),
                has_own_logins,
            },
        })
    }

    /// Loads the page and its wasm. Then signs up a user, posts a message and deletes the user again.
    ///
    /// If users cannot log in with a password, the gateway accepts only tokens of the external issuer, so the test only
    /// reads messages.
    pub(crate) fn run(&self, site: &Path) -> Result<()> {
        print("Testing the site: page, wasm, sign-up, message, account deletion");
        self.test_page(site)?;
        if !self.has_own_logins {
            return expect(self.call(&self.api_request("/api/messages"))?, 200).map(drop);
        }
        self.test_api()
    }

    fn test_page(&self, site: &Path) -> Result<()> {
        let page = fs::read_to_string(site.join(PAGE_FILE))?;
        let request = self.page_request(PAGE_FILE);
        let mut last_status = "no response".to_owned();
        let is_live = PAGE_LIVE_POLL.until_true(|| {
            let Ok(response) = request.send() else { return false };
            last_status = response.status.to_string();
            response.status == 200 && response.body == page
        });
        if !is_live {
            bail!("{} does not serve the new page; the last status is: {last_status}", request.url);
        }
        let files = site_file::read_all(site)?;
        for file in files.iter().filter(|file| file.content_type == "application/wasm") {
            let response = self.page_request(&file.name).send()?;
            let content_type = response.headers.get("content-type");
            if response.status != 200 || content_type.is_none_or(|found| found != file.content_type) {
                bail!("{} is not served as wasm; the status is {}", file.name, response.status);
            }
        }
        Ok(())
    }

    fn test_api(&self) -> Result<()> {
        let (name, password) = (Uuid::new_v4().simple().to_string(), Uuid::new_v4().to_string());
        let username = format!("check-{}", &name[..16]);
        let token = self.sign_up(&username, &password)?;
        let message = json!({ "body": "Wishboard was just deployed. This message will be deleted." });
        let posted = self.post("/api/messages", Some(&token), &message, 201);
        let deleted = self
            .delete_account(&token, &password)
            .with_context(|| format!("the user {username} was not deleted"));
        posted.and(deleted)
    }

    /// Signs up a user and returns the access token. Logs in if the sign-up fails: an earlier attempt may have
    /// succeeded although its response was lost.
    fn sign_up(&self, username: &str, password: &str) -> Result<String> {
        let profile = json!({ "username": username, "password": password, "name": "Deployment check" });
        let login = json!({ "username": username, "password": password });
        let answer = self
            .post("/api/signup", None, &profile, 201)
            .or_else(|error| self.post("/api/login", None, &login, 200).map_err(|_| error))?;
        Ok(answer["token"].as_str().context("the sign-up returned no token")?.to_owned())
    }

    fn delete_account(&self, token: &str, password: &str) -> Result<()> {
        for _ in 0..MAX_DELETE_REQUESTS {
            let request = self.api_post("/api/me/delete", Some(token), &json!({ "password": password }));
            match self.call(&request)?.status {
                204 => return Ok(()),
                202 => {}
                status => bail!("POST /api/me/delete responded with {status}"),
            }
        }
        bail!("POST /api/me/delete did not finish after {MAX_DELETE_REQUESTS} requests")
    }

    /// Sends a POST request and returns the body of the response if it has the expected status.
    fn post(&self, path: &str, token: Option<&str>, body: &Value, status: u16) -> Result<Value> {
        let response = self.call(&self.api_post(path, token, body))?;
        expect(response, status).with_context(|| format!("POST {path} failed"))
    }

    /// Sends a request until the API is live. Returns the last response.
    ///
    /// # Errors
    /// If there was no response at all.
    fn call(&self, request: &Request) -> Result<Response> {
        let mut last = None;
        API_LIVE_POLL.until_true(|| {
            last = request.send().ok();
            last.as_ref().is_some_and(|response| response.status != 404 && response.status < 500)
        });
        last.with_context(|| format!("no response from {}", request.url))
    }

    fn page_request(&self, name: &str) -> Request {
        let request = Request::get(format!("{}/{name}", self.site_url));
        // The bucket's policy requires TLS, but the emulator is reached without it.
        let request = request.header("x-forwarded-proto", "https");
        match &self.site_host {
            Some(host) => request.header("host", host),
            None => request,
        }
    }

    fn api_request(&self, path: &str) -> Request {
        Request::get(format!("{}{path}", self.api_url))
    }

    fn api_post(&self, path: &str, token: Option<&str>, body: &Value) -> Request {
        // One idempotency key for all attempts, so that a repeated post creates one message.
        let request = Request::post(format!("{}{path}", self.api_url), body)
            .header("idempotency-key", Uuid::new_v4().to_string());
        match token {
            Some(token) => request.header("authorization", format!("Bearer {token}")),
            None => request,
        }
    }
}

/// Returns the body of a response as JSON if it has the expected status.
fn expect(response: Response, status: u16) -> Result<Value> {
    if response.status != status {
        bail!("the status is {} instead of {status}: {}", response.status, response.body);
    }
    Ok(serde_json::from_str(&response.body).unwrap_or_default())
}
