//! The Lambda functions as processes, with a simulated Runtime API.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use lambda_simulator::{InvocationStatus, Simulator};
use serde_json::{Value, json};

use super::dynamodb_server::DynamoDbServer;
use super::gateway::{GatewayRequest, GatewayResponse, Payload};

/// The program of the function that answers all requests to the API.
pub const API: &str = env!("CARGO_BIN_EXE_lambda");

/// The program of the TOKEN authorizer.
pub const AUTHORIZER: &str = env!("CARGO_BIN_EXE_authorizer");

pub const ISSUER: &str = "https://api.example.com";
pub const SITE: &str = "https://example.com";
pub const EDGE_SECRET: &str = "shared by our own CloudFront distribution and the API";

/// The route with which the tests invoke the authorizer.
const METHOD_ARN: &str = "arn:aws:execute-api:us-east-1:123456789012:abc/prod/GET/api/me";

/// Maximum time of an invocation, on a slow machine under load: 60 seconds.
const INVOCATION_TIMEOUT: Duration = Duration::from_secs(60);

/// A running function. Its process is killed when this value is dropped.
pub struct LambdaFunction {
    simulator: Simulator,
    process: Child,
}

impl LambdaFunction {
    pub async fn start(program: &str, database: &DynamoDbServer) -> Self {
        Self::start_with_env(program, database, &[]).await
    }

    /// Starts a function with additional environment variables.
    pub async fn start_with_env(
        program: &str,
        database: &DynamoDbServer,
        variables: &[(&str, &str)],
    ) -> Self {
        Self::start_with_log(program, database, variables, [Stdio::null(), Stdio::null()]).await
    }

    /// Starts a function with additional environment variables, and writes its standard output and standard error to
    /// `log`.
    pub async fn start_with_log(
        program: &str,
        database: &DynamoDbServer,
        variables: &[(&str, &str)],
        [stdout, stderr]: [Stdio; 2],
    ) -> Self {
        let simulator = Simulator::builder().function_name("test").build().await.unwrap();
        let runtime_api = simulator.runtime_api_url();
        let process = Command::new(program)
            .envs(simulator.lambda_env_vars())
            .env("AWS_LAMBDA_RUNTIME_API", runtime_api.trim_start_matches("http://"))
            .env("AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH", "true")
            .env("AWS_ACCESS_KEY_ID", "x")
            .env("AWS_SECRET_ACCESS_KEY", "x")
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ENDPOINT_URL_DYNAMODB", &database.url)
            .env("WISHBOARD_TABLE", "wishboard")
            .env("WISHBOARD_ISSUER", ISSUER)
            .env("WISHBOARD_ORIGINS", SITE)
            .env("WISHBOARD_EDGE_SECRET", EDGE_SECRET)
            .envs(variables.iter().copied())
            .stdout(stdout)
            .stderr(stderr)
            .spawn()
            .unwrap();
        Self { simulator, process }
    }

    /// Invokes the function. Returns its result, or the message of its error.
    pub async fn invoke(&self, event: Value) -> Result<Value, String> {
        let id = self.simulator.enqueue_payload(event).await;
        let invocation = self.simulator.wait_for_invocation_complete(&id, INVOCATION_TIMEOUT).await.unwrap();
        match invocation.status {
            InvocationStatus::Success => Ok(invocation.response.unwrap().payload),
            _ => Err(invocation.error.unwrap().error_message),
        }
    }

    /// Sends a request as API Gateway does, and expects a response.
    pub async fn send(&self, payload: Payload, request: &GatewayRequest) -> GatewayResponse {
        GatewayResponse(self.invoke(payload.event(request)).await.unwrap())
    }

    /// Invokes the authorizer with a token. Returns the policy, or the message of the error.
    pub async fn authorize(&self, token: impl Into<Value>) -> Result<Value, String> {
        self.authorize_method(token, METHOD_ARN).await
    }

    /// Invokes the authorizer with a token and a method.
    pub async fn authorize_method(
        &self,
        token: impl Into<Value>,
        method_arn: impl Into<Value>,
    ) -> Result<Value, String> {
        let (token, method_arn): (Value, Value) = (token.into(), method_arn.into());
        self.invoke(json!({"type": "TOKEN", "authorizationToken": token, "methodArn": method_arn})).await
    }
}

impl Drop for LambdaFunction {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
