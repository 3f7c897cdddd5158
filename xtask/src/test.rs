//! `cargo xtask test`: runs the test suites. The API's tests need only cargo; the others need an emulated AWS or a
//! browser.

mod api;
mod app;
mod aws;
mod end2end;
pub(crate) mod playwright;

use anyhow::{Result, bail};

use crate::build::trunk;
use crate::setup::{chromium, node, python};

/// Runs a suite. The arguments are passed to its test runner.
type Suite = fn(&[&str]) -> Result<()>;

/// All suites, the fastest first.
pub(crate) const SUITES: [(&str, Suite); 4] =
    [("api", api::run), ("aws", aws::run), ("app", app::run), ("end2end", end2end::run)];

/// Runs the suite that the first argument names, or all suites.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let Some((name, rest)) = args.split_first() else {
        install_tools()?;
        return SUITES.iter().try_for_each(|(_, suite)| suite(&[]));
    };
    match SUITES.iter().find(|(suite, _)| suite == name) {
        Some((_, suite)) => suite(rest),
        None => bail!("there is no test suite `{name}`: use api, aws, app or end2end"),
    }
}

/// Finds or installs the tools of all suites, so that a missing tool is reported before minutes of compiling.
pub(crate) fn install_tools() -> Result<()> {
    node::require()?;
    python::aws_tools()?;
    chromium::find_or_install()?;
    trunk::command("build")?;
    node::install_packages()
}
