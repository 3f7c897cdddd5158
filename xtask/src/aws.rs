//! `cargo xtask aws`: Wishboard on an emulated AWS, made from deploy/template.yaml, for whoever changes a route or the
//! template. `cargo xtask test aws` tests on the same.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::account::Account;
use crate::command;
use crate::emulator::Emulator;
use crate::loopback;
use crate::machine;
use crate::node;
use crate::python::{self, Python};
use crate::service::stop_signal;
use crate::site;
use crate::stack::{Outputs, Parameters, Stack};
use crate::terminal::say;

/// Where `cargo xtask aws` is: ministack's own port.
const PORT: u16 = 4566;
/// The stack, and the bucket with its code.
const STACK: &str = "wishboard";
const BUCKET: &str = "wishboard-code";
/// Each function with its program, and the parameter that names its code.
const FUNCTIONS: [(&str, &str); 2] = [("lambda", "ApiCodeKey"), ("authorizer", "AuthorizerCodeKey")];

/// What the AWS CLI has to be told to look inside.
const LOOKING: [&str; 4] =
    ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"];

/// Runs it until somebody wants it to end.
pub(crate) fn run() -> Result<()> {
    loopback::free(&format!("127.0.0.1:{PORT}"))?;
    let python = ready()?;
    say("Building the functions (the first time about 5 minutes)");
    let mut cargo = command::cargo(["build", "--package", "api", "--bin", "lambda", "--bin", "authorizer"]);
    command::run(&mut cargo, "the functions do not build")?;
    site::make()?;
    let stopped = stop_signal()?;
    let mut emulator = Emulator::start(python, PORT)?;
    let account = emulator.account();
    let outputs = make(&account, [("RestApi", "yes")])?;
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
    let emulator = Emulator::start(python, loopback::any_port()?)?;
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
        [
            ("RestApi", "yes"),
            ("CorsOrigins", "https://elsewhere.example,https://other.example"),
            ("DomainName", "wishboard.example"),
            ("HostedZoneId", &zone),
            ("AlarmEmail", "alarms@wishboard.example"),
        ],
    )?;
    let mut cargo = tests();
    cargo.args(rest).envs(account.environment()).env("STACK", STACK);
    cargo.env("PATH", machine::path_with(&[account.python.folder()])?);
    command::run(&mut cargo, "tests on the emulated AWS failed")
}

/// What it needs: Python for the emulator, Node for CloudFront's functions.
fn ready() -> Result<Python> {
    node::ready()?;
    python::ready()
}

/// Makes the stack and fills its bucket.
fn make<const N: usize>(account: &Account, wanted: [(&'static str, &str); N]) -> Result<Outputs> {
    account.tell(&["s3", "mb", &format!("s3://{BUCKET}")])?;
    let mut parameters: Parameters = wanted.map(|(name, value)| (name, value.to_owned())).into();
    parameters.insert("CodeBucket", BUCKET.to_owned());
    for (program, parameter) in FUNCTIONS {
        let zip = pack(&account.python, program)?;
        let key = format!("{program}.zip");
        upload(account, &zip, &format!("s3://{BUCKET}/{key}"))?;
        parameters.insert(parameter, key);
    }
    let outputs = Stack { account, name: STACK, bucket: BUCKET }.make(parameters)?;
    let bucket = outputs.get("SiteBucket").context("the stack does not name the site's bucket")?;
    upload(account, &site::dist(), &format!("s3://{bucket}"))?;
    Ok(outputs)
}

/// Copies a file, or a folder with all that is in it.
fn upload(account: &Account, from: &Path, to: &str) -> Result<()> {
    let mut arguments = vec!["s3", "cp", "--only-show-errors"];
    arguments.extend(from.is_dir().then_some("--recursive"));
    let from = from.to_string_lossy();
    account.tell(&[&arguments[..], &[&from, to]].concat())
}

/// A function's code, as Lambda takes it: a zip with a program called bootstrap. This one runs what cargo has built,
/// a hundred megabytes that nobody has to copy.
fn pack(python: &Python, program: &str) -> Result<PathBuf> {
    let target = machine::target()?;
    let folder = target.join("aws").join(program);
    fs::create_dir_all(&folder).context("the target folder cannot be written")?;
    let bootstrap = folder.join("bootstrap");
    let script = format!("#!/bin/sh\nexec '{}'\n", target.join("debug").join(program).display());
    fs::write(&bootstrap, script).context("the target folder cannot be written")?;
    fs::set_permissions(&bootstrap, fs::Permissions::from_mode(0o755))?;
    let zip = folder.with_extension("zip");
    let mut zipfile = python.program("python");
    zipfile.args(["-m", "zipfile", "-c"]).args([&zip, &bootstrap]);
    command::run(&mut zipfile, "a function's code cannot be packed")?;
    Ok(zip)
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
