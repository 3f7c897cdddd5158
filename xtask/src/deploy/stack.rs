//! The CloudFormation stack of deploy/template.yaml: its state in AWS, and the parts of requests that refer to it.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::deploy::aws_cli::AwsCli;
use crate::deploy::code_bucket::CodeBucket;
use crate::deploy::template::{Parameters, Template};
use crate::system::sha256::hex_digest;

/// The outputs of a stack, by their names in the template.
pub(crate) type Outputs = BTreeMap<String, String>;

/// A stack, identified by its name. It may not exist yet.
pub(crate) struct Stack<'a> {
    pub(crate) aws: &'a AwsCli,
    pub(crate) name: &'a str,
    pub(crate) template: &'a Template,
}

/// An existing stack, as CloudFormation describes it.
pub(crate) struct StackState {
    /// CloudFormation's status, for example `UPDATE_COMPLETE`.
    pub(crate) status: String,
    /// When the stack was created or last updated.
    pub(crate) changed_at: String,
    pub(crate) parameters: Parameters,
    pub(crate) outputs: Outputs,
}

impl Stack<'_> {
    /// Returns the current state, or `None` if the stack does not exist.
    pub(crate) fn state(&self) -> Result<Option<StackState>> {
        let describe = ["cloudformation", "describe-stacks", "--stack-name", self.name];
        let answer = self.aws.find(&describe, &["does not exist"])?;
        Ok(answer.map(|answer| StackState::parse(&answer["Stacks"][0])))
    }

    /// Returns the current state.
    ///
    /// # Errors
    /// If the stack does not exist.
    pub(crate) fn expect_state(&self) -> Result<StackState> {
        self.state()?.with_context(|| format!("there is no stack `{}`", self.name))
    }

    /// Returns whether the stack already has this template and these parameters. CloudFormation cannot tell, because
    /// the template refers to a secret.
    pub(crate) fn is_current(
        &self,
        state: Option<&StackState>,
        text: &str,
        parameters: &Parameters,
    ) -> Result<bool> {
        let has_parameter = |(name, value): (&String, &String)| {
            state.is_some_and(|state| state.parameters.get(name) == Some(value))
        };
        if !parameters.iter().all(has_parameter) {
            return Ok(false);
        }
        let get = ["cloudformation", "get-template", "--stack-name", self.name, "--query", "TemplateBody"];
        // CloudFormation may drop the line break at the end.
        Ok(self.aws.json(&get)?.as_str().is_some_and(|current| current.trim_end() == text.trim_end()))
    }

    /// Returns the template's text for these parameters. Parameters that are not given keep their current value.
    pub(crate) fn template_text(&self, state: Option<&StackState>, parameters: &Parameters) -> String {
        let current = state.map(|state| &state.parameters);
        let cors = parameters.get("CorsOrigins").or_else(|| current?.get("CorsOrigins"));
        self.template.with_named_snapshot(cors.map(String::as_str).unwrap_or_default())
    }

    /// Uploads the template to the code bucket and returns its URL. The template is too large for a request.
    pub(crate) fn upload_template(&self, code: &CodeBucket, text: &str) -> Result<String> {
        // The name depends on the content, because another process may be deploying another template.
        let key = format!("template-{}.yaml", &hex_digest(&[text.as_bytes()])[..16]);
        let file = code.staging_folder()?.join("template.yaml");
        fs::write(&file, text).context("cannot write to the target folder")?;
        code.upload(&file, &key)?;
        Ok(format!("https://s3.{}.amazonaws.com/{}/{key}", self.aws.region()?, code.name))
    }

    /// Returns the parameters for a request, as JSON. Parameters that are not given keep their current value.
    pub(crate) fn parameters_json(&self, state: Option<&StackState>, parameters: &Parameters) -> String {
        let declared = self.template.parameters();
        let is_kept = |name: &&&str| {
            !parameters.contains_key(**name)
                && state.is_some_and(|state| state.parameters.contains_key(**name))
        };
        let kept = declared.keys().filter(is_kept);
        let kept = kept.map(|name| json!({ "ParameterKey": name, "UsePreviousValue": true }));
        let given =
            parameters.iter().map(|(name, value)| json!({ "ParameterKey": name, "ParameterValue": value }));
        Value::from(kept.chain(given).collect::<Vec<_>>()).to_string()
    }

    /// Returns the name of another stack of the account with this `Table`, whether it created the table or uses it.
    pub(crate) fn find_other_with_table(&self, table: &str) -> Result<Option<String>> {
        let query = "Stacks[].{name: StackName, tables: Parameters[?ParameterKey=='Table'].ParameterValue}";
        let stacks = self.aws.json(&["cloudformation", "describe-stacks", "--query", query])?;
        let is_other = |stack: &&Value| {
            let tables = stack["tables"].as_array();
            stack["name"] != self.name && tables.is_some_and(|tables| tables.iter().any(|one| one == table))
        };
        let other = stacks.as_array().into_iter().flatten().find(is_other);
        Ok(other.and_then(|stack| Some(stack["name"].as_str()?.to_owned())))
    }
}

impl StackState {
    fn parse(stack: &Value) -> Self {
        let text = |name: &str| stack[name].as_str().map(str::to_owned);
        let pairs = |list: &str, key: &str, value: &str| {
            let list = stack[list].as_array().into_iter().flatten();
            list.filter_map(|pair| Some((pair[key].as_str()?.to_owned(), pair[value].as_str()?.to_owned())))
                .collect()
        };
        Self {
            status: text("StackStatus").unwrap_or_default(),
            changed_at: text("LastUpdatedTime").or_else(|| text("CreationTime")).unwrap_or_default(),
            parameters: pairs("Parameters", "ParameterKey", "ParameterValue"),
            outputs: pairs("Outputs", "OutputKey", "OutputValue"),
        }
    }

    /// Returns an output of the template.
    ///
    /// # Errors
    /// If the stack does not have it.
    pub(crate) fn output(&self, name: &str) -> Result<&str> {
        self.outputs.get(name).map(String::as_str).with_context(|| format!("the stack has no output {name}"))
    }

    /// Checks that the stack was created from our template.
    ///
    /// # Errors
    /// If it was created from another template.
    pub(crate) fn expect_ours(&self, name: &str) -> Result<()> {
        if !self.parameters.contains_key("Table") {
            bail!("the stack `{name}` is not a Wishboard stack: choose another name with --stack NAME");
        }
        Ok(())
    }

    /// Returns whether both passes of the first deployment are complete.
    pub(crate) fn has_protected_routes(&self) -> bool {
        self.parameters.get("Guard").is_some_and(|guard| guard == "yes")
    }

    /// Returns whether the stack is only a change set that was never executed.
    pub(crate) fn is_empty_draft(&self) -> bool {
        self.status == "REVIEW_IN_PROGRESS"
    }
}
