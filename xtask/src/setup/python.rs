//! Python, in environments of its own: the AWS CLI, the AWS emulator, the linter of the template; and, for whoever
//! deploys, the cross-compiler.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::setup::apt;
use crate::system::command;
use crate::system::env;
use crate::system::terminal::say;

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
    environment("python", "xtask/requirements.txt", what, "import awscli, cfnlint, ministack")
}

/// The one with the cross-compiler.
pub(crate) fn cross() -> Result<Python> {
    let what = "Installing the cross-compiler into .tools/cross (once, about a minute, 500 MB)";
    environment("cross", "xtask/cross-requirements.txt", what, "import ziglang")
}

/// Makes an environment, unless it is there, was made of the same requirements and works.
fn environment(name: &str, requirements: &str, what: &str, import: &str) -> Result<Python> {
    let tools = env::root().join(".tools");
    fs::create_dir_all(&tools).context(".tools cannot be made")?;
    // Of two commands at once one makes it, and the other one waits: making begins with removing.
    let lock = File::create(tools.join(format!("{name}.lock"))).context(".tools cannot be written")?;
    lock.lock().context(".tools cannot be locked")?;
    let folder = tools.join(name);
    let path = env::root().join(requirements);
    let wanted = fs::read(&path).with_context(|| format!("{requirements} cannot be read"))?;
    // Written last: an interrupted installation has none, and begins again from nothing.
    let stamp = folder.join("installed-requirements.txt");
    let python = Python { programs: folder.join("bin") };
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) && python.works(import) {
        return Ok(python);
    }
    is_there()?;
    say(what);
    let what = "Python's environment could not be made";
    command::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder), what)?;
    let mut pip = python.program("python");
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    command::run(pip.arg(&path), "Python's packages could not be installed, which needs the network")?;
    fs::write(&stamp, wanted).context(".tools cannot be written")?;
    Ok(python)
}

impl Python {
    /// Whether it finds its packages, and its programs their interpreter: they name it by its path, so a folder that
    /// was moved has to be made anew.
    fn works(&self, import: &str) -> bool {
        let programs = fs::read_dir(&self.programs).into_iter().flatten().flatten();
        let mut interpreters = programs.filter_map(|program| interpreter(&program.path()));
        interpreters.all(|path| env::is_program(Path::new(&path)))
            && command::output(self.program("python").args(["-c", import])).is_some()
    }

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

/// What a script says it is run by.
fn interpreter(script: &Path) -> Option<String> {
    let script = fs::read_to_string(script).ok()?;
    Some(script.strip_prefix("#!")?.split_whitespace().next()?.to_owned())
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
            "the AWS CLI and the emulated AWS need Python {major}.{minor} or newer (found: {found}): install it, then try again"
        );
    }
    if ask("import ensurepip, venv").is_none() {
        let need = "the AWS CLI and the emulated AWS need Python's venv and ensurepip";
        apt::install(need, "python3-venv", "install what your system has them in")?;
    }
    Ok(())
}
