//! The suite `aws`: tests of the API and of the commands `deploy` and `destroy`, on an emulated AWS. The stack
//! contains every optional part of the template.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::site;
use crate::deploy::artifacts::Artifacts;
use crate::deploy::{aws_cli, stack_wait};
use crate::emulator::{self, Ministack, STACK};
use crate::system::terminal::print;
use crate::system::{command, env, port};

/// The custom domain of the stack, and the hosted zone of the same name.
const DOMAIN: &str = "wishboard.example";

/// A script that prints the operations in our sources that no checked request has used.
const UNCHECKED_REQUESTS: &str = "xtask/src/emulator/unchecked_requests.py";

/// Runs the tests in api/tests/aws/ and xtask/tests/deploy/. Without arguments, they must send each request of the
/// commands at least once, because the emulated AWS compares requests with AWS's own models.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let python = emulator::install_tools()?;
    print("Testing on an emulated AWS");
    // This also builds the functions. It shares the dependencies with the suite `api`.
    let api_tests = || command::cargo(["test", "--package", "api", "--package", "shared", "--test", "aws"]);
    command::run(api_tests().arg("--no-run"), "the tests do not build")?;
    site::build()?;
    fs::write(aws_cli::request_log()?, "").context("cannot write to the target folder")?;
    let emulator = Ministack::start(python, port::find_free()?)?;
    let aws = emulator.aws_cli();
    let create_zone = ["route53", "create-hosted-zone", "--name", DOMAIN, "--caller-reference", "test"];
    let zone = aws.json(&[&create_zone[..], &["--query", "HostedZone.Id"]].concat())?;
    let zone = zone.as_str().unwrap_or_default().trim_start_matches("/hostedzone/");
    emulator::create_stack(
        &aws,
        &Artifacts::debug()?,
        [
            ("RestApi", "yes"),
            ("CorsOrigins", "https://elsewhere.example,https://other.example"),
            ("DomainName", DOMAIN),
            ("HostedZoneId", zone),
            ("AlarmEmail", "alarms@wishboard.example"),
            // The emulator does not know budgets.
            ("MonthlyBudget", ""),
        ],
    )?;
    let deploy_tests = command::cargo(["test", "--package", "xtask", "--test", "deploy"]);
    for mut tests in [api_tests(), deploy_tests] {
        aws.set_vars(tests.args(args).env("STACK", STACK));
        tests.env("PATH", env::path_starting_with(&[aws.python.bin()])?);
        command::run(&mut tests, "a test on the emulated AWS failed")?;
    }
    // The emulator does not know this request, so no test sends it. The AWS CLI of the tests still compares it with AWS's
    // model.
    if let Err(error) = stack_wait::failed_events(&aws, STACK)
        && error.to_string().contains("invalid request")
    {
        return Err(error);
    }
    if args.is_empty() { expect_all_requests_checked(&mut aws.python.program("python")) } else { Ok(()) }
}

fn expect_all_requests_checked(python: &mut Command) -> Result<()> {
    python.arg(env::root().join(UNCHECKED_REQUESTS));
    python.arg(aws_cli::request_log()?).arg(env::root().join("xtask/src"));
    let unchecked = command::output(python).context("cannot compare the requests with the sources")?;
    if !unchecked.is_empty() {
        bail!("no test has sent these requests: {}", unchecked.replace('\n', ", "));
    }
    Ok(())
}
