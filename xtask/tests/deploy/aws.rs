//! Requests to the emulated AWS with all permissions, to prepare and to check the account.

use std::process::Command;

use serde_json::Value;

/// The URL of the emulator.
#[expect(
    clippy::disallowed_methods,
    reason = "the lint is for the API; in these tests, only this function reads the environment"
)]
pub fn endpoint() -> String {
    std::env::var("AWS_ENDPOINT_URL").expect("run these tests with `cargo xtask test aws`")
}

/// Runs the AWS CLI with all permissions. Returns `None` if AWS responds with an error.
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

/// Returns the bucket with the code and the history of a stack.
pub fn code_bucket(stack: &str) -> String {
    let query = format!("Buckets[?starts_with(Name, '{stack}-code-')].Name");
    let found = aws(&["s3api", "list-buckets", "--query", &query]).unwrap();
    found[0].as_str().unwrap().to_owned()
}

/// Uploads JSON to an `s3://` URL.
pub fn put_object(url: &str, content: &Value) {
    let file = std::env::temp_dir().join(format!("wishboard-object-{}", uuid::Uuid::new_v4()));
    std::fs::write(&file, content.to_string()).unwrap();
    aws(&["s3", "cp", file.to_str().unwrap(), url]).unwrap();
    std::fs::remove_file(&file).unwrap();
}
