//! `cargo xtask`: the commands of this project. Each prepares what it needs by itself, so that a fresh
//! machine with Rust is enough. Nothing outside this folder and the build folder is changed, but for Rust's
//! own components and, as root on a Debian-like system, packages of the browser and of Python: each said when it
//! happens.

mod build;
mod ci;
mod deploy;
mod emulator;
mod playwright_tasks;
mod reset;
mod serve;
mod setup;
mod signing_keys;
mod system;
mod test;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
Usage: cargo xtask <command>

  serve [--release] [--demo]
                          run Wishboard here: the API and the app, rebuilt and restarted when files change;
                          with --release built once, one process serves both;
                          with --demo with a few people, messages and wishes, and a login
  reset                   empty the local data, after asking
  keys list | rotate [--all] [--table NAME]
                          the keys that sign tokens: show them, or change them; of the local data, or of a
                          table in AWS
  test [part] [filter]    run the tests: api, aws (on an emulated AWS), app (in a headless browser), end2end
                          (journeys), or all four; the filter and what follows go to the test runner
  aws                     run Wishboard on an emulated AWS here, made from deploy/template.yaml
  deploy [--stack NAME] [--dry-run] [--from FOLDER] [Name=Value ..]
                          bring Wishboard to AWS, or what changed of it; Name is a parameter of
                          deploy/template.yaml, and those not named stay as they are;
                          with --dry-run only say what would change;
                          with --from take what was built into that folder: lambda, authorizer, site/
  destroy [--stack NAME] [--yes] [--with-tables] [Table=NAME]
                          remove it from AWS, after asking; the tables stay, with all people and what they
                          wrote, unless --with-tables says otherwise
  build                   make the release site in dist/, compress it, and weigh what a browser downloads
  screenshots             take the pictures in docs/screens/ anew
  icons                   draw the icons in app/icons/ anew, from app/favicon.svg
  lighthouse              judge the release site with Lighthouse: a phone's and a desktop's view of each page
  bench page              measure how soon a phone sees the release site
  ci                      format, lints, licences, the site's weight, then all tests, with the seconds of each";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            system::terminal::complain(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<()> {
    match arguments {
        ["serve", flags @ ..] if flags.iter().all(|flag| matches!(*flag, "--release" | "--demo")) => {
            let demo = flags.contains(&"--demo");
            if flags.contains(&"--release") { serve::release(demo) } else { serve::develop(demo) }
        }
        ["reset"] => reset::run(false),
        ["reset", "--yes"] => reset::run(true),
        ["keys", rest @ ..] => signing_keys::run(rest),
        ["test", rest @ ..] => test::run(rest),
        ["build"] => build::site::build(),
        ["aws"] => emulator::run(),
        ["deploy", rest @ ..] => deploy::run(rest),
        ["destroy", rest @ ..] => deploy::destroy::run(rest),
        ["screenshots"] => playwright_tasks::screenshots(),
        ["icons"] => playwright_tasks::icons(),
        ["bench", "page"] => playwright_tasks::pace(),
        ["lighthouse"] => playwright_tasks::lighthouse(),
        ["ci"] => ci::run(),
        [] | ["help" | "--help" | "-h"] => {
            system::terminal::say(USAGE);
            Ok(())
        }
        other => bail!("there is no command `{}`\n\n{USAGE}", other.join(" ")),
    }
}
