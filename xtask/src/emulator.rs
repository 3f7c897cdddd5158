//! `cargo xtask aws`: Wishboard on an emulated AWS, made from deploy/template.yaml, for whoever changes a route or the
//! template. `cargo xtask test aws` tests on the same.

mod ministack;

use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use anyhow::Result;

use crate::build::site;
use crate::deploy;
use crate::deploy::aws_cli::Account;
use crate::deploy::code_bucket::Bucket;
use crate::deploy::lambda_package::Release;
use crate::deploy::stack::{Outputs, Stack};
use crate::deploy::template::Template;
use crate::emulator::ministack::Emulator;
use crate::setup::node;
use crate::setup::python::{self, Python};
use crate::system::child_process::stop_signal;
use crate::system::command;
use crate::system::env;
use crate::system::port;
use crate::system::terminal::say;

/// Where `cargo xtask aws` is: ministack's own port.
const PORT: u16 = 4566;
const STACK: &str = "wishboard";

/// What the AWS CLI has to be told to look inside.
const LOOKING: [&str; 4] =
    ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"];

/// Runs it until somebody wants it to end.
pub(crate) fn run() -> Result<()> {
    port::free(&format!("127.0.0.1:{PORT}"))?;
    let python = ready()?;
    let release = Release::native()?;
    let stopped = stop_signal()?;
    let mut emulator = Emulator::start(python, PORT)?;
    let account = emulator.account();
    let outputs = make(&account, &release, [("RestApi", "yes")])?;
    announce(&account, &outputs);
    while !stopped.load(Ordering::Relaxed) {
        emulator.expect_running()?;
        thread::sleep(Duration::from_millis(100));
    }
    say("Stopping");
    Ok(())
}

/// The tests in api/tests/aws/, on a stack with everything that the template can make.
pub(crate) fn test(rest: &[&str]) -> Result<()> {
    let python = ready()?;
    say("Testing on an emulated AWS");
    // Builds the functions as well, and shares what the API's tests have built.
    let tests = || command::cargo(["test", "--package", "api", "--package", "shared", "--test", "aws"]);
    command::run(tests().arg("--no-run"), "the tests do not build")?;
    site::make()?;
    let emulator = Emulator::start(python, port::any_port()?)?;
    let account = emulator.account();
    let zone = account.ask(&[
        "route53",
        "create-hosted-zone",
        "--name",
        "wishboard.example",
        "--caller-reference",
        "test",
        "--query",
        "HostedZone.Id",
    ])?;
    let zone = zone.as_str().unwrap_or_default().trim_start_matches("/hostedzone/").to_owned();
    make(
        &account,
        &Release::debug()?,
        [
            ("RestApi", "yes"),
            ("CorsOrigins", "https://elsewhere.example,https://other.example"),
            ("DomainName", "wishboard.example"),
            ("HostedZoneId", &zone),
            ("AlarmEmail", "alarms@wishboard.example"),
        ],
    )?;
    for mut cargo in [tests(), command::cargo(["test", "--package", "xtask", "--test", "deploy"])] {
        account.lend(cargo.args(rest).env("STACK", STACK));
        cargo.env("PATH", env::path_with(&[account.python.folder()])?);
        command::run(&mut cargo, "tests on the emulated AWS failed")?;
    }
    Ok(())
}

/// What it needs: Python for the emulator, Node for CloudFront's functions.
fn ready() -> Result<Python> {
    node::ready()?;
    python::ready()
}

/// Makes the stack with everything in it.
fn make<const N: usize>(account: &Account, release: &Release, wanted: [(&str, &str); N]) -> Result<Outputs> {
    let template = Template::read()?;
    let stack = Stack { account, name: STACK, template: &template };
    let parameters = wanted.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let code = Bucket::of(account, STACK)?;
    Ok(deploy::carry_out(&stack, &code, release, parameters)?.0.outputs)
}

fn announce(account: &Account, outputs: &Outputs) {
    let output = |name: &str| outputs.get(name).map(String::as_str).unwrap_or_default();
    let url = |id: &str, stage: &str| account.gateway(output(id), stage, "");
    say("\nWishboard is up on an emulated AWS (Ctrl-C ends it and forgets everything):\n");
    say(&format!("  HTTP API, JWT authorizer    {}/api/health", url("HttpApiId", "$default")));
    say(&format!("  REST API, TOKEN authorizer  {}/api/health", url("RestApiId", "prod")));
    say(&format!("  CloudFront                  {} (its Host, at 127.0.0.1:{PORT})", output("Url")));
    let aws = account.python.folder().join("aws");
    say("\nTo look inside:\n");
    for (name, value) in account.environment().iter().filter(|(name, _)| LOOKING.contains(name)) {
        say(&format!("  export {name}={value}"));
    }
    let query = "--query 'events[].message' --output text";
    say(&format!(
        "  {} logs filter-log-events --log-group-name /aws/lambda/{STACK}-api {query}\n",
        aws.display()
    ));
}
