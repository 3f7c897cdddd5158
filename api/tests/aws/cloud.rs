//! The stack, as people reach it and as its owner sees it.

use std::process::Command;
use std::sync::OnceLock;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method};
use serde_json::{Value, json};

pub const PASSWORD: &str = "seven green bottles hum";

/// The site's own origin, and one that the stack was request to let in.
pub const SITE: &str = "https://wishboard.example";
pub const ELSEWHERE: &str = "https://elsewhere.example";

/// As it is in the repository.
pub const TEMPLATE: &str = include_str!("../../../deploy/template.yaml");

/// What `cargo xtask test aws` says of where everything is.
#[expect(clippy::disallowed_methods, reason = "the rule is for the API; here, this is the only reader")]
fn env_var(variable: &str) -> String {
    std::env::var(variable).expect("these tests are run by `cargo xtask test aws`")
}

/// The emulated AWS.
pub fn endpoint() -> String {
    env_var("AWS_ENDPOINT_URL")
}

/// The name of the stack.
pub fn stack() -> String {
    env_var("STACK")
}

/// What the AWS CLI answers to its owner.
#[track_caller]
pub fn aws(arguments: &[&str]) -> Value {
    let mut aws = Command::new("aws");
    let output = aws.args(arguments).args(["--output", "json"]).env("AWS_PAGER", "").output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    if output.stdout.is_empty() { Value::Null } else { serde_json::from_slice(&output.stdout).unwrap() }
}

/// An output of the template.
pub fn output(name: &str) -> String {
    static OUTPUTS: OnceLock<Value> = OnceLock::new();
    let outputs = OUTPUTS.get_or_init(|| {
        let query = "Stacks[0].Outputs";
        aws(&["cloudformation", "describe-stacks", "--stack-name", &stack(), "--query", query])
    });
    let outputs = outputs.as_array().unwrap();
    let output = outputs.iter().find(|output| output["OutputKey"] == name).expect(name);
    output["OutputValue"].as_str().unwrap().to_owned()
}

/// A parameter of the stack.
pub fn parameter(name: &str) -> String {
    let query = format!("Stacks[0].Parameters[?ParameterKey=='{name}'].ParameterValue | [0]");
    let value = aws(&["cloudformation", "describe-stacks", "--stack-name", &stack(), "--query", &query]);
    value.as_str().expect(name).to_owned()
}

/// What AWS calls a resource of the template.
pub fn physical(name: &str) -> String {
    static RESOURCES: OnceLock<Value> = OnceLock::new();
    let resources = RESOURCES.get_or_init(|| {
        let query = "StackResourceSummaries";
        aws(&["cloudformation", "list-stack-resources", "--stack-name", &stack(), "--query", query])
    });
    let resources = resources.as_array().unwrap();
    let resource = resources.iter().find(|resource| resource["LogicalResourceId"] == name).expect(name);
    resource["PhysicalResourceId"].as_str().unwrap().to_owned()
}

/// An API Gateway in front of the API.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EntryPoint {
    /// An HTTP API with its own JWT authorizer.
    Http,
    /// A REST API with our TOKEN authorizer.
    Rest,
}

pub const ENTRY_POINTS: [EntryPoint; 2] = [EntryPoint::Http, EntryPoint::Rest];

impl EntryPoint {
    /// In AWS `https://<api>.execute-api.<region>.amazonaws.com[/<stage>]`.
    pub fn url(self) -> String {
        let (api, stage) = match self {
            Self::Http => ("HttpApiId", "$default"),
            Self::Rest => ("RestApiId", "prod"),
        };
        format!("{}/_aws/execute-api/{}/{stage}", endpoint(), output(api))
    }

    /// Somebody with nothing.
    pub fn guest(self) -> Person {
        Person { url: self.url(), http: Client::new(), headers: HeaderMap::new() }
    }

    /// Somebody new, with a token and the cookie.
    pub async fn sign_up(self) -> Person {
        let username = format!("u{}", &uuid::Uuid::new_v4().simple().to_string()[..12]);
        let sent = json!({"username": username, "password": PASSWORD, "name": "Ann"});
        let reply = self.guest().with("origin", SITE).send(Method::POST, "/api/signup", Some(sent)).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        let cookie = reply.header("set-cookie").split(';').next().unwrap().to_owned();
        assert!(cookie.starts_with("__Host-session="), "{reply:?}");
        let guest = self.guest().with("cookie", &cookie);
        guest.with("authorization", &format!("Bearer {}", reply.body["token"].as_str().unwrap()))
    }
}

/// What sends requests, with the headers it was given.
#[derive(Clone)]
pub struct Person {
    url: String,
    http: Client,
    headers: HeaderMap,
}

impl Person {
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut person = self.clone();
        person.headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        person
    }

    pub fn without(&self, name: &str) -> Self {
        let mut person = self.clone();
        person.headers.remove(name);
        person
    }

    /// The access token.
    pub fn token(&self) -> &str {
        self.headers["authorization"].to_str().unwrap().trim_start_matches("Bearer ")
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, Some(body)).await
    }

    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let mut request =
            self.http.request(method, format!("{}{path}", self.url)).headers(self.headers.clone());
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        Reply { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
    }
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Whether the API itself answered, and no gateway in its place.
    pub fn is_the_apis(&self) -> bool {
        self.headers.contains_key("x-request-id")
    }
}
