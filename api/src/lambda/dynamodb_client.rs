//! The DynamoDB client of the Lambda functions.
//!
//! It is made for a fast cold start: it takes region and credentials from the variables that Lambda sets, without the
//! SDK's search in other places, and it trusts only the certificate authorities of AWS. Loading the operating system's
//! certificates would take 3 of 10 ms of a cold start (docs/speed.md).

use std::time::Duration;

use aws_config::BehaviorVersion;
use aws_config::environment::{EnvironmentVariableCredentialsProvider, EnvironmentVariableRegionProvider};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::SharedHttpClient;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};

/// The roots of Amazon Trust Services (<https://www.amazontrust.com/repository/>). All endpoints of AWS use them
/// ("AWS Certificate Authority migration", AWS Security Blog).
pub const AMAZON_TRUST_SERVICES: [&str; 5] = [
    include_str!("amazon_trust_services/root_ca_1.pem"),
    include_str!("amazon_trust_services/root_ca_2.pem"),
    include_str!("amazon_trust_services/root_ca_3.pem"),
    include_str!("amazon_trust_services/root_ca_4.pem"),
    include_str!("amazon_trust_services/starfield_services_g2.pem"),
];

/// Maximum time to connect to DynamoDB: 1 second.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// Maximum time of one attempt of a call to DynamoDB: 2 seconds.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(2);

/// Creates the client. Does not connect to DynamoDB.
///
/// # Errors
/// If the certificates are malformed.
pub async fn create() -> Result<Client, aws_smithy_http_client::HttpClientError> {
    let config = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http_client()?)
        .timeout_config(timeouts())
        .region(EnvironmentVariableRegionProvider::new())
        .credentials_provider(EnvironmentVariableCredentialsProvider::new());
    Ok(Client::new(&config.load().await))
}

/// Returns the timeouts of calls to DynamoDB. Without them, a call on a broken connection would wait longer than the
/// function may run. With them, the SDK tries it again on another connection.
pub fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .operation_attempt_timeout(ATTEMPT_TIMEOUT)
        .build()
}

fn http_client() -> Result<SharedHttpClient, aws_smithy_http_client::HttpClientError> {
    let trust_store =
        AMAZON_TRUST_SERVICES.into_iter().fold(TrustStore::empty(), TrustStore::with_pem_certificate);
    let tls = TlsContext::builder().with_trust_store(trust_store).build()?;
    Ok(Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).tls_context(tls).build_https())
}
