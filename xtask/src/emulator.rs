//! `cargo xtask aws`: runs Wishboard on an emulated AWS, created from deploy/template.yaml. The tests of
//! `cargo xtask test aws` use the same emulator.

mod ministack;

use std::thread;
use std::time::Duration;

use anyhow::Result;

use crate::deploy::artifacts::Artifacts;
use crate::deploy::aws_cli::AwsCli;
use crate::deploy::code_bucket::CodeBucket;
use crate::deploy::rollout;
use crate::deploy::stack::{Outputs, Stack};
use crate::deploy::template::Template;
pub(crate) use crate::emulator::ministack::Ministack;
use crate::setup::node;
use crate::setup::python::{self, PythonEnv};
use crate::system::port;
use crate::system::stop_signal::StopSignal;
use crate::system::terminal::print;

/// The name of the stack on the emulator.
pub(crate) const STACK: &str = "wishboard";
/// The default port of ministack.
const PORT: u16 = 4566;
/// Interval between the checks that the emulator still runs.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// The variables that the user's own AWS CLI needs.
const SHOWN_VARS: [&str; 4] =
    ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"];

/// Runs Wishboard on the emulator until the user stops it.
pub(crate) fn run() -> Result<()> {
    port::expect_free(&format!("127.0.0.1:{PORT}"))?;
    let python = install_tools()?;
    let artifacts = Artifacts::build_for_emulator()?;
    let stop = StopSignal::install()?;
    let mut emulator = Ministack::start(python, PORT)?;
    let aws = emulator.aws_cli();
    let outputs = create_stack(&aws, &artifacts, [("RestApi", "yes")])?;
    print_addresses(&aws, &outputs);
    while !stop.is_set() {
        emulator.expect_running()?;
        thread::sleep(POLL_INTERVAL);
    }
    print("Stopping");
    Ok(())
}

/// Finds or installs what the emulator needs: Python for itself, Node.js for CloudFront functions.
pub(crate) fn install_tools() -> Result<PythonEnv> {
    node::require()?;
    python::aws_tools()
}

/// Creates the stack with these parameters and uploads the site.
pub(crate) fn create_stack<const N: usize>(
    aws: &AwsCli,
    artifacts: &Artifacts,
    parameters: [(&str, &str); N],
) -> Result<Outputs> {
    let template = Template::read()?;
    let stack = Stack { aws, name: STACK, template: &template };
    let parameters = parameters.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let code = CodeBucket::of_stack(aws, STACK)?;
    Ok(rollout::roll_out(&stack, &code, artifacts, parameters)?.state.outputs)
}

fn print_addresses(aws: &AwsCli, outputs: &Outputs) {
    let output = |name: &str| outputs.get(name).map(String::as_str).unwrap_or_default();
    let url = |id: &str, stage: &str| aws.api_url(output(id), stage, "");
    print("\nWishboard is up on an emulated AWS (Ctrl-C stops it and deletes all its data):\n");
    print(&format!("  HTTP API, JWT authorizer    {}/api/health", url("HttpApiId", "$default")));
    print(&format!("  REST API, TOKEN authorizer  {}/api/health", url("RestApiId", "prod")));
    print(&format!("  CloudFront                  127.0.0.1:{PORT} with the Host of {}", output("Url")));
    print("\nTo use the AWS CLI with it:\n");
    for (name, value) in aws.vars().iter().filter(|(name, _)| SHOWN_VARS.contains(name)) {
        print(&format!("  export {name}={value}"));
    }
    let program = aws.python.bin().join("aws");
    let query = "--query 'events[].message' --output text";
    print(&format!(
        "  {} logs filter-log-events --log-group-name /aws/lambda/{STACK}-api {query}\n",
        program.display()
    ));
}
