//! Access to the stack on the emulated AWS: queries with the AWS CLI, and clients of its gateways.

use std::process::Command;
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::client::TestClient;
use crate::reply::Reply;

pub const PASSWORD: &str = "seven green bottles hum";

/// The origin of the site.
pub const SITE: &str = "https://wishboard.example";

/// Another origin, whose pages may call the API with a token.
pub const OTHER_SITE: &str = "https://elsewhere.example";

/// The template in the repository.
pub const TEMPLATE: &str = include_str!("../../../deploy/template.yaml");

/// Returns an environment variable that `cargo xtask test aws` sets.
#[expect(clippy::disallowed_methods, reason = "the rule is for the API, not for its tests")]
fn env_var(variable: &str) -> String {
    std::env::var(variable).expect("run these tests with `cargo xtask test aws`")
}

/// Returns the URL of the emulated AWS.
pub fn endpoint() -> String {
    env_var("AWS_ENDPOINT_URL")
}

/// Returns the name of the stack.
pub fn stack_name() -> String {
    env_var("STACK")
}

/// Runs the AWS CLI and returns its output.
#[track_caller]
pub fn aws(arguments: &[&str]) -> Value {
    let mut aws = Command::new("aws");
    let output = aws.args(arguments).args(["--output", "json"]).env("AWS_PAGER", "").output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    if output.stdout.is_empty() { Value::Null } else { serde_json::from_slice(&output.stdout).unwrap() }
}

/// Returns an output of the stack.
pub fn output(name: &str) -> String {
    static OUTPUTS: OnceLock<Value> = OnceLock::new();
    let outputs = OUTPUTS.get_or_init(|| {
        let query = "Stacks[0].Outputs";
        aws(&["cloudformation", "describe-stacks", "--stack-name", &stack_name(), "--query", query])
    });
    let outputs = outputs.as_array().unwrap();
    let output = outputs.iter().find(|output| output["OutputKey"] == name).expect(name);
    output["OutputValue"].as_str().unwrap().to_owned()
}

/// Returns a parameter of the stack.
pub fn parameter(name: &str) -> String {
    let query = format!("Stacks[0].Parameters[?ParameterKey=='{name}'].ParameterValue | [0]");
    let value = aws(&["cloudformation", "describe-stacks", "--stack-name", &stack_name(), "--query", &query]);
    value.as_str().expect(name).to_owned()
}

/// Returns the physical id of a resource, by its name in the template.
pub fn physical_id(name: &str) -> String {
    static RESOURCES: OnceLock<Value> = OnceLock::new();
    let resources = RESOURCES.get_or_init(|| {
        let query = "StackResourceSummaries";
        aws(&["cloudformation", "list-stack-resources", "--stack-name", &stack_name(), "--query", query])
    });
    let resources = resources.as_array().unwrap();
    let resource = resources.iter().find(|resource| resource["LogicalResourceId"] == name).expect(name);
    resource["PhysicalResourceId"].as_str().unwrap().to_owned()
}

/// An API in API Gateway, through which clients reach our API.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gateway {
    /// The HTTP API, with a JWT authorizer.
    Http,
    /// The REST API, with our TOKEN authorizer.
    Rest,
}

pub const GATEWAYS: [Gateway; 2] = [Gateway::Http, Gateway::Rest];

impl Gateway {
    /// Returns the base URL. On AWS, it is `https://<api>.execute-api.<region>.amazonaws.com[/<stage>]`.
    pub fn url(self) -> String {
        let (api, stage) = match self {
            Self::Http => ("HttpApiId", "$default"),
            Self::Rest => ("RestApiId", "prod"),
        };
        format!("{}/_aws/execute-api/{}/{stage}", endpoint(), output(api))
    }

    /// Returns a client that is not logged in.
    pub fn guest(self) -> TestClient {
        TestClient::new(&self.url())
    }

    /// Signs up a new user. Returns a client with an access token and the session cookie.
    pub async fn sign_up(self) -> TestClient {
        let username = format!("u{}", &uuid::Uuid::new_v4().simple().to_string()[..12]);
        let sign_up = json!({"username": username, "password": PASSWORD, "name": "Ann"});
        let reply = self.guest().with("origin", SITE).post("/api/signup", sign_up).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        assert!(reply.cookie().starts_with("__Host-session="), "{reply:?}");
        self.guest().with_credentials(&reply)
    }
}

/// Returns whether the API sent this response. Otherwise, the gateway sent it.
pub fn is_from_api(reply: &Reply) -> bool {
    reply.headers.contains_key("x-request-id")
}
