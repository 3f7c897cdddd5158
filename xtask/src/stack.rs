//! The stack of deploy/template.yaml in an account: made, changed, asked for what came of it.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::account::Account;
use crate::machine;
use crate::terminal::say;

/// Between two looks at what CloudFormation is doing.
const PAUSE: Duration = Duration::from_secs(1);
/// A stage is live some seconds after CloudFormation says so, and the first request makes the keys.
const UNTIL_KEYS: Duration = Duration::from_secs(120);

/// What the template is given, by the names in it.
pub(crate) type Parameters = BTreeMap<&'static str, String>;

/// What the template gives back, by the names in it.
pub(crate) type Outputs = BTreeMap<String, String>;

/// See the module.
pub(crate) struct Stack<'a> {
    pub(crate) account: &'a Account,
    pub(crate) name: &'a str,
    /// A bucket for the template: it is larger than a request may be.
    pub(crate) bucket: &'a str,
}

impl Stack<'_> {
    /// Makes the stack what the template and the parameters say. The first time in two passes: a JWT
    /// authorizer can only be made once its issuer shows a key, and our issuer is the stack's own API.
    pub(crate) fn make(&self, mut parameters: Parameters) -> Result<Outputs> {
        let template = self.upload()?;
        if self.status()?.is_none() {
            say("Creating the stack: all but the guarded routes");
            parameters.insert("Guard", "no".to_owned());
            self.apply("create-stack", &template, &parameters)?;
        }
        let outputs = self.outputs()?;
        let api = outputs.get("HttpApiId").context("the stack does not name its API")?;
        let url = outputs.get("HttpApiUrl").context("the stack does not say where its API is")?;
        let url = self.account.gateway(api, "$default", url);
        self.wait_for_keys(&url)?;
        say("Updating the stack: everything");
        if self.account.is_emulated() {
            parameters.insert("Issuer", url);
        }
        parameters.insert("Guard", "yes".to_owned());
        self.apply("update-stack", &template, &parameters)?;
        self.outputs()
    }

    /// What it says of itself.
    pub(crate) fn outputs(&self) -> Result<Outputs> {
        let stack = self.describe()?.with_context(|| format!("there is no stack `{}`", self.name))?;
        let outputs = stack["Outputs"].as_array().cloned().unwrap_or_default();
        let pair = |output: &Value| {
            Some((output["OutputKey"].as_str()?.to_owned(), output["OutputValue"].as_str()?.to_owned()))
        };
        Ok(outputs.iter().filter_map(pair).collect())
    }

    /// CloudFormation's word for how it is; none if there is no such stack.
    pub(crate) fn status(&self) -> Result<Option<String>> {
        let stack = self.describe()?;
        Ok(stack.and_then(|stack| Some(stack["StackStatus"].as_str()?.to_owned())))
    }

    fn describe(&self) -> Result<Option<Value>> {
        match self.account.ask(&["cloudformation", "describe-stacks", "--stack-name", self.name]) {
            Ok(answer) => Ok(Some(answer["Stacks"][0].clone())),
            Err(error) if error.to_string().contains("does not exist") => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Puts the template where CloudFormation reads it, and says where that is.
    fn upload(&self) -> Result<String> {
        let template = machine::root().join("deploy/template.yaml");
        let place = format!("{}/{}.yaml", self.bucket, self.name);
        let to = format!("s3://{place}");
        self.account.tell(&["s3", "cp", "--only-show-errors", &template.to_string_lossy(), &to])?;
        Ok(format!("https://s3.{}.amazonaws.com/{place}", self.account.region()?))
    }

    /// One pass. That there is nothing to do is as good as done.
    fn apply(&self, verb: &str, template: &str, parameters: &Parameters) -> Result<()> {
        let parameters: Vec<Value> = parameters
            .iter()
            .map(|(name, value)| json!({ "ParameterKey": name, "ParameterValue": value }))
            .collect();
        let parameters = Value::from(parameters).to_string();
        let options = ["--template-url", template, "--capabilities", "CAPABILITY_IAM"];
        let arguments = ["cloudformation", verb, "--stack-name", self.name, "--parameters", &parameters];
        match self.account.ask(&[&arguments[..], &options[..]].concat()) {
            Err(error) if error.to_string().contains("No updates are to be performed") => return Ok(()),
            done => done?,
        };
        loop {
            let status = self.status()?.unwrap_or_default();
            if !status.ends_with("_IN_PROGRESS") {
                return self.judge(&status);
            }
            thread::sleep(PAUSE);
        }
    }

    fn judge(&self, status: &str) -> Result<()> {
        if matches!(status, "CREATE_COMPLETE" | "UPDATE_COMPLETE") {
            return Ok(());
        }
        let events = ["cloudformation", "describe-stack-events", "--stack-name", self.name];
        let events = self.account.ask(&events)?;
        let mut lines = vec![format!("the stack `{}` is now {status}", self.name)];
        for event in events["StackEvents"].as_array().into_iter().flatten() {
            let word = |name: &str| event[name].as_str().unwrap_or_default();
            let (status, reason) = (word("ResourceStatus"), word("ResourceStatusReason"));
            // The newest come first; what is before this one is about another time.
            if reason == "User Initiated" {
                break;
            }
            // Whatever was under way when the first one failed is cancelled, which explains nothing.
            if status.ends_with("_FAILED") && !reason.contains("cancelled") {
                lines.push(format!("  {}: {reason}", word("LogicalResourceId")));
            }
        }
        bail!("{}", lines.join("\n"))
    }

    /// Until the issuer shows a key to whoever asks.
    fn wait_for_keys(&self, issuer: &str) -> Result<()> {
        let jwks = format!("{issuer}/.well-known/jwks.json");
        let end = Instant::now() + UNTIL_KEYS;
        loop {
            let said = self.account.python.fetch(&jwks);
            if said.as_ref().is_some_and(|said| said.starts_with("200 ") && said.contains("\"kid\"")) {
                return Ok(());
            }
            if Instant::now() > end {
                let said = said.unwrap_or_else(|| "nothing".to_owned());
                bail!("the API shows no keys at {jwks}; it says: {said}");
            }
            thread::sleep(PAUSE);
        }
    }
}
