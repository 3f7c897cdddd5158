//! `cargo xtask`: the commands of this project. Each prepares what it needs by itself, so that a fresh
//! machine with Rust is enough. Nothing outside this folder and the build folder is changed, but for Rust's
//! own components and, as root on a Debian-like system, packages of the browser and of Python: each said when it
//! happens.
//!
//! In reading order: `machine` (where we are), `terminal` and `command` (talk and run), `packages`, `tools`,
//! `browser`, `node` and `python` (what has to be there), `site`, `glue`, `weight`, `test`, `show`, `ci`, `reset`,
//! `keys` (done once), `service`, `loopback`, `watch`, `serve` (running), `account`, `template`, `settings`, `digest`,
//! `bucket`, `stack`, `progress`, `release`, `asset`, `publish`, `smoke`, `checks`, `deploy`, `preview`, `destroy` (AWS),
//! `emulator`, `aws` (AWS, here).

mod account;
mod asset;
mod aws;
mod browser;
mod bucket;
mod checks;
mod ci;
mod command;
mod deploy;
mod destroy;
mod digest;
mod emulator;
mod glue;
mod keys;
mod loopback;
mod machine;
mod node;
mod packages;
mod preview;
mod progress;
mod publish;
mod python;
mod release;
mod reset;
mod serve;
mod service;
mod settings;
mod show;
mod site;
mod smoke;
mod stack;
mod template;
mod terminal;
mod test;
mod tools;
mod watch;
mod weight;

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
            terminal::complain(&format!("error: {error:#}"));
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
        ["keys", rest @ ..] => keys::run(rest),
        ["test", rest @ ..] => test::run(rest),
        ["build"] => site::build(),
        ["aws"] => aws::run(),
        ["deploy", rest @ ..] => deploy::run(rest),
        ["destroy", rest @ ..] => destroy::run(rest),
        ["screenshots"] => show::screenshots(),
        ["icons"] => show::icons(),
        ["bench", "page"] => show::pace(),
        ["lighthouse"] => show::lighthouse(),
        ["ci"] => ci::run(),
        [] | ["help" | "--help" | "-h"] => {
            terminal::say(USAGE);
            Ok(())
        }
        other => bail!("there is no command `{}`\n\n{USAGE}", other.join(" ")),
    }
}
