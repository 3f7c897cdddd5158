//! Whether a site that was just deployed works, asked as its people would: through its public address.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::deploy::aws_cli::Account;
use crate::deploy::site_file::{self, PAGE};
use crate::deploy::stack::Outputs;
use crate::system::terminal::say;

/// A new name takes a while to be known everywhere, a new page to be at every edge.
const PATIENCE: Duration = Duration::from_secs(300);
/// A new route, or the function's new code, takes some seconds.
const UNTIL_LIVE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_secs(3);

/// See the module.
pub(crate) struct Visitor<'a> {
    account: &'a Account,
    /// Where pages are, and the Host to ask there, if it is not in the address.
    pages: String,
    host: Option<String>,
    /// Where the API is.
    api: String,
}

impl<'a> Visitor<'a> {
    /// Of the stack with these outputs. An emulated CloudFront has no name of its own, and does not go to the API.
    pub(crate) fn of(account: &'a Account, outputs: &Outputs) -> Result<Self> {
        let output =
            |name: &str| outputs.get(name).with_context(|| format!("the stack has no output {name}"));
        let url = output("Url")?;
        Ok(match account.endpoint() {
            None => Self { account, pages: url.clone(), host: None, api: url.clone() },
            Some(endpoint) => Self {
                account,
                pages: endpoint.to_owned(),
                host: Some(url.trim_start_matches("https://").to_owned()),
                api: account.gateway(output("HttpApiId")?, "$default", ""),
            },
        })
    }

    /// Opens the page and its wasm; then signs up, posts, and leaves again with all that was written. Without
    /// `own_logins` the gateway takes tokens of others only, so that nobody we make here could leave.
    pub(crate) fn look(&self, site: &Path, own_logins: bool) -> Result<()> {
        say("Looking at it as a visitor: page, wasm, sign-up, a message, and gone again");
        self.look_at_page(site)?;
        if !own_logins {
            return self.expect("GET", "/api/messages", None, None, 200).map(drop);
        }
        let (name, password) = (Uuid::new_v4().simple().to_string(), Uuid::new_v4().to_string());
        let username = format!("check-{}", &name[..16]);
        let new = json!({ "username": username, "password": password, "name": "Deployment check" });
        let reply = self.expect("POST", "/api/signup", None, Some(&new), 201);
        // If an answer was lost on the way, the second try finds the name taken, by itself.
        let known = json!({ "username": username, "password": password });
        let reply = reply
            .or_else(|error| self.expect("POST", "/api/login", None, Some(&known), 200).map_err(|_| error))?;
        let token = reply["token"].as_str().context("signing up brings no token")?;
        let message = json!({ "body": "Wishboard was just deployed. This is gone in a moment." });
        let posted = self.expect("POST", "/api/messages", Some(token), Some(&message), 201);
        let left =
            self.leave(token, &password).with_context(|| format!("the user {username} is still there"));
        posted.and(left)
    }

    fn look_at_page(&self, site: &Path) -> Result<()> {
        let page = fs::read_to_string(site.join(PAGE))?;
        let end = Instant::now() + PATIENCE;
        loop {
            let reply = self.ask_page(&format!("/{PAGE}"))?;
            if reply["status"] == 200 && reply["body"] == page {
                break;
            }
            if Instant::now() > end {
                bail!("{} does not show the new page; it says: {}", self.pages, reply["status"]);
            }
            thread::sleep(PAUSE);
        }
        for file in site_file::all(site)?.iter().filter(|file| file.kind == "application/wasm") {
            let reply = self.ask_page(&format!("/{}", file.name))?;
            if reply["status"] != 200 || reply["headers"]["content-type"] != file.kind {
                bail!("{} is not there as wasm; it says: {}", file.name, reply["status"]);
            }
        }
        Ok(())
    }

    /// The account goes; if there is more than one request can remove, it is asked again.
    fn leave(&self, token: &str, password: &str) -> Result<()> {
        for _ in 0..5 {
            let reply =
                self.ask("POST", "/api/me/delete", Some(token), Some(&json!({ "password": password })))?;
            match reply["status"].as_u64() {
                Some(204) => return Ok(()),
                Some(202) => {}
                _ => bail!("POST /api/me/delete answers {}", reply["status"]),
            }
        }
        bail!("POST /api/me/delete does not come to its end")
    }

    fn ask_page(&self, path: &str) -> Result<Value> {
        let mut headers = json!({ "x-forwarded-proto": "https" });
        if let Some(host) = &self.host {
            headers["Host"] = json!(host);
        }
        let url = format!("{}{path}", self.pages);
        let asked = json!({ "method": "GET", "url": url, "headers": headers, "body": null });
        Ok(self.account.python.send(&asked).unwrap_or_default())
    }

    /// The answer; after a while even if what was asked is not there yet.
    fn ask(&self, method: &str, path: &str, token: Option<&str>, body: Option<&Value>) -> Result<Value> {
        // One key for all tries: what is posted twice is made once.
        let mut headers = json!({ "content-type": "application/json", "idempotency-key": Uuid::new_v4() });
        if let Some(token) = token {
            headers["authorization"] = json!(format!("Bearer {token}"));
        }
        let url = format!("{}{path}", self.api);
        let body = body.map(Value::to_string);
        let asked = json!({ "method": method, "url": url, "headers": headers, "body": body });
        let end = Instant::now() + UNTIL_LIVE;
        loop {
            let reply = self.account.python.send(&asked).unwrap_or_default();
            if reply["status"].as_u64().is_some_and(|status| status != 404 && status < 500)
                || Instant::now() > end
            {
                return Ok(reply);
            }
            thread::sleep(PAUSE);
        }
    }

    /// The answer's body, if it has this status.
    fn expect(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: Option<&Value>,
        status: u16,
    ) -> Result<Value> {
        let reply = self.ask(method, path, token, body)?;
        let said = reply["body"].as_str().unwrap_or_default();
        if reply["status"] != status {
            bail!("{method} {path} answers {} where {status} is due: {said}", reply["status"]);
        }
        Ok(serde_json::from_str(said).unwrap_or_default())
    }
}
