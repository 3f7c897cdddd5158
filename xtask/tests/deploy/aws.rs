//! The emulated AWS, as its owner sees it.

use std::process::Command;

use serde_json::Value;

/// The URL of the emulator.
#[expect(
    clippy::disallowed_methods,
    reason = "the rule is for the API; in these tests, this is the only reader"
)]
pub fn endpoint() -> String {
    std::env::var("AWS_ENDPOINT_URL").expect("run these tests with `cargo xtask test aws`")
}

/// Runs the AWS CLI as the owner of the account. Returns `None` if AWS answers with an error.
pub fn aws(args: &[&str]) -> Option<Value> {
    let output = Command::new("aws").args(args).args(["--output", "json"]).output().unwrap();
    output.status.success().then(|| serde_json::from_slice(&output.stdout).unwrap_or_default())
}

/// Returns an output of a stack, or `None` if the stack does not exist.
pub fn stack_output(stack: &str, name: &str) -> Option<String> {
    let query = format!("Stacks[0].Outputs[?OutputKey=='{name}'].OutputValue");
    let found = aws(&["cloudformation", "describe-stacks", "--stack-name", stack, "--query", &query])?;
    Some(found[0].as_str()?.to_owned())
}

/// Returns the names of all buckets, as one text.
pub fn bucket_names() -> String {
    aws(&["s3api", "list-buckets", "--query", "Buckets[].Name"]).unwrap().to_string()
}
