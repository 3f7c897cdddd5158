//! Waits until an issuer publishes its keys. API Gateway reads them when it creates a JWT authorizer.

use std::time::Duration;

use anyhow::{Result, bail};

use crate::deploy::aws_cli::AwsCli;
use crate::deploy::stack::{Stack, StackState};
use crate::system::http::Request;
use crate::system::poll::Poll;
use crate::system::terminal::print;

/// A stage is live some seconds after CloudFormation has created it; a new domain is live after some minutes. The
/// first request generates the signing keys.
const KEYS_PUBLISHED_POLL: Poll =
    Poll { interval: Duration::from_secs(1), timeout: Duration::from_secs(300) };

/// The documents that API Gateway reads, and a field that each must contain.
const DOCUMENTS: [(&str, &str); 2] = [("openid-configuration", "\"jwks_uri\""), ("jwks.json", "\"kid\"")];

/// Waits for the stack's own API, and for the configured issuer if it has another address.
pub(crate) fn until_keys_are_published(stack: &Stack) -> Result<()> {
    print("Waiting for the API to publish its keys");
    let state = stack.expect_state()?;
    wait_for(&own_issuer(stack.aws, &state)?)?;
    match state.outputs.get("Issuer") {
        Some(issuer) if !stack.aws.is_emulated() && Some(issuer) != state.outputs.get("HttpApiUrl") => {
            wait_for(issuer)
        }
        _ => Ok(()),
    }
}

/// Returns the issuer at the HTTP API's own address.
pub(crate) fn own_issuer(aws: &AwsCli, state: &StackState) -> Result<String> {
    Ok(aws.api_url(state.output("HttpApiId")?, "$default", state.output("HttpApiUrl")?))
}

fn wait_for(issuer: &str) -> Result<()> {
    for (document, field) in DOCUMENTS {
        let request = Request::get(format!("{issuer}/.well-known/{document}"));
        let mut last_answer = "no response".to_owned();
        let published = KEYS_PUBLISHED_POLL.until_true(|| match request.send() {
            Ok(response) if response.status == 200 && response.body.contains(field) => true,
            Ok(response) => {
                last_answer = format!("{} {}", response.status, response.body);
                false
            }
            Err(_) => false,
        });
        if !published {
            bail!("the API publishes no keys at {}: {last_answer}", request.url);
        }
    }
    Ok(())
}
