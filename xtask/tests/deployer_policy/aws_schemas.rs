//! What AWS itself says about permissions, from the data of cfn-lint in .tools/python: the schemas of CloudFormation's
//! resource types, and the actions and resources of IAM.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use serde_json::Value;

/// The operations whose permissions a deployment needs. The handler `list` is for other tools.
const HANDLERS: [&str; 4] = ["create", "read", "update", "delete"];

static DATA: LazyLock<PathBuf> = LazyLock::new(|| {
    let lib = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.tools/python/lib"));
    let versions = fs::read_dir(&lib).expect("`cargo xtask ci` installs .tools/python");
    let mut folders = versions.map(|version| version.unwrap().path().join("site-packages/cfnlint/data"));
    folders.find(|folder| folder.is_dir()).expect("`cargo xtask ci` installs cfn-lint")
});
static TYPES: LazyLock<Value> = LazyLock::new(|| read("schemas/providers/us-east-1.json"));
static SERVICES: LazyLock<Value> = LazyLock::new(|| read("AdditionalSpecs/Policies.json"));

fn read(file: &str) -> Value {
    serde_json::from_slice(&fs::read(DATA.join(file)).unwrap()).unwrap()
}

/// Returns the schema of a resource type.
pub fn schema(resource_type: &str) -> Value {
    let file = TYPES[resource_type].as_str().unwrap_or_else(|| panic!("no schema of {resource_type}"));
    read(&format!("schemas/resources/{}.json", file.trim_end_matches(".json")))
}

/// Returns the actions, in lower case, that CloudFormation needs to manage and tag resources of this type. Leaves out names
/// that are not actions of IAM: some schemas list operations that need another action.
pub fn needed_actions(resource_type: &str) -> BTreeSet<String> {
    let schema = schema(resource_type);
    let handlers = HANDLERS.map(|handler| &schema["handlers"][handler]);
    let permissions = handlers.into_iter().chain([&schema["tagging"]]);
    let actions: Vec<&Value> =
        permissions.filter_map(|part| part["permissions"].as_array()).flatten().collect();
    assert!(!actions.is_empty(), "the schema of {resource_type} lists no permissions");
    let actions = actions.iter().map(|action| action.as_str().unwrap().to_lowercase());
    actions.filter(|action| resource_types(action).is_some()).collect()
}

/// Returns the names of all actions of a service, in lower case.
pub fn actions_of(service: &str) -> Vec<String> {
    let actions = SERVICES[service]["Actions"].as_object();
    let actions = actions.unwrap_or_else(|| panic!("there is no service {service}"));
    actions.keys().map(|name| format!("{service}:{name}")).collect()
}

/// Returns the ARN formats of the resources that a policy can limit an action to. `None` if there is no such action;
/// an empty list if the action can be granted only for all resources.
pub fn resource_types(action: &str) -> Option<Vec<String>> {
    let (service, name) = action.split_once(':').unwrap();
    let found = SERVICES[service]["Actions"].get(name)?;
    let types = found["Resources"].as_array().into_iter().flatten();
    let formats = types.flat_map(|one| {
        let key = one.as_str().unwrap().to_lowercase();
        let formats = &SERVICES[service]["Resources"][&key]["ARNFormats"];
        formats.as_array().unwrap_or_else(|| panic!("no ARN of {key}, for {action}")).clone()
    });
    Some(formats.map(|format| format.as_str().unwrap().to_owned()).collect())
}
