//! The user of the smoke test. Its username and password are in the code bucket until the user is deleted, so that a
//! later run can delete the user of an interrupted one.

use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::deploy::code_bucket::CodeBucket;
use crate::deploy::smoke_test::api_client::ApiClient;

/// The object in the code bucket. It is `null` if there is no user.
const USER_KEY: &str = "smoke-test-user.json";
/// Maximum number of requests to delete the account. Deleting an account can take several requests.
const MAX_DELETE_REQUESTS: usize = 5;

/// A user with random credentials.
pub(crate) struct TestUser {
    username: String,
    password: String,
}

impl TestUser {
    /// Returns a new user, which is not signed up yet.
    pub(crate) fn generate() -> Self {
        let name = Uuid::new_v4().simple().to_string();
        Self { username: format!("check-{}", &name[..16]), password: Uuid::new_v4().to_string() }
    }

    /// Returns the user of an interrupted run, or `None`.
    pub(crate) fn read(code: &CodeBucket) -> Result<Option<Self>> {
        let stored = code.download_json(USER_KEY)?.unwrap_or_default();
        let text = |name: &str| stored[name].as_str().map(str::to_owned);
        Ok(text("username").zip(text("password")).map(|(username, password)| Self { username, password }))
    }

    /// Stores the user in the code bucket, which is private.
    pub(crate) fn write(&self, code: &CodeBucket) -> Result<()> {
        store(code, &self.login())
    }

    /// Removes the stored user.
    pub(crate) fn forget(code: &CodeBucket) -> Result<()> {
        store(code, &Value::Null)
    }

    /// Signs up, requests the own profile, and deletes the user in any case.
    pub(crate) fn test(&self, api: &ApiClient) -> Result<()> {
        let tested = self.sign_up(api).and_then(|token| api.get("/api/me", Some(&token)).map(drop));
        let deleted = self.delete(api);
        tested.and(deleted)
    }

    fn login(&self) -> Value {
        json!({ "username": self.username, "password": self.password })
    }

    /// Signs up and returns the access token.
    fn sign_up(&self, api: &ApiClient) -> Result<String> {
        let mut profile = self.login();
        profile["name"] = json!("Deployment check");
        let response = api.post("/api/signup", None, &profile)?;
        if response.status == 201 {
            return access_token(&response.body);
        }
        // An earlier attempt may have succeeded although its response was lost.
        let token = self.log_in(api)?;
        token.with_context(|| {
            format!("POST /api/signup responded with {}: {}", response.status, response.body)
        })
    }

    /// Logs in and returns the access token, or `None` if there is no such user.
    fn log_in(&self, api: &ApiClient) -> Result<Option<String>> {
        let response = api.post("/api/login", None, &self.login())?;
        match response.status {
            200 => access_token(&response.body).map(Some),
            401 => Ok(None),
            status => bail!("POST /api/login responded with {status}: {}", response.body),
        }
    }

    /// Deletes the user, if it exists.
    pub(crate) fn delete(&self, api: &ApiClient) -> Result<()> {
        self.delete_account(api).with_context(|| {
            format!("the user {} was not deleted; the next `cargo xtask deploy` deletes it", self.username)
        })
    }

    fn delete_account(&self, api: &ApiClient) -> Result<()> {
        let password = json!({ "password": self.password });
        let mut last_status = 0;
        for _ in 0..MAX_DELETE_REQUESTS {
            // A new login shows whether an earlier attempt, whose response was lost, has deleted the user.
            let Some(token) = self.log_in(api)? else { return Ok(()) };
            last_status = api.post("/api/me/delete", Some(&token), &password)?.status;
            match last_status {
                204 => return Ok(()),
                202 => {}
                _ => break,
            }
        }
        match self.log_in(api)? {
            None => Ok(()),
            Some(_) => bail!("POST /api/me/delete responded with {last_status}"),
        }
    }
}

fn access_token(body: &str) -> Result<String> {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    Ok(body["token"].as_str().context("the API returned no access token")?.to_owned())
}

fn store(code: &CodeBucket, user: &Value) -> Result<()> {
    let file = code.staging_folder()?.join(USER_KEY);
    fs::write(&file, user.to_string()).context("cannot write to the target folder")?;
    let uploaded = code.upload(&file, USER_KEY);
    fs::remove_file(&file).context("cannot write to the target folder")?;
    uploaded
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpListener;
    use std::sync::{Arc, Mutex};
    use std::thread;

    use super::*;

    const TOKEN: &str = r#"{"token":"t"}"#;

    /// The paths of all requests so far.
    type Paths = Arc<Mutex<Vec<String>>>;

    /// Starts an API that answers one request for each status.
    fn api_with(answers: &'static [(u16, &str)]) -> (ApiClient, Paths) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let api = ApiClient::for_tests(format!("http://{}", listener.local_addr().expect("an address")));
        let paths = Paths::default();
        let requested = Arc::clone(&paths);
        thread::spawn(move || answers.iter().for_each(|answer| serve(&listener, *answer, &requested)));
        (api, paths)
    }

    /// Answers one request and records its path.
    fn serve(listener: &TcpListener, (status, body): (u16, &str), paths: &Paths) {
        let (mut stream, _) = listener.accept().expect("a client");
        let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(reader.read_line(&mut head).expect("a line") > 0);
        }
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let mut content = vec![0; length.map_or(0, |length| length.parse().expect("a number"))];
        reader.read_exact(&mut content).expect("a body");
        paths.lock().expect("no panic").push(head.split(' ').nth(1).expect("a path").to_owned());
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status} Status\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .expect("an answer");
    }

    #[test]
    fn a_new_gateway_may_reject_requests_at_first() {
        let (api, requests) = api_with(&[
            (429, ""),
            (201, TOKEN),
            (401, ""),
            (403, ""),
            (200, "{}"),
            (200, TOKEN),
            (401, ""),
            (204, ""),
        ]);
        TestUser::generate().test(&api).expect("each request succeeds within a minute");
        let requests = requests.lock().expect("no panic").clone();
        let (profile, delete) = ("/api/me", "/api/me/delete");
        assert_eq!(requests[2..], [profile, profile, profile, "/api/login", delete, delete]);
    }

    #[test]
    fn the_user_is_deleted_after_a_failed_test() {
        let (api, requests) = api_with(&[(201, TOKEN), (400, "broken"), (200, TOKEN), (204, "")]);
        let error = TestUser::generate().test(&api).expect_err("the profile is not available").to_string();
        assert!(error.contains("GET /api/me responded with 400: broken"), "{error}");
        assert_eq!(requests.lock().expect("no panic").clone()[2..], ["/api/login", "/api/me/delete"]);
    }

    #[test]
    fn a_user_that_exists_no_longer_counts_as_deleted() {
        let (api, requests) = api_with(&[(200, TOKEN), (400, ""), (401, "")]);
        TestUser::generate().delete(&api).expect("an earlier attempt has deleted the user");
        assert_eq!(requests.lock().expect("no panic").clone().len(), 3);
    }

    #[test]
    fn an_undeleted_user_is_reported() {
        let (api, _requests) = api_with(&[(200, TOKEN), (400, ""), (200, TOKEN)]);
        let error = TestUser::generate().delete(&api).expect_err("the user still exists");
        assert!(format!("{error:#}").contains("was not deleted") && format!("{error:#}").contains("400"));
    }
}
