//! Checks the AWS region.

use crate::deploy::aws_cli::AwsCli;
use crate::system::{command, env};

/// A script that prints the regions with API Gateway HTTP APIs. It reads them from the AWS CLI's data, without network.
const LIST_REGIONS: &str = "xtask/src/deploy/preflight/list_regions.py";

/// Reports a region that does not exist or lacks a service. Accepts an empty region: `CodeBucket::of_stack`
/// reports that none is configured.
pub(crate) fn check(aws: &AwsCli, region: &str) -> Vec<String> {
    let mut list = aws.python.program("python");
    let Some(regions) = command::output(list.arg(env::root().join(LIST_REGIONS))) else { return Vec::new() };
    if region.is_empty() || regions.split(' ').any(|known| known == region) {
        return Vec::new();
    }
    vec![format!(
        "there is no AWS region `{region}` with all services that Wishboard needs: set AWS_REGION to another one, for \
         example eu-central-1"
    )]
}
