//! `cargo xtask fuzz`: tests the API with random requests that schemathesis generates from the OpenAPI document, as a
//! guest and as a user. `schemathesis.toml` has the configuration and `api/fuzz/hooks.py` logs in.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::setup::python::{self, PythonEnv};
use crate::system::child_process::ChildProcess;
use crate::system::poll::Poll;
use crate::system::terminal::print;
use crate::system::{command, env, http, port};

/// The seed of the run in `cargo xtask ci`, so that it tests the same cases each time.
const CI_SEED: &str = "1";
/// How long the run in `cargo xtask ci` takes, in minutes.
const CI_MINUTES: &str = "3";
/// Maximum number of random cases per operation, in addition to those that schemathesis derives from the schemas.
const MAX_EXAMPLES: &str = "80";
/// The minimum number of cases of a run without `--minutes`.
const MIN_CASES: u64 = 5_000;
/// The server creates its signing keys when it starts, which can take some seconds.
const START_POLL: Poll = Poll { interval: Duration::from_millis(100), timeout: Duration::from_secs(60) };

/// The arguments of the command.
#[derive(Default)]
struct FuzzArgs<'a> {
    seed: Option<&'a str>,
    minutes: Option<u32>,
}

/// Runs `cargo xtask fuzz`.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let args = parse(args)?;
    let python = install_tools()?;
    print("Building the API");
    let build = &mut command::cargo(["build", "--package", "api", "--bin", "local"]);
    command::run(build, "the API does not build")?;
    let folder = env::target_dir()?.join("fuzz");
    let mut cases = 0;
    for user in ["guest", "user"] {
        let server = Server::start(&folder)?;
        print(&format!("Testing as a {user}"));
        let report = folder.join(format!("{user}.json"));
        command::run(
            &mut schemathesis(&python, &server.url, user, &args, &report),
            "schemathesis has found a problem",
        )?;
        cases += count_cases(&report)?;
    }
    print(&format!("{cases} cases passed"));
    if args.minutes.is_none() && cases < MIN_CASES {
        bail!("there must be at least {MIN_CASES} cases: raise MAX_EXAMPLES in xtask/src/fuzz.rs");
    }
    Ok(())
}

/// Runs the part of `cargo xtask ci`: three minutes with a fixed seed.
pub(crate) fn run_in_ci() -> Result<()> {
    run(&["--seed", CI_SEED, "--minutes", CI_MINUTES])
}

/// Finds or installs schemathesis.
pub(crate) fn install_tools() -> Result<PythonEnv> {
    python::schemathesis()
}

fn parse<'a>(mut args: &[&'a str]) -> Result<FuzzArgs<'a>> {
    let mut parsed = FuzzArgs::default();
    while let [name, value, rest @ ..] = args {
        match *name {
            "--seed" if value.parse::<u64>().is_ok() => parsed.seed = Some(value),
            "--minutes" if value.parse::<u32>().is_ok_and(|minutes| (1..=600).contains(&minutes)) => {
                parsed.minutes = value.parse().ok();
            }
            _ => break,
        }
        args = rest;
    }
    if !args.is_empty() {
        bail!("invalid arguments `{}`: use [--seed NUMBER] [--minutes NUMBER]", args.join(" "));
    }
    Ok(parsed)
}

/// Returns the command that runs schemathesis. It has half of the minutes, because it runs as a guest and as a user.
fn schemathesis(python: &PythonEnv, url: &str, user: &str, args: &FuzzArgs<'_>, report: &Path) -> Command {
    let mut run = python.program("schemathesis");
    run.args(["run", &format!("{url}/api/openapi.json"), "--max-examples", MAX_EXAMPLES]);
    run.args(["--report", "json", "--report-json-path"]).arg(report);
    if user == "user" {
        // All cases are sent with the user's credentials. The check `ignored_auth` sends some again without them.
        run.args(["--generation-with-security-parameters", "false"]);
    }
    if let Some(seed) = args.seed {
        run.args(["--seed", seed]);
    }
    if let Some(minutes) = args.minutes {
        run.args(["--max-time", &(minutes * 30).to_string()]);
    }
    run.current_dir(env::root()).env("FUZZ_AS", user).env("FUZZ_URL", url);
    run
}

/// Returns the number of cases in a report of schemathesis.
fn count_cases(report: &Path) -> Result<u64> {
    let report = fs::read(report).context("cannot read the report of schemathesis")?;
    let report: Value = serde_json::from_slice(&report).context("the report of schemathesis is not JSON")?;
    report["test_cases"]["generated"]
        .as_u64()
        .context("the report of schemathesis does not contain the number of cases")
}

/// A running server with an empty database. Dropping it stops it.
struct Server {
    url: String,
    _process: ChildProcess,
}

impl Server {
    /// Starts the server and waits until it responds. It has no rate limits in practice, and runs in production mode,
    /// so that its cookies have the names in the OpenAPI document.
    fn start(folder: &Path) -> Result<Self> {
        let data = folder.join("data");
        if data.exists() {
            fs::remove_dir_all(&data).context("cannot delete the data of the last run")?;
        }
        let address = format!("127.0.0.1:{}", port::find_free()?);
        let url = format!("http://{address}");
        let mut local = Command::new(env::target_dir()?.join("debug/local"));
        local.env("WISHBOARD_ADDR", address).env("WISHBOARD_DATA", data).env("WISHBOARD_LIMITS", "1000000");
        local.env("WISHBOARD_ORIGINS", "https://wishboard.example").env("RUST_LOG", "error");
        let mut process = ChildProcess::start("api", &mut local)?;
        let started = START_POLL.until(|| {
            process.expect_running()?;
            Ok((http::status_of(&format!("{url}/api/health")) == Some(200)).then_some(()))
        })?;
        started.context("the API does not respond")?;
        Ok(Self { url, _process: process })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_and_the_minutes_are_numbers() {
        let args = parse(&["--minutes", "3", "--seed", "7"]).expect("valid arguments");
        assert_eq!((args.seed, args.minutes), (Some("7"), Some(3)));
        for invalid in
            [&["--seed"][..], &["--seed", "x"], &["--minutes", "0"], &["--minutes", "x"], &["-x", "1"]]
        {
            assert!(parse(invalid).is_err(), "{invalid:?}");
        }
    }
}
