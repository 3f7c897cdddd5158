//! Lighthouse, installed into `.tools/lighthouse`. It is not a dependency of `end2end/`, because it is large and only
//! one command uses it.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::setup::node;
use crate::setup::tool_versions::LIGHTHOUSE_VERSION;
use crate::system::terminal::print;
use crate::system::{command, env};

/// Returns the path of the Lighthouse program. Installs this version, unless it is installed.
pub(crate) fn find_or_install() -> Result<PathBuf> {
    node::require()?;
    let folder = env::root().join(".tools/lighthouse");
    let program = folder.join("node_modules/.bin/lighthouse");
    let installed = command::output(Command::new(&program).arg("--version"));
    if installed.is_none_or(|version| version.trim() != LIGHTHOUSE_VERSION) {
        print(&format!(
            "Installing Lighthouse {LIGHTHOUSE_VERSION} into .tools/lighthouse (once, under a minute)"
        ));
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]).arg(&folder);
        npm.arg(format!("lighthouse@{LIGHTHOUSE_VERSION}"));
        command::run(&mut npm, "cannot install Lighthouse (check the network)")?;
    }
    Ok(program)
}
