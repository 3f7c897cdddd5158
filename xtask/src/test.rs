//! `cargo xtask test`: what `cargo test` can, on an emulated AWS and in a headless browser too, and journeys on the
//! built site.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::site;
use crate::emulator;
use crate::setup::cargo_tools::{self, WASM};
use crate::setup::chromium;
use crate::setup::node;
use crate::setup::python;
use crate::system::command;
use crate::system::env;
use crate::system::terminal::say;

/// Runs some tests; the arguments are their runner's.
type Part = fn(&[&str]) -> Result<()>;

/// The parts, those that tell soonest first.
pub(crate) const PARTS: [(&str, Part); 4] =
    [("api", api), ("aws", emulator::test), ("app", app), ("end2end", end2end)];

/// Runs the named part, or all.
pub(crate) fn run(arguments: &[&str]) -> Result<()> {
    let Some((name, rest)) = arguments.split_first() else {
        ready()?;
        return PARTS.iter().try_for_each(|(_, test)| test(&[]));
    };
    match PARTS.iter().find(|(part, _)| part == name) {
        Some((_, test)) => test(rest),
        None => bail!("there are tests of api, aws, app and end2end, not of `{name}`"),
    }
}

/// Finds or sets up all that tests need, so that what is missing is told before minutes of building.
pub(crate) fn ready() -> Result<()> {
    node::ready()?;
    python::ready()?;
    chromium::ready()?;
    site::trunk("build")?;
    node::packages()
}

/// The API's tests and all others that need nothing but Rust. This program's own only without a filter. They
/// run apart: together with its dependencies, half of the API's are another variant and compile twice.
fn api(rest: &[&str]) -> Result<()> {
    say("Testing api, shared and xtask");
    let mut cargo = command::cargo(["test", "--package", "api", "--package", "shared"]);
    command::run(cargo.args(rest), "tests of the API failed")?;
    if rest.is_empty() {
        command::run(&mut command::cargo(["test", "--package", "xtask"]), "tests of xtask failed")?;
    }
    Ok(())
}

/// The app's tests, inside a browser.
fn app(rest: &[&str]) -> Result<()> {
    cargo_tools::wasm_target()?;
    let browser = chromium::ready()?;
    let runner = cargo_tools::wasm_bindgen()?.ready()?.join("wasm-bindgen-test-runner");
    say("Testing the app in a headless browser");
    let mut cargo = command::cargo(["test", "--package", "app", "--target", WASM]);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner).env("CHROMEDRIVER", &browser.driver);
    if env::variable("CHROME").is_some() {
        cargo.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", steered(&browser)?);
    }
    command::run(cargo.args(rest), "tests of the app failed")
}

/// A copy of app/webdriver.json that names the browser: the driver does not know the variable.
fn steered(browser: &chromium::Browser) -> Result<PathBuf> {
    let original = env::root().join("app/webdriver.json");
    let text =
        fs::read_to_string(&original).with_context(|| format!("{} cannot be read", original.display()))?;
    let copy = env::target()?.join("webdriver.json");
    let options = "\"goog:chromeOptions\": {";
    let named = format!("{options} \"binary\": {:?},", browser.chromium.to_string_lossy());
    fs::write(&copy, text.replacen(options, &named, 1)).context("the target folder cannot be written")?;
    Ok(copy)
}

/// Journeys through the built site, in a real browser, with a real server for each.
fn end2end(rest: &[&str]) -> Result<()> {
    site::make()?;
    let mut check = journey("tsc")?;
    let mut playwright = journey("playwright")?;
    say("Testing the journeys of end2end/");
    command::run(&mut check, "journeys failed")?;
    command::run(playwright.arg("test").args(rest), "journeys failed")
}

/// A program of `end2end/`, with all that it is told by variables: the browser, the server, the built site.
pub(crate) fn journey(program: &str) -> Result<Command> {
    node::ready()?;
    let browser = chromium::ready()?;
    node::packages()?;
    let mut build = command::cargo(["build", "--package", "api", "--bin", "local"]);
    command::run(&mut build, "the API does not build")?;
    let mut command = Command::new(node::folder().join("node_modules/.bin").join(program));
    command.current_dir(node::folder()).env("CHROME", &browser.chromium);
    command.env("SERVER", env::target()?.join("debug/local")).env("SITE", site::dist());
    Ok(command)
}
