//! `cargo xtask test`: runs the test suites. The API's tests need only cargo; the others need an emulated AWS or a
//! browser.

mod api;
mod app;
mod aws;
mod end2end;
pub(crate) mod playwright;
mod type_check;

use anyhow::{Result, bail};

use crate::build::trunk;
use crate::setup::{chromium, node, other_browsers, python};

/// Runs a suite. The arguments are passed to its test runner.
type Suite = fn(&[&str]) -> Result<()>;

/// The suites that run without an argument, the fastest first. On two cores they take less than ten minutes, once
/// everything is built.
pub(crate) const SUITES: [(&str, Suite); 3] =
    [("api", api::run), ("app", app::run), ("end2end", end2end::run)];

/// The suites that `cargo xtask ci` runs in addition to [`SUITES`]. `cargo xtask test` runs them only if an argument
/// names them.
pub(crate) const CI_SUITES: [(&str, Suite); 1] = [("aws", aws::run)];

/// Runs the suite that the first argument names, or those in [`SUITES`].
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let Some((name, rest)) = args.split_first() else {
        install_browser_tools()?;
        return SUITES.iter().try_for_each(|(_, suite)| suite(&[]));
    };
    match SUITES.iter().chain(&CI_SUITES).find(|(suite, _)| suite == name) {
        Some((_, suite)) => suite(rest),
        None => bail!("there is no test suite `{name}`: use api, aws, app or end2end"),
    }
}

/// Finds or installs the tools of all suites, so that a missing tool is reported before minutes of compiling. These
/// include the other browsers, which `cargo xtask test` skips if they are not on PATH.
pub(crate) fn install_tools() -> Result<()> {
    python::aws_tools()?;
    other_browsers::find_or_install()?;
    install_browser_tools()
}

fn install_browser_tools() -> Result<()> {
    node::require()?;
    chromium::find_or_install()?;
    trunk::command("build")?;
    node::install_packages()
}
