//! Commands that use Playwright but are not tests: `screenshots`, `icons`, `lighthouse` and `bench page`.

use std::process::Command;

use anyhow::Result;

use crate::build::site;
use crate::setup::lighthouse;
use crate::system::command;
use crate::system::terminal::print;
use crate::test::playwright;

/// Takes the screenshots in docs/screens/.
pub(crate) fn screenshots() -> Result<()> {
    site::build_within_budget()?;
    print("Taking the screenshots in docs/screens/");
    command::run(&mut task("screenshots.ts")?, "cannot take the screenshots")
}

/// Draws the icons in app/icons/ from app/favicon.svg.
pub(crate) fn icons() -> Result<()> {
    command::run(&mut task("icons.ts")?, "cannot draw the icons")
}

/// Runs Lighthouse on the release site.
///
/// # Errors
/// If a page scores below the minimum in end2end/tasks/lighthouse.ts.
pub(crate) fn lighthouse() -> Result<()> {
    let program = lighthouse::find_or_install()?;
    site::build_within_budget()?;
    print("Running Lighthouse (some minutes); its reports will be in target/lighthouse/");
    command::run(task("lighthouse.ts")?.env("LIGHTHOUSE", program), "a page has a score below the minimum")
}

/// Measures how long a simulated phone takes to show the page and its messages.
pub(crate) fn bench_page() -> Result<()> {
    site::build_within_budget()?;
    print("Loading the site with the simulated processor and network of a phone");
    command::run(&mut task("page-load-bench.ts")?, "cannot measure the page load")
}

fn task(file: &str) -> Result<Command> {
    let mut playwright = playwright::program("playwright")?;
    playwright.args(["test", "--config", "tasks.config.ts", file]);
    Ok(playwright)
}
