//! The policies of deploy/deployer.json, as they are for a deployer with a custom domain.

use serde_json::{Value, json};

const TEMPLATE: &str = include_str!("../../../deploy/deployer.json");
/// Values of the template's parameters.
const PARAMETERS: [(&str, &str); 2] =
    [("DomainName", "wishboard.example"), ("HostedZoneId", "Z0123456789ABCDEFGHIJ")];

/// One statement. Actions are in lower case, as IAM compares them.
#[derive(Debug)]
pub struct Statement {
    pub sid: String,
    pub actions: Vec<String>,
    pub resources: Vec<String>,
    pub condition: Value,
}

/// Returns the policy documents after CloudFormation has replaced the parameters.
pub fn documents() -> Vec<Value> {
    let template: Value = serde_json::from_str(TEMPLATE).unwrap();
    let policies = template["Resources"].as_object().unwrap().values();
    policies.map(|policy| with_parameters(&policy["Properties"]["PolicyDocument"])).collect()
}

fn with_parameters(document: &Value) -> Value {
    let mut text = document.to_string();
    for (name, value) in PARAMETERS {
        text = text.replace(&json!({ "Ref": name }).to_string(), &json!(value).to_string());
        text = text.replace(&format!("${{{name}}}"), value);
    }
    let mut document: Value = serde_json::from_str(&text).unwrap();
    document["Statement"] = resolve(&document["Statement"]);
    document
}

/// Replaces `Fn::If` by its first branch and `Fn::Sub` by its text.
fn resolve(value: &Value) -> Value {
    if let Some(branches) = value.get("Fn::If") {
        return resolve(&branches[1]);
    }
    if let Some(text) = value.get("Fn::Sub") {
        return text.clone();
    }
    match value {
        Value::Array(list) => list.iter().map(resolve).collect(),
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), resolve(value))).collect(),
        other => other.clone(),
    }
}

/// Returns all statements.
pub fn statements() -> Vec<Statement> {
    let statement = |statement: &Value| {
        assert_eq!(statement["Effect"], "Allow");
        Statement {
            sid: statement["Sid"].as_str().unwrap().to_owned(),
            actions: strings(&statement["Action"]).iter().map(|action| action.to_lowercase()).collect(),
            resources: strings(&statement["Resource"]),
            condition: statement["Condition"].clone(),
        }
    };
    let documents = documents();
    documents.iter().flat_map(|one| one["Statement"].as_array().unwrap()).map(statement).collect()
}

/// Returns whether a pattern of the policy, in which `*` stands for any characters, matches an action.
pub fn matches(pattern: &str, action: &str) -> bool {
    let Some((start, end)) = pattern.split_once('*') else { return pattern == action };
    assert!(!end.contains('*'), "{pattern}");
    action.len() >= start.len() + end.len() && action.starts_with(start) && action.ends_with(end)
}

impl Statement {
    pub fn grants(&self, action: &str) -> bool {
        self.actions.iter().any(|pattern| matches(pattern, action))
    }

    /// Returns whether the statement can grant an action: whether one of its resources has one of these ARN formats of
    /// AWS. An action without a format can be granted only for all resources.
    pub fn applies_to(&self, formats: &[String]) -> bool {
        let placeholders = [("${Partition}", "aws"), ("${Region}", "*"), ("${Account}", "*")];
        let start_of = |format: &String| {
            let format =
                placeholders.iter().fold(format.clone(), |text, (name, value)| text.replace(name, value));
            format.trim_end_matches(".*").to_owned()
        };
        let has_format =
            |resource: &String| formats.iter().any(|format| resource.starts_with(&start_of(format)));
        self.resources.iter().any(|resource| resource == "*" || has_format(resource))
    }
}

/// Returns the strings of a JSON value that is a string or a list.
fn strings(value: &Value) -> Vec<String> {
    let list = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    list.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}
