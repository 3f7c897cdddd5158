//! `cargo xtask screenshots`, `lighthouse`, `icons` and `bench page`: the built site, looked at and drawn on demand.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::build::site;
use crate::setup::node;
use crate::system::command;
use crate::system::env;
use crate::system::terminal::say;
use crate::test;

/// The last line that runs with Node.js 20.
const LIGHTHOUSE: &str = "12.8.2";

/// Takes the README's pictures anew.
pub(crate) fn screenshots() -> Result<()> {
    site::build()?;
    say("Taking the pictures of docs/screens/");
    command::run(&mut show("screenshots.ts")?, "the pictures could not be taken")
}

/// Draws the icons of app/icons/ anew, from app/favicon.svg.
pub(crate) fn icons() -> Result<()> {
    command::run(&mut show("icons.ts")?, "the icons could not be drawn")
}

/// Judges the built site; below what it has to reach is an error.
pub(crate) fn lighthouse() -> Result<()> {
    let program = installed()?;
    site::build()?;
    say("Judging the site with Lighthouse (some minutes); the reports will be in target/lighthouse/");
    command::run(show("lighthouse.ts")?.env("LIGHTHOUSE", program), "the site is not good enough")
}

/// Measures how soon a phone sees the page and the messages on it.
pub(crate) fn pace() -> Result<()> {
    site::build()?;
    say("Visiting the site with a phone's processor and network");
    command::run(&mut show("pace.ts")?, "the page could not be measured")
}

fn show(file: &str) -> Result<Command> {
    let mut playwright = test::journey("playwright")?;
    playwright.args(["test", "--config", "show.config.ts", file]);
    Ok(playwright)
}

/// Into `.tools/`, not among the packages of the journeys: it is large, and few need it.
fn installed() -> Result<PathBuf> {
    node::ready()?;
    let folder = env::root().join(".tools/lighthouse");
    let program = folder.join("node_modules/.bin/lighthouse");
    let said = command::output(Command::new(&program).arg("--version"));
    if said.is_none_or(|said| said.trim() != LIGHTHOUSE) {
        say(&format!("Installing Lighthouse {LIGHTHOUSE} into .tools/ (once, under a minute)"));
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]).arg(&folder);
        npm.arg(format!("lighthouse@{LIGHTHOUSE}"));
        command::run(&mut npm, "Lighthouse could not be installed, which needs the network")?;
    }
    Ok(program)
}
