//! What has to hold before anything is deployed. All of it is looked at, so that everything wrong is told at once, each
//! in a sentence.

mod domain;

use anyhow::{Result, bail};
use serde_json::Value;

use crate::deploy::aws_cli::Account;
use crate::deploy::code_bucket::Bucket;
use crate::deploy::deploy_args::Settings;
use crate::deploy::stack::{Stack, State};
use crate::system::terminal::say;

/// Regions that have what the template needs, by what the AWS CLI knows without a network.
const REGIONS: &str = "
import botocore.session
print(*botocore.session.get_session().get_available_regions('apigatewayv2'))
";
const MATCHES: &str = "import re, sys; sys.exit(not re.fullmatch(sys.argv[1], sys.argv[2]))";

/// See the module.
pub(crate) struct Checks<'a> {
    pub(crate) account: &'a Account,
    pub(crate) stack: &'a Stack<'a>,
    pub(crate) settings: &'a Settings,
    wrong: Vec<String>,
}

/// What the checks found.
pub(crate) struct Found<'a> {
    /// How the stack is; none if it has to be made.
    pub(crate) state: Option<State>,
    pub(crate) code: Bucket<'a>,
    /// `KeptTables`, where it has to be said.
    pub(crate) kept_tables: Option<bool>,
}

impl<'a> Checks<'a> {
    pub(crate) fn new(account: &'a Account, stack: &'a Stack<'a>, settings: &'a Settings) -> Self {
        Self { account, stack, settings, wrong: Vec::new() }
    }

    /// Looks at everything.
    ///
    /// # Errors
    /// With what is wrong, a sentence each.
    pub(crate) fn run(mut self) -> Result<Found<'a>> {
        let region = self.account.region().unwrap_or_default();
        if !region.is_empty() {
            self.region(&region);
        }
        self.values();
        // In a region that does not exist nobody answers.
        if !self.wrong.is_empty() {
            bail!("{}", self.told());
        }
        // Without credentials every other question has the same answer.
        let code = match Bucket::of(self.account, &self.settings.stack) {
            Err(error) => return self.give_up(&error),
            Ok(code) => code,
        };
        if let Err(error) = code.exists() {
            self.wrong.push(error.to_string());
        }
        let state = self.stack.settled()?;
        if let Some(Err(error)) = state.as_ref().map(|state| state.expect_ours(&self.settings.stack)) {
            return self.give_up(&error);
        }
        self.status(state.as_ref());
        self.issuers(state.as_ref());
        self.domain(state.as_ref(), &region)?;
        let kept_tables = self.tables(state.as_ref())?;
        if self.wrong.is_empty() {
            return Ok(Found { state, code, kept_tables });
        }
        bail!("{}", self.told())
    }

    fn give_up(mut self, error: &anyhow::Error) -> Result<Found<'a>> {
        self.wrong.push(error.to_string());
        bail!("{}", self.told())
    }

    fn told(&self) -> String {
        match &self.wrong[..] {
            [one] => one.clone(),
            many => format!("nothing was done:\n  - {}", many.join("\n  - ")),
        }
    }

    /// What a parameter will be.
    fn value<'s>(&'s self, state: Option<&'s State>, name: &str) -> &'s str {
        let given = self.settings.parameters.get(name);
        let given = given.or_else(|| state?.parameters.get(name)).map(String::as_str);
        given.or_else(|| self.stack.template.parameters().get(name).copied()?).unwrap_or_default()
    }

    fn region(&mut self, region: &str) {
        let mut python = self.account.python.program("python");
        let Some(known) = crate::system::command::output(python.args(["-c", REGIONS])) else { return };
        if !known.split(' ').any(|known| known == region) {
            self.wrong.push(format!(
                "there is no AWS region `{region}` with all that Wishboard needs: set AWS_REGION to another one, \
                 as eu-central-1"
            ));
        }
    }

    /// What CloudFormation would refuse only when everything is built.
    fn values(&mut self) {
        for (name, value) in &self.settings.parameters {
            let Some(pattern) = self.stack.template.pattern(name) else { continue };
            let mut python = self.account.python.program("python");
            if crate::system::command::output(python.args(["-c", MATCHES, &pattern, value])).is_none() {
                self.wrong.push(format!("`{name}={value}` can't be: what {name} is has to match {pattern}"));
            }
        }
    }

    /// As the template's rules have it.
    fn issuers(&mut self, state: Option<&State>) {
        let is_given = |name| !self.value(state, name).is_empty();
        let (issuer, audience) = (is_given("TrustedIssuer"), is_given("TrustedAudience"));
        let gateway = self.value(state, "GatewayIssuer") == "trusted";
        if issuer != audience {
            self.wrong
                .push("TrustedIssuer and TrustedAudience need each other: give both, or none".to_owned());
        } else if gateway && !issuer {
            self.wrong.push("GatewayIssuer=trusted needs a TrustedIssuer and a TrustedAudience".to_owned());
        }
    }

    fn status(&mut self, state: Option<&State>) {
        let (Some(state), name) = (state, &self.settings.stack) else { return };
        let what = match state.status.as_str() {
            "UPDATE_ROLLBACK_FAILED" => format!(
                "type `aws cloudformation continue-update-rollback --stack-name {name}` and wait, then deploy again"
            ),
            "REVIEW_IN_PROGRESS" => format!(
                "a draft that nobody carried out; type `aws cloudformation delete-stack --stack-name {name}`, then \
                 deploy again"
            ),
            status if status.ends_with("_FAILED") || status == "ROLLBACK_COMPLETE" => {
                format!(
                    "type `cargo xtask destroy --stack {name}`, which keeps the tables, then deploy again"
                )
            }
            _ => return,
        };
        self.wrong.push(format!("the stack `{name}` is {}: {what}", state.status));
    }

    /// Whether tables are there already, which then are used as they are: kept from an earlier stack, or restored. A
    /// stack that has its tables keeps them.
    fn tables(&mut self, state: Option<&State>) -> Result<Option<bool>> {
        let name = self.value(state, "Table").to_owned();
        if state.is_some_and(|state| state.parameters.get("Table") == Some(&name)) {
            return Ok(None);
        }
        let keys = format!("{name}-keys");
        if let Some(other) = self.stack.other_with(&name)? {
            self.wrong.push(format!(
                "the table `{name}` is of the stack `{other}`: choose another name by Table=NAME"
            ));
        }
        let (main_table, keys_table) = (self.table(&name)?, self.table(&keys)?);
        for (name, table, indexes) in [(&name, &main_table, 2), (&keys, &keys_table, 0)] {
            if table.as_ref().is_some_and(|table| !is_ours(table, indexes)) {
                self.wrong.push(format!(
                    "the table `{name}` is something else's: choose another name by Table=NAME"
                ));
            }
        }
        if main_table.is_some() != keys_table.is_some() {
            let (there, missing) = if main_table.is_some() { (&name, &keys) } else { (&keys, &name) };
            self.wrong
                .push(format!("there is a table `{there}`, but no `{missing}`: both are needed, or none"));
        }
        if main_table.is_some() {
            say(&format!(
                "Using the tables {name} and {keys}, which are there already, with all that is in them"
            ));
        }
        Ok(Some(main_table.is_some()))
    }

    fn table(&self, name: &str) -> Result<Option<Value>> {
        let describe = ["dynamodb", "describe-table", "--table-name", name, "--query", "Table"];
        self.account.find(&describe, &["ResourceNotFoundException"])
    }
}

/// Whether a table has the key and the indexes of ours.
fn is_ours(table: &Value, indexes: usize) -> bool {
    let key = &table["KeySchema"];
    let has = table["GlobalSecondaryIndexes"].as_array().map_or(0, Vec::len);
    key.as_array().is_some_and(|key| key.len() == 1) && key[0]["AttributeName"] == "pk" && has == indexes
}
