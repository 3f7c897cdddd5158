//! Checks the limits of the AWS account. AWS raises them over time; those of a new account are low.

use anyhow::Result;
use serde_json::Value;

use crate::deploy::aws_cli::AwsCli;
use crate::system::terminal::print;

/// The usual limit is 1,000. A new account may have 10, which a page with some visitors exceeds.
const MIN_CONCURRENT_EXECUTIONS: u64 = 100;

/// Prints a warning if Lambda runs only a few requests at the same time, and reports a problem if it runs none.
pub(crate) fn check(aws: &AwsCli) -> Result<Option<String>> {
    let settings = aws.json(&["lambda", "get-account-settings", "--query", "AccountLimit"])?;
    let problem = problem(&settings);
    if let (None, Some(limit)) = (&problem, low_limit(&settings)) {
        print(&format!(
            "Lambda runs at most {limit} requests at the same time in this account; ask for a higher quota, see \
             Troubleshooting in deploy/README.md"
        ));
    }
    Ok(problem)
}

/// Returns the concurrency that functions without a reservation share, if it is low.
fn low_limit(settings: &Value) -> Option<u64> {
    settings["UnreservedConcurrentExecutions"].as_u64().filter(|limit| *limit < MIN_CONCURRENT_EXECUTIONS)
}

fn problem(settings: &Value) -> Option<String> {
    (low_limit(settings) == Some(0)).then(|| {
        "Lambda runs no functions in this account, because its concurrency is 0 or reserved for others: ask for a higher \
         quota (Service Quotas, AWS Lambda, Concurrent executions)"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_account_needs_some_concurrency() {
        for (unreserved, low, has_problem) in [(1000, None, false), (10, Some(10), false), (0, Some(0), true)]
        {
            let settings =
                json!({ "ConcurrentExecutions": 1000, "UnreservedConcurrentExecutions": unreserved });
            assert_eq!(low_limit(&settings), low);
            assert_eq!(problem(&settings).is_some(), has_problem, "{unreserved}");
        }
    }
}
