//! Python, in an environment of its own: the AWS CLI, the AWS emulator, the linter of the template.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;
use crate::machine;
use crate::packages;
use crate::terminal::say;

/// Below this, what requirements.txt names is not installed.
const OLDEST: (u32, u32) = (3, 11);

/// Asks for a page, with the root certificates that the AWS CLI brings: the system's Python may have none.
const FETCH: &str = "
import sys
from botocore.awsrequest import AWSRequest
from botocore.httpsession import URLLib3Session
answer = URLLib3Session(timeout=5).send(AWSRequest('GET', sys.argv[1]).prepare())
print(answer.status_code, answer.text)
";

/// The environment, with everything in it.
#[derive(Clone)]
pub(crate) struct Python {
    programs: PathBuf,
}

/// Makes the environment, unless it is there, was made of the same requirements and works.
pub(crate) fn ready() -> Result<Python> {
    let tools = machine::root().join(".tools");
    fs::create_dir_all(&tools).context(".tools cannot be made")?;
    // Of two commands at once one makes it, and the other one waits: making begins with removing.
    let lock = File::create(tools.join("python.lock")).context(".tools cannot be written")?;
    lock.lock().context(".tools cannot be locked")?;
    let folder = tools.join("python");
    let requirements = machine::root().join("xtask/requirements.txt");
    let wanted = fs::read(&requirements).context("xtask/requirements.txt cannot be read")?;
    // Written last: an interrupted installation has none, and begins again from nothing.
    let stamp = folder.join("installed-requirements.txt");
    let python = Python { programs: folder.join("bin") };
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) && python.works() {
        return Ok(python);
    }
    is_there()?;
    say("Installing the AWS CLI and an AWS emulator into .tools/python (once, about a minute)");
    let what = "Python's environment could not be made";
    command::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder), what)?;
    let mut pip = python.program("python");
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    command::run(
        pip.arg(&requirements),
        "Python's packages could not be installed, which needs the network",
    )?;
    fs::write(&stamp, wanted).context(".tools/python cannot be written")?;
    Ok(python)
}

impl Python {
    /// Whether it finds its packages, and its programs their interpreter: they name it by its path, so a folder that
    /// was moved has to be made anew.
    fn works(&self) -> bool {
        let import = "import awscli, cfnlint, ministack";
        let aws = fs::read_to_string(self.programs.join("aws")).unwrap_or_default();
        let interpreter = aws.lines().next().and_then(|line| line.strip_prefix("#!"));
        interpreter.is_some_and(|path| machine::is_program(Path::new(path)))
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

    /// What an address answers: its status, a space, its text. None if nobody answers.
    pub(crate) fn fetch(&self, url: &str) -> Option<String> {
        command::output(self.program("python").args(["-c", FETCH, url]))
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
        let need = "the emulated AWS needs Python's venv and ensurepip";
        packages::install(need, "python3-venv", "install what your system has them in")?;
    }
    Ok(())
}
