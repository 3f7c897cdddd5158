//! Python, in environments of its own: the AWS CLI, the AWS emulator, the linter of the template; and, for whoever
//! deploys, the cross-compiler.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command;
use crate::machine;
use crate::packages;
use crate::terminal::say;

/// Below this, what requirements.txt names is not installed.
const OLDEST: (u32, u32) = (3, 11);

/// Sends a request and tells the answer, with the root certificates that the AWS CLI brings: the system's Python may
/// have none. What is sent comes by standard input: arguments are for everybody to see.
const SEND: &str = "
import json, sys
from botocore.awsrequest import AWSRequest
from botocore.httpsession import URLLib3Session
asked = json.load(sys.stdin)
request = AWSRequest(asked['method'], asked['url'], asked['headers'], asked['body']).prepare()
answer = URLLib3Session(timeout=20).send(request)
text = answer.content.decode(errors='replace')
headers = {name.lower(): value for name, value in answer.headers.items()}
json.dump({'status': answer.status_code, 'headers': headers, 'body': text}, sys.stdout)
";

/// An environment, with everything in it.
#[derive(Clone)]
pub(crate) struct Python {
    programs: PathBuf,
}

/// The one with the AWS CLI and the emulator.
pub(crate) fn ready() -> Result<Python> {
    let what = "Installing the AWS CLI and an AWS emulator into .tools/python (once, about a minute)";
    environment(".tools/python", "xtask/requirements.txt", what)
}

/// The one with the cross-compiler.
pub(crate) fn cross() -> Result<Python> {
    let what = "Installing the cross-compiler into .tools/cross (once, about a minute, 500 MB)";
    environment(".tools/cross", "xtask/cross-requirements.txt", what)
}

/// Makes an environment, unless the last one was made of the same requirements.
fn environment(folder: &str, requirements: &str, what: &str) -> Result<Python> {
    let folder = machine::root().join(folder);
    let path = machine::root().join(requirements);
    let wanted = fs::read(&path).with_context(|| format!("{requirements} cannot be read"))?;
    // Written last: an interrupted installation has none, and begins again from nothing.
    let stamp = folder.join("installed-requirements.txt");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(Python { programs: folder.join("bin") });
    }
    is_there()?;
    say(what);
    let what = "Python's environment could not be made";
    command::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder), what)?;
    let python = Python { programs: folder.join("bin") };
    let mut pip = python.program("python");
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    command::run(pip.arg(&path), "Python's packages could not be installed, which needs the network")?;
    fs::write(&stamp, wanted).context(".tools cannot be written")?;
    Ok(python)
}

impl Python {
    /// A program of the environment. `python` is its interpreter.
    pub(crate) fn program(&self, name: &str) -> Command {
        Command::new(self.programs.join(name))
    }

    /// Where the programs are.
    pub(crate) fn folder(&self) -> &Path {
        &self.programs
    }

    /// What somebody answers to a request `{method, url, headers, body}`: `{status, headers, body}`. None if nobody
    /// answers.
    pub(crate) fn send(&self, request: &Value) -> Option<Value> {
        let mut python = self.program("python");
        python.args(["-c", SEND]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = python.spawn().ok()?;
        child.stdin.take()?.write_all(request.to_string().as_bytes()).ok()?;
        serde_json::from_slice(&child.wait_with_output().ok()?.stdout).ok()
    }
}

/// A Python that is new enough and can make environments, which Debian has in a package of its own.
fn is_there() -> Result<()> {
    let ask = |program: &str| command::output(Command::new("python3").args(["-c", program]));
    let version = ask("import sys; print(*sys.version_info[:2])").unwrap_or_default();
    let is_new = version
        .split_once(' ')
        .and_then(|(major, minor)| Some((major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?) >= OLDEST));
    if is_new != Some(true) {
        let (major, minor) = OLDEST;
        let found = if version.is_empty() { "none".to_owned() } else { version.replace(' ', ".") };
        bail!(
            "the emulated AWS needs Python {major}.{minor} or newer (found: {found}): install it, then try again"
        );
    }
    if ask("import ensurepip, venv").is_none() {
        packages::install("the emulated AWS", "python3-venv")?;
    }
    Ok(())
}
