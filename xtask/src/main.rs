//! `cargo xtask`: the commands of this project. help.txt lists them.
//!
//! Each command installs the tools that it needs, so a new machine needs only Rust, Node.js and Python. Tools go into
//! `.tools/` and `end2end/node_modules/`. Outside the repository, a command installs only parts of the Rust toolchain
//! and, as root on a Debian-like system, the packages of the browsers and of Python's module venv. It prints each
//! installation.

mod bench_api;
mod build;
mod ci;
mod deploy;
mod emulator;
mod fuzz;
mod playwright_tasks;
mod reset;
mod serve;
mod setup;
mod signing_keys;
mod system;
mod template_lints;
mod test;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::build::site;
use crate::deploy::destroy;
use crate::system::terminal::{print, print_error};

const HELP: &str = include_str!("help.txt");

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            print_error(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[&str]) -> Result<()> {
    match args {
        ["serve", options @ ..] if options.iter().all(|option| matches!(*option, "--release" | "--demo")) => {
            serve::run(options.contains(&"--release"), options.contains(&"--demo"))
        }
        ["reset"] => reset::run(false),
        ["reset", "--yes"] => reset::run(true),
        ["keys", rest @ ..] => signing_keys::run(rest),
        ["test", rest @ ..] => test::run(rest),
        ["build"] => site::build_within_budget(),
        ["aws"] => emulator::run(),
        ["deploy", rest @ ..] => deploy::run(rest),
        ["destroy", rest @ ..] => destroy::run(rest),
        ["screenshots"] => playwright_tasks::screenshots(),
        ["icons"] => playwright_tasks::icons(),
        ["bench", "page"] => playwright_tasks::bench_page(),
        ["bench", "api"] => bench_api::run(false),
        ["bench", "api", "--quick"] => bench_api::run(true),
        ["lighthouse"] => playwright_tasks::lighthouse(),
        ["fuzz", rest @ ..] => fuzz::run(rest),
        ["ci"] => ci::run(true),
        ["ci", "checks"] => ci::run(false),
        [] | ["help" | "--help" | "-h"] => {
            print(HELP.trim_end());
            Ok(())
        }
        other => bail!("unknown command `{}`\n\n{}", other.join(" "), HELP.trim_end()),
    }
}
