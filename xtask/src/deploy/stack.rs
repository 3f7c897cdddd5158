//! The stack of deploy/template.yaml in an account: made, changed, removed, asked for what came of it.

use std::collections::BTreeMap;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::deploy::aws_cli::Account;
use crate::deploy::code_bucket::Bucket;
use crate::deploy::template::{Parameters, Template};
use crate::system::digest::digest;
use crate::system::terminal::say;

/// A stage is live some seconds after CloudFormation says so, a new domain some minutes; and the first request makes the
/// keys.
const UNTIL_KEYS: Duration = Duration::from_secs(300);
const PAUSE: Duration = Duration::from_secs(1);

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
    /// When it was made or last changed.
    pub(crate) since: String,
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
        let mut has_changed = false;
        if !is_whole {
            say("Making the stack, first pass: all but the guarded routes (a few minutes)");
            parameters.insert("Guard".to_owned(), "no".to_owned());
            has_changed = self.apply(state.as_ref(), &template, &parameters)?;
            self.wait_for_issuers()?;
        }
        if self.account.is_emulated() {
            parameters.insert("Issuer".to_owned(), self.issuer(&self.outputs()?)?);
        }
        say(if is_whole {
            "Bringing the stack up to date"
        } else {
            "Making the stack, second pass: everything"
        });
        parameters.insert("Guard".to_owned(), "yes".to_owned());
        has_changed |= self.apply(self.state()?.as_ref(), &template, &parameters)?;
        Ok(has_changed)
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
        // What ends the file may not come back.
        Ok(self.account.ask(&get)?.as_str().is_some_and(|current| current.trim_end() == text.trim_end()))
    }

    /// Where its API is by itself.
    fn issuer(&self, outputs: &Outputs) -> Result<String> {
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
        let word = |name: &str| stack[name].as_str().map(str::to_owned);
        let pairs = |list: &str, key: &str, value: &str| {
            let list = stack[list].as_array().into_iter().flatten();
            list.filter_map(|pair| Some((pair[key].as_str()?.to_owned(), pair[value].as_str()?.to_owned())))
                .collect()
        };
        Ok(Some(State {
            status: word("StackStatus").unwrap_or_default(),
            since: word("LastUpdatedTime").or_else(|| word("CreationTime")).unwrap_or_default(),
            parameters: pairs("Parameters", "ParameterKey", "ParameterValue"),
            outputs: pairs("Outputs", "OutputKey", "OutputValue"),
        }))
    }

    /// The template as it has to be for these parameters.
    pub(crate) fn text(&self, state: Option<&State>, wanted: &Parameters) -> String {
        let before = state.map(|state| &state.parameters);
        let cors = wanted.get("CorsOrigins").or_else(|| before?.get("CorsOrigins"));
        self.template.with_snapshot(cors.map(String::as_str).unwrap_or_default())
    }

    /// Puts the template where CloudFormation reads it, and says where that is: it is larger than a request may be.
    pub(crate) fn upload(&self, code: &Bucket, text: &str) -> Result<String> {
        // By its content: somebody else may be deploying something else.
        let key = format!("template-{}.yaml", &digest(&[text.as_bytes()])[..16]);
        let file = code.folder()?.join("template.yaml");
        fs::write(&file, text).context("the target folder cannot be written")?;
        code.put(&file, &key)?;
        Ok(format!("https://s3.{}.amazonaws.com/{}/{key}", self.account.region()?, code.name))
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

    /// One pass. Returns whether there was anything to do.
    fn apply(&self, state: Option<&State>, template: &str, wanted: &Parameters) -> Result<bool> {
        let verb = if state.is_some() { "update-stack" } else { "create-stack" };
        let parameters = self.told(state, wanted);
        let what = ["cloudformation", verb, "--stack-name", self.name, "--parameters", &parameters];
        let how = ["--template-url", template, "--capabilities", "CAPABILITY_IAM"];
        let nothing = "No updates are to be performed";
        if self.account.find(&[&what[..], &how[..]].concat(), &[nothing])?.is_none() {
            return Ok(false);
        }
        let state = self.settled()?;
        self.judge(&state.map(|state| state.status).unwrap_or_default())?;
        Ok(true)
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
        match self.removed()? {
            Some(failed) => self.judge(&failed.status),
            None => Ok(()),
        }
    }

    /// Until keys are shown where API Gateway will read them.
    fn wait_for_issuers(&self) -> Result<()> {
        say("Waiting for the API to show its keys");
        let outputs = self.outputs()?;
        self.wait_for_keys(&self.issuer(&outputs)?)?;
        match outputs.get("Issuer") {
            Some(named) if !self.account.is_emulated() && Some(named) != outputs.get("HttpApiUrl") => {
                self.wait_for_keys(named)
            }
            _ => Ok(()),
        }
    }

    /// Until the issuer shows where its keys are, and a key, to whoever asks.
    fn wait_for_keys(&self, issuer: &str) -> Result<()> {
        let end = Instant::now() + UNTIL_KEYS;
        for (page, word) in [("openid-configuration", "\"jwks_uri\""), ("jwks.json", "\"kid\"")] {
            let url = format!("{issuer}/.well-known/{page}");
            let asked = json!({ "method": "GET", "url": url, "headers": {}, "body": null });
            loop {
                let said = self.account.python.send(&asked).unwrap_or_default();
                if said["status"] == 200 && said["body"].as_str().is_some_and(|body| body.contains(word)) {
                    break;
                }
                if Instant::now() > end {
                    bail!("the API shows no keys at {url}; it says: {} {}", said["status"], said["body"]);
                }
                thread::sleep(PAUSE);
            }
        }
        Ok(())
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
