//! The stack of deploy/template.yaml in an account: made, changed, removed, asked for what came of it.

use std::collections::BTreeMap;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::account::{Account, without_numbers};
use crate::bucket::Bucket;
use crate::machine;
use crate::template::{Parameters, Template};
use crate::terminal::say;

/// Between two looks at what CloudFormation is doing.
const PAUSE: Duration = Duration::from_secs(1);
/// Between two lines that tell how far it is.
const LINES: Duration = Duration::from_secs(15);
/// A stage is live some seconds after CloudFormation says so, and the first request makes the keys.
const UNTIL_KEYS: Duration = Duration::from_secs(120);

/// What the template gives back, by the names in it.
pub(crate) type Outputs = BTreeMap<String, String>;

/// See the module.
pub(crate) struct Stack<'a> {
    pub(crate) account: &'a Account,
    pub(crate) name: &'a str,
    pub(crate) template: &'a Template,
}

/// A stack that is there.
pub(crate) struct State {
    /// CloudFormation's word for how it is.
    pub(crate) status: String,
    /// What it was made with.
    pub(crate) parameters: Parameters,
    pub(crate) outputs: Outputs,
}

impl Stack<'_> {
    /// Makes the stack what the template and the parameters say; those not given stay as they are. The first time in
    /// two passes: a JWT authorizer can only be made once its issuer shows a key, and our issuer is the stack's own
    /// API. Returns whether anything changed.
    pub(crate) fn make(&self, code: &Bucket, mut parameters: Parameters) -> Result<bool> {
        let state = self.settled()?;
        let text = self.text(state.as_ref(), &parameters);
        let is_whole = state.as_ref().is_some_and(State::is_guarded);
        if is_whole && self.is_current(state.as_ref(), &text, &parameters)? {
            return Ok(false);
        }
        let template = self.upload(code, &text)?;
        if !is_whole {
            say("Making the stack, first pass: all but the guarded routes (a few minutes)");
            parameters.insert("Guard".to_owned(), "no".to_owned());
            self.apply(state.as_ref(), &template, &parameters)?;
            self.wait_for_keys(&self.issuer()?)?;
        }
        if self.account.is_emulated() {
            parameters.insert("Issuer".to_owned(), self.issuer()?);
        }
        say(if is_whole {
            "Bringing the stack up to date"
        } else {
            "Making the stack, second pass: everything"
        });
        parameters.insert("Guard".to_owned(), "yes".to_owned());
        self.apply(self.state()?.as_ref(), &template, &parameters)?;
        Ok(true)
    }

    /// Whether it already is what this template and these parameters say. CloudFormation itself never says so of a
    /// template that refers to a secret.
    pub(crate) fn is_current(&self, state: Option<&State>, text: &str, wanted: &Parameters) -> Result<bool> {
        let has = |(name, value): (&String, &String)| {
            state.is_some_and(|state| state.parameters.get(name) == Some(value))
        };
        if !wanted.iter().all(has) {
            return Ok(false);
        }
        let get = ["cloudformation", "get-template", "--stack-name", self.name, "--query", "TemplateBody"];
        Ok(self.account.ask(&get)? == text)
    }

    /// Where its API is by itself.
    fn issuer(&self) -> Result<String> {
        let outputs = self.outputs()?;
        let api = outputs.get("HttpApiId").context("the stack does not name its API")?;
        let url = outputs.get("HttpApiUrl").context("the stack does not say where its API is")?;
        Ok(self.account.gateway(api, "$default", url))
    }

    /// What it says of itself.
    pub(crate) fn outputs(&self) -> Result<Outputs> {
        let state = self.state()?.with_context(|| format!("there is no stack `{}`", self.name))?;
        Ok(state.outputs)
    }

    /// How it is; none if there is no such stack.
    pub(crate) fn state(&self) -> Result<Option<State>> {
        let describe = ["cloudformation", "describe-stacks", "--stack-name", self.name];
        let Some(answer) = self.account.find(&describe, &["does not exist"])? else { return Ok(None) };
        let stack = &answer["Stacks"][0];
        let pairs = |list: &str, key: &str, value: &str| {
            let list = stack[list].as_array().into_iter().flatten();
            list.filter_map(|pair| Some((pair[key].as_str()?.to_owned(), pair[value].as_str()?.to_owned())))
                .collect()
        };
        Ok(Some(State {
            status: stack["StackStatus"].as_str().unwrap_or_default().to_owned(),
            parameters: pairs("Parameters", "ParameterKey", "ParameterValue"),
            outputs: pairs("Outputs", "OutputKey", "OutputValue"),
        }))
    }

    /// How it is, once nothing is under way any more: what an interrupted run began goes on without it.
    pub(crate) fn settled(&self) -> Result<Option<State>> {
        let begin = Instant::now();
        let mut told = begin;
        loop {
            let state = self.state()?;
            if !state
                .as_ref()
                .is_some_and(|state| state.status.ends_with("_IN_PROGRESS") && !state.is_draft())
            {
                return Ok(state);
            }
            if told.elapsed() >= LINES {
                told = Instant::now();
                self.tell(begin)?;
            }
            thread::sleep(PAUSE);
        }
    }

    /// How far CloudFormation is.
    fn tell(&self, begin: Instant) -> Result<()> {
        let list = ["cloudformation", "list-stack-resources", "--stack-name", self.name];
        let statuses = [&list[..], &["--query", "StackResourceSummaries[].ResourceStatus"]].concat();
        let statuses = self.account.ask(&statuses)?;
        let statuses = statuses.as_array().map(Vec::as_slice).unwrap_or_default();
        let is_done =
            |status: &&Value| status.as_str().is_some_and(|status| !status.ends_with("_IN_PROGRESS"));
        let (done, all) = (statuses.iter().filter(is_done).count(), statuses.len());
        say(&format!("  {done} of {all} resources are ready after {} s", begin.elapsed().as_secs()));
        Ok(())
    }

    /// The template as it has to be for these parameters.
    pub(crate) fn text(&self, state: Option<&State>, wanted: &Parameters) -> String {
        let before = state.map(|state| &state.parameters);
        let cors = wanted.get("CorsOrigins").or_else(|| before?.get("CorsOrigins"));
        self.template.with_snapshot(cors.map(String::as_str).unwrap_or_default())
    }

    /// Puts the template where CloudFormation reads it, and says where that is: it is larger than a request may be.
    pub(crate) fn upload(&self, code: &Bucket, text: &str) -> Result<String> {
        let file = machine::target()?.join("deploy/template.yaml");
        fs::write(&file, text).context("the target folder cannot be written")?;
        code.put(&file, "template.yaml")?;
        Ok(format!("https://s3.{}.amazonaws.com/{}/template.yaml", self.account.region()?, code.name))
    }

    /// What CloudFormation is to be told of the parameters.
    pub(crate) fn told(&self, state: Option<&State>, wanted: &Parameters) -> String {
        let known = self.template.parameters();
        let is_kept = |name: &&&str| {
            !wanted.contains_key(**name) && state.is_some_and(|state| state.parameters.contains_key(**name))
        };
        let kept = known.keys().filter(is_kept);
        let kept = kept.map(|name| json!({ "ParameterKey": name, "UsePreviousValue": true }));
        let given =
            wanted.iter().map(|(name, value)| json!({ "ParameterKey": name, "ParameterValue": value }));
        Value::from(kept.chain(given).collect::<Vec<_>>()).to_string()
    }

    /// One pass.
    fn apply(&self, state: Option<&State>, template: &str, wanted: &Parameters) -> Result<()> {
        let verb = if state.is_some() { "update-stack" } else { "create-stack" };
        let parameters = self.told(state, wanted);
        let what = ["cloudformation", verb, "--stack-name", self.name, "--parameters", &parameters];
        let how = ["--template-url", template, "--capabilities", "CAPABILITY_IAM"];
        let nothing = "No updates are to be performed";
        if self.account.find(&[&what[..], &how[..]].concat(), &[nothing])?.is_none() {
            return Ok(());
        }
        let state = self.settled()?;
        self.judge(&state.map(|state| state.status).unwrap_or_default())
    }

    /// Another stack of the account with this table's name, whether it made the table or uses it.
    pub(crate) fn other_with(&self, table: &str) -> Result<Option<String>> {
        let query = "Stacks[].{name: StackName, tables: Parameters[?ParameterKey=='Table'].ParameterValue}";
        let stacks = self.account.ask(&["cloudformation", "describe-stacks", "--query", query])?;
        let is_other = |stack: &&Value| {
            let tables = stack["tables"].as_array();
            stack["name"] != self.name && tables.is_some_and(|tables| tables.iter().any(|one| one == table))
        };
        let other = stacks.as_array().into_iter().flatten().find(is_other);
        Ok(other.and_then(|stack| Some(stack["name"].as_str()?.to_owned())))
    }

    /// Removes it, but for what the template keeps.
    pub(crate) fn delete(&self) -> Result<()> {
        self.account.tell(&["cloudformation", "delete-stack", "--stack-name", self.name])?;
        match self.settled()? {
            Some(state) if state.status != "DELETE_COMPLETE" => self.judge(&state.status),
            _ => Ok(()),
        }
    }

    fn judge(&self, status: &str) -> Result<()> {
        if matches!(status, "CREATE_COMPLETE" | "UPDATE_COMPLETE") {
            return Ok(());
        }
        let failed = ["cloudformation", "describe-events", "--stack-name", self.name, "--filters"];
        let failed = self
            .account
            .ask(&[&failed[..], &["FailedEvents=true", "--query", "OperationEvents"]].concat())?;
        let failed = failed.as_array().map(Vec::as_slice).unwrap_or_default();
        // What happened before belongs to another operation.
        let last = failed.iter().max_by_key(|event| event["Timestamp"].as_str());
        let last = last.map_or(&Value::Null, |event| &event["OperationId"]);
        let mut lines = vec![format!("the stack `{}` is now {status}, nothing else was touched:", self.name)];
        for event in failed.iter().filter(|event| event["OperationId"] == *last) {
            let word = |name: &str| event[name].as_str().unwrap_or_default();
            let reason = [word("ValidationStatusReason"), word("ResourceStatusReason")].concat();
            // Whatever was under way when the first one failed is cancelled, which explains nothing.
            if word("LogicalResourceId") != self.name && !reason.is_empty() && !reason.contains("cancelled") {
                lines.push(format!("  {}: {}", word("LogicalResourceId"), without_numbers(&reason)));
            }
        }
        bail!("{}", lines.join("\n"))
    }

    /// Until the issuer shows a key to whoever asks.
    fn wait_for_keys(&self, issuer: &str) -> Result<()> {
        say("Waiting for the API to show its keys");
        let jwks = format!("{issuer}/.well-known/jwks.json");
        let asked = json!({ "method": "GET", "url": jwks, "headers": {}, "body": null });
        let end = Instant::now() + UNTIL_KEYS;
        loop {
            let said = self.account.python.send(&asked).unwrap_or_default();
            if said["status"] == 200 && said["body"].as_str().is_some_and(|body| body.contains("\"kid\"")) {
                return Ok(());
            }
            if Instant::now() > end {
                bail!("the API shows no keys at {jwks}; it says: {} {}", said["status"], said["body"]);
            }
            thread::sleep(PAUSE);
        }
    }
}

impl State {
    /// An error if it was made from another template.
    pub(crate) fn expect_ours(&self, name: &str) -> Result<()> {
        if !self.parameters.contains_key("Table") {
            bail!("the stack `{name}` is something else's: choose another name by --stack NAME");
        }
        Ok(())
    }

    /// Whether both passes were made.
    pub(crate) fn is_guarded(&self) -> bool {
        self.parameters.get("Guard").is_some_and(|guard| guard == "yes")
    }

    /// A change set that nobody carried out; there is nothing else of the stack.
    pub(crate) fn is_draft(&self) -> bool {
        self.status == "REVIEW_IN_PROGRESS"
    }
}
