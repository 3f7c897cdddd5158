//! The suite `end2end`: journeys through the release site in Chromium, and a small suite in the other browsers on PATH.
//! Each Playwright worker has its own server.

use anyhow::Result;

use crate::build::site;
use crate::setup::node;
use crate::setup::other_browsers::OTHER_BROWSERS;
use crate::system::terminal::print;
use crate::system::{command, env};
use crate::test::playwright;

/// Builds the site, checks the types of `app/start.js` and of the tests, and runs the tests.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    site::build()?;
    let mut type_check = node::program("tsc")?;
    type_check.arg("--project").arg(env::root().join("app"));
    command::run(&mut type_check, "app/start.js has a type error")?;
    let mut type_check = playwright::program("tsc")?;
    let mut tests = playwright::program("playwright")?;
    print("Running the end-to-end tests");
    command::run(&mut type_check, "the end-to-end tests have a type error")?;
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
