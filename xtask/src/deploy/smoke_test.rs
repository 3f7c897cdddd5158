//! A test of the deployed site through its public address: the page, the wasm and the API.

mod api_client;
mod test_user;

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::deploy::aws_cli::AwsCli;
use crate::deploy::code_bucket::CodeBucket;
use crate::deploy::site_file::{self, PAGE_FILE};
use crate::deploy::smoke_test::api_client::ApiClient;
use crate::deploy::smoke_test::test_user::TestUser;
use crate::deploy::stack::StackState;
use crate::system::http::Request;
use crate::system::poll::Poll;
use crate::system::terminal::print;

/// It can take minutes until DNS has published a new domain and CloudFront has distributed a new page.
const PAGE_LIVE_POLL: Poll = Poll { interval: Duration::from_secs(3), timeout: Duration::from_secs(300) };

/// The smoke test of one deployed site.
pub(crate) struct SmokeTest<'a> {
    site_url: String,
    /// The Host header for pages, if it differs from `site_url`.
    site_host: Option<String>,
    api: ApiClient,
    /// Stores the test user, so that the next run can delete it if this one is interrupted.
    code: &'a CodeBucket<'a>,
    /// Whether users can log in through the gateway with a password.
    has_own_logins: bool,
}

impl<'a> SmokeTest<'a> {
    /// Returns the test of a stack. An emulated CloudFront has no DNS name and does not forward requests to the API.
    pub(crate) fn of_stack(aws: &AwsCli, state: &StackState, code: &'a CodeBucket<'a>) -> Result<Self> {
        let url = state.output("Url")?.to_owned();
        let has_own_logins = state.parameters.get("GatewayIssuer").is_none_or(|issuer| issuer == "own");
        let (site_url, site_host, api_url) = match aws.endpoint() {
            None => (url.clone(), None, url),
            Some(endpoint) => (
                endpoint.to_owned(),
                Some(url.trim_start_matches("https://").to_owned()),
                aws.api_url(state.output("HttpApiId")?, "$default", ""),
            ),
        };
        Ok(Self { site_url, site_host, api: ApiClient::of(api_url), code, has_own_logins })
    }

    /// Loads the page, its wasm and the messages. Then signs up a user, requests its profile and deletes it. Visitors
    /// see nothing of that.
    ///
    /// If users cannot log in with a password, the gateway accepts only tokens of the external issuer, so the test signs
    /// up no user.
    pub(crate) fn run(&self, site: &Path) -> Result<()> {
        print("Testing the site: page, wasm, messages, sign-up, profile, account deletion");
        self.test_page(site)?;
        self.api.get("/api/messages", None)?;
        if !self.has_own_logins {
            return Ok(());
        }
        if let Some(left) = TestUser::read(self.code)? {
            left.delete(&self.api)?;
        }
        let user = TestUser::generate();
        user.write(self.code)?;
        user.test(&self.api)?;
        TestUser::forget(self.code)
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

    fn page_request(&self, name: &str) -> Request {
        let request = Request::get(format!("{}/{name}", self.site_url));
        // The bucket's policy requires TLS, but the emulator is reached without it.
        let request = request.header("x-forwarded-proto", "https");
        match &self.site_host {
            Some(host) => request.header("host", host),
            None => request,
        }
    }
}
