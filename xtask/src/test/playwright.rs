//! The programs of `end2end/`, with the paths of the browser, the local server and the release site.

use std::process::Command;

use anyhow::Result;

use crate::build::site;
use crate::setup::{chromium, node};
use crate::system::{command, env};

/// Returns a program of end2end/node_modules. Builds the local server. Passes the paths of the browser, the server and
/// the site in `CHROME`, `SERVER` and `SITE`.
pub(crate) fn program(name: &str) -> Result<Command> {
    let chromium = chromium::find_or_install()?;
    let mut build = command::cargo(["build", "--package", "api", "--bin", "local"]);
    command::run(&mut build, "the API does not build")?;
    let mut command = node::program(name)?;
    command.current_dir(node::end2end_folder()).env("CHROME", &chromium.browser);
    command.env("SERVER", env::target_dir()?.join("debug/local")).env("SITE", site::dist_folder());
    Ok(command)
}
