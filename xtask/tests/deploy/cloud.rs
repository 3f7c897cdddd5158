//! The commands under test, the site they bring, and the emulated AWS as its owner and its visitors see it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use serde_json::Value;

const XTASK: &str = env!("CARGO_BIN_EXE_xtask");

/// What `cargo xtask test aws` says of where AWS is.
#[expect(clippy::disallowed_methods, reason = "the rule is for the API; here, this is the only reader")]
pub fn endpoint() -> String {
    std::env::var("AWS_ENDPOINT_URL").expect("these tests are run by `cargo xtask test aws`")
}

/// The owner's AWS CLI; none if AWS refuses.
pub fn aws(arguments: &[&str]) -> Option<Value> {
    let output = Command::new("aws").args(arguments).args(["--output", "json"]).output().unwrap();
    output.status.success().then(|| serde_json::from_slice(&output.stdout).unwrap_or_default())
}

/// Somebody's key.
#[derive(Clone)]
pub struct Key {
    pub user: String,
    id: String,
    secret: String,
}

impl Key {
    /// Of somebody new, who may do what deploy/deployer.json says.
    pub fn of_deployer(user: &str) -> Self {
        let policy = include_str!("../../../deploy/deployer.json");
        aws(&["iam", "create-user", "--user-name", user]).unwrap();
        let named = ["--policy-name", user, "--policy-document", policy, "--query", "Policy.Arn"];
        let policy = aws(&[&["iam", "create-policy"], &named[..]].concat()).unwrap();
        let attach =
            ["iam", "attach-user-policy", "--user-name", user, "--policy-arn", policy.as_str().unwrap()];
        aws(&attach).unwrap();
        let key = aws(&["iam", "create-access-key", "--user-name", user, "--query", "AccessKey"]).unwrap();
        let word = |name: &str| key[name].as_str().unwrap().to_owned();
        Self { user: user.to_owned(), id: word("AccessKeyId"), secret: word("SecretAccessKey") }
    }

    /// The command with these arguments, typed by its owner.
    pub fn xtask(&self, arguments: &[&str]) -> Command {
        let mut xtask = Command::new(XTASK);
        xtask.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        xtask.env("AWS_ACCESS_KEY_ID", &self.id).env("AWS_SECRET_ACCESS_KEY", &self.secret);
        xtask
    }
}

/// What a command said, all of it, if it succeeded.
#[track_caller]
pub fn said(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", all(&output));
    all(&output)
}

/// What a command complained of, if it did.
#[track_caller]
pub fn complaint(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(!output.status.success(), "{}", all(&output));
    String::from_utf8(output.stderr).unwrap().trim().trim_start_matches("error: ").to_owned()
}

fn all(output: &Output) -> String {
    [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat()
}

/// Starts a command, and returns once it has said this.
pub fn until(command: &mut Command, word: &str) -> (Child, BufReader<ChildStdout>) {
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains(word) {
        line.clear();
        assert!(lines.read_line(&mut line).unwrap() > 0, "it never said {word}");
    }
    (child, lines)
}

/// Starts a command, and kills it once it has said this.
pub fn kill_at(command: &mut Command, word: &str) {
    let (mut child, _lines) = until(command, word);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// What was built: the functions, and a site of few files whose content tells its version.
pub struct Built(pub PathBuf);

impl Built {
    pub fn new(name: &str) -> Self {
        let programs = Path::new(XTASK).parent().unwrap();
        let folder = programs.join(format!("{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("site")).unwrap();
        for function in ["lambda", "authorizer"] {
            symlink(programs.join(function), folder.join(function)).unwrap();
        }
        Self(folder)
    }

    /// The site anew.
    pub fn version(&self, version: u8) -> &str {
        let site = self.0.join("site");
        for file in fs::read_dir(&site).unwrap() {
            fs::remove_file(file.unwrap().path()).unwrap();
        }
        let write = |name: String, content: String| fs::write(site.join(name), content).unwrap();
        write("index.html".to_owned(), page(version));
        write("icon.png".to_owned(), format!("icon {version}"));
        for name in [wasm(version), wasm(version).replace("_bg.wasm", ".js")] {
            write(name.clone(), "plain".to_owned());
            write(format!("{name}.br"), "smaller".to_owned());
        }
        write("style-0123456789abcdef.css".to_owned(), "main {}".to_owned());
        self.0.to_str().unwrap()
    }
}

impl Drop for Built {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The page of a version, and the name of its wasm.
pub fn page(version: u8) -> String {
    format!("<!doctype html><title>{version}</title>")
}

pub fn wasm(version: u8) -> String {
    format!("app-{version:016x}_bg.wasm")
}

/// An output of a stack; none if there is no such stack.
pub fn output(stack: &str, name: &str) -> Option<String> {
    let query = format!("Stacks[0].Outputs[?OutputKey=='{name}'].OutputValue");
    let found = aws(&["cloudformation", "describe-stacks", "--stack-name", stack, "--query", &query])?;
    Some(found[0].as_str()?.to_owned())
}

/// What a stack's CloudFront answers to a browser.
pub fn visit(stack: &str, path: &str) -> (u16, String) {
    let url = output(stack, "Url").unwrap();
    let head =
        format!("GET {path} HTTP/1.0\r\nX-Forwarded-Proto: https\r\nHost: {}", &url["https://".len()..]);
    ask(&head, "")
}

/// What a stack's API answers, by its HTTP API.
pub fn post(stack: &str, path: &str, body: &Value) -> u16 {
    let api = output(stack, "HttpApiId").unwrap();
    let head = format!(
        "POST /_aws/execute-api/{api}/$default{path} HTTP/1.0\r\nHost: 127.0.0.1\r\nContent-Type: application/json"
    );
    ask(&head, &body.to_string()).0
}

fn ask(head: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(endpoint().trim_start_matches("http://")).unwrap();
    write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}
