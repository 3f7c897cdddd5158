//! The suite `end2end`: journeys through the release site in Chromium, and a small suite in the other browsers on PATH.
//! Each Playwright worker has its own server.

use anyhow::Result;

use crate::build::site;
use crate::setup::other_browsers::OTHER_BROWSERS;
use crate::system::command;
use crate::system::terminal::print;
use crate::test::{playwright, type_check};

/// Builds the site, checks the types of the scripts and of the tests, and runs the tests.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    site::build()?;
    type_check::run()?;
    let mut tests = playwright::program("playwright")?;
    print("Running the end-to-end tests");
    for browser in &OTHER_BROWSERS {
        match browser.find() {
            Some(programs) => _ = tests.envs(programs),
            None => print(&format!("Skipping {}: to test it, {}", browser.name, browser.how_to_install())),
        }
    }
    command::run(tests.arg("test").args(args), "an end-to-end test failed")?;
    if args.is_empty() { run_without_chunks() } else { Ok(()) }
}

/// Runs one test with the development build, which has no chunks.
fn run_without_chunks() -> Result<()> {
    let site = site::build_for_development()?;
    let mut test = playwright::program("playwright")?;
    print("Running one end-to-end test without chunks");
    test.env("SITE", site).args(["test", "--grep", "@without-chunks", "--project", "desktop"]);
    command::run(&mut test, "an end-to-end test without chunks failed")
}
