//! A blocking HTTP client for single requests.

use std::time::Duration;

use anyhow::{Context, Result};
use ureq::Agent;
use ureq::http::{self, HeaderMap};

const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);
/// A short timeout, because a server on this machine responds to a health check at once.
const LOCAL_REQUEST_TIMEOUT: Duration = Duration::from_secs(1);

/// A GET request, or a POST request with a JSON body.
pub(crate) struct Request {
    pub(crate) url: String,
    headers: Vec<(&'static str, String)>,
    json: Option<String>,
}

/// A response with any status.
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// The body as text. Invalid UTF-8 is replaced.
    pub(crate) body: String,
}

impl Request {
    /// Returns a GET request.
    pub(crate) fn get(url: String) -> Self {
        Self { url, headers: Vec::new(), json: None }
    }

    /// Returns a POST request with a JSON body.
    pub(crate) fn post(url: String, body: &serde_json::Value) -> Self {
        let headers = vec![("content-type", "application/json".to_owned())];
        Self { url, headers, json: Some(body.to_string()) }
    }

    /// Adds a header.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Sends the request. Uses the proxy of the environment, unless the server is on this machine. Does not follow
    /// redirects.
    ///
    /// # Errors
    /// If there is no response within 20 seconds.
    pub(crate) fn send(&self) -> Result<Response> {
        self.send_within(REQUEST_TIMEOUT)
    }

    fn send_within(&self, timeout: Duration) -> Result<Response> {
        let mut config = Agent::config_builder().timeout_global(Some(timeout)).http_status_as_error(false);
        if self.url.starts_with("http://127.0.0.1") {
            config = config.proxy(None);
        }
        let agent = config.max_redirects(0).build().new_agent();
        let method = if self.json.is_some() { "POST" } else { "GET" };
        let builder = http::Request::builder().method(method).uri(&self.url);
        let builder =
            self.headers.iter().fold(builder, |builder, (name, value)| builder.header(*name, value));
        let mut response = match &self.json {
            Some(json) => agent.run(builder.body(json.as_str()).context("invalid request")?)?,
            None => agent.run(builder.body(()).context("invalid request")?)?,
        };
        let body = response.body_mut().read_to_vec()?;
        Ok(Response {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: String::from_utf8_lossy(&body).into_owned(),
        })
    }
}

/// Returns the status of a GET request to a server on this machine, or `None` without a response.
pub(crate) fn status_of(url: &str) -> Option<u16> {
    Request::get(url.to_owned()).send_within(LOCAL_REQUEST_TIMEOUT).ok().map(|response| response.status)
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpListener;
    use std::thread::{self, JoinHandle};

    use serde_json::json;

    use super::*;

    /// Starts a server that answers one request with this text. Returns its URL, and a thread that returns the request.
    fn answer_with(response: &'static str) -> (String, JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/path", listener.local_addr().expect("an address"));
        let request = thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a client");
            let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
            let mut request = String::new();
            while !request.ends_with("\r\n\r\n") {
                assert!(reader.read_line(&mut request).expect("a line") > 0);
            }
            let length = request.lines().find_map(|line| line.strip_prefix("content-length: "));
            let mut body = vec![0; length.map_or(0, |length| length.parse().expect("a number"))];
            reader.read_exact(&mut body).expect("a body");
            stream.write_all(response.as_bytes()).expect("an answer");
            request + &String::from_utf8_lossy(&body)
        });
        (url, request)
    }

    #[test]
    fn the_status_of_any_answer_is_returned() {
        let (url, request) = answer_with("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(status_of(&url), Some(503));
        assert!(request.join().expect("no panic").starts_with("GET /path HTTP/1.1\r\n"));
        assert_eq!(status_of(&url), None, "the server has stopped");
    }

    #[test]
    fn headers_and_json_are_sent_and_redirects_are_not_followed() {
        let (url, request) = answer_with("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 2\r\n\r\nhi");
        let response = Request::post(url, &json!({"a": 1})).header("host", "board.example").send();
        let response = response.expect("an answer");
        assert_eq!((response.status, response.body.as_str()), (302, "hi"));
        assert_eq!(response.headers["location"], "/");
        let request = request.join().expect("no panic").to_ascii_lowercase();
        assert!(request.starts_with("post /path") && request.ends_with("\r\n\r\n{\"a\":1}"), "{request}");
        assert!(request.contains("host: board.example\r\n"), "{request}");
        assert_eq!(request.matches("host:").count(), 1, "{request}");
        assert!(request.contains("content-type: application/json\r\n"), "{request}");
    }
}
