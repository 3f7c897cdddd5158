//! deploy/template.yaml, as far as deploying has to know it.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};

use crate::system::digest::digest;
use crate::system::env;

/// What the template is given, by the names in it.
pub(crate) type Parameters = BTreeMap<String, String>;

/// The snapshot of the REST API, and where what it is a snapshot of begins.
const SNAPSHOT: &str = "RestDeployment";
const REST_API: &str = "\n  RestGateway:\n";

/// See the module.
pub(crate) struct Template {
    text: String,
}

/// One of the things a template describes.
#[derive(Clone, Copy, Default)]
pub(crate) struct Resource<'a> {
    /// Its name in the template.
    pub(crate) name: &'a str,
    /// As `AWS::S3::Bucket`.
    pub(crate) kind: &'a str,
    /// The condition without which there is none.
    pub(crate) condition: Option<&'a str>,
}

impl Template {
    /// The repository's.
    pub(crate) fn read() -> Result<Self> {
        let path = env::root().join("deploy/template.yaml");
        let text = fs::read_to_string(&path).context("deploy/template.yaml cannot be read")?;
        Ok(Self { text })
    }

    /// What it can be given: each parameter with its default, if it has one.
    pub(crate) fn parameters(&self) -> BTreeMap<&str, Option<&str>> {
        let mut parameters = BTreeMap::new();
        let mut last = "";
        for line in section(&self.text, "Parameters").lines() {
            if let Some(name) = name_of(line) {
                last = name;
                parameters.insert(name, None);
            } else if let Some(default) = line.strip_prefix("    Default: ") {
                parameters.insert(last, Some(default.trim_matches('"')));
            }
        }
        parameters
    }

    /// What the value of a parameter has to match, as a regular expression, if the template says so.
    pub(crate) fn pattern(&self, parameter: &str) -> Option<String> {
        let lines = section(&self.text, "Parameters").lines();
        let lines = lines.skip_while(|line| name_of(line) != Some(parameter)).skip(1);
        lines.take_while(|line| name_of(line).is_none()).find_map(|line| {
            if let Some(pattern) = line.strip_prefix("    AllowedPattern: ") {
                return Some(pattern.trim_matches('"').to_owned());
            }
            let values = line.strip_prefix("    AllowedValues: [")?.strip_suffix(']')?;
            Some(values.replace('"', "").replace(", ", "|"))
        })
    }

    /// What it describes.
    pub(crate) fn resources(&self) -> Vec<Resource<'_>> {
        let mut resources = Vec::<Resource>::new();
        for line in section(&self.text, "Resources").lines() {
            if let Some(name) = name_of(line) {
                resources.push(Resource { name, ..Resource::default() });
            } else if let Some(last) = resources.last_mut() {
                last.kind = line.strip_prefix("    Type: ").unwrap_or(last.kind);
                last.condition = line.strip_prefix("    Condition: ").or(last.condition);
            }
        }
        resources
    }

    /// As CloudFormation is to have it for these origins of other sites. `AWS::ApiGateway::Deployment` is a snapshot
    /// of the REST API and never changes: only one of another name is another snapshot. So its name here ends with a
    /// hash of what it shows ("AWS::ApiGateway::Deployment", CloudFormation Template Reference).
    pub(crate) fn with_snapshot(&self, cors_origins: &str) -> String {
        let from = self.text.find(REST_API).unwrap_or_default();
        let to = self.text.find(&format!("\n  {SNAPSHOT}:\n")).unwrap_or(self.text.len());
        let shown = &self.text.as_bytes()[from..to.max(from)];
        let hash = digest(&[shown, &[u8::from(cors_origins.is_empty())]]);
        self.text.replace(SNAPSHOT, &format!("{SNAPSHOT}{}", &hash[..12]))
    }
}

/// What is between the head of this section and that of the next.
fn section<'a>(text: &'a str, name: &str) -> &'a str {
    let (_, after) = text.split_once(&format!("\n{name}:\n")).unwrap_or_default();
    let next =
        after.match_indices('\n').find(|(index, _)| after[index + 1..].starts_with(char::is_alphabetic));
    &after[..next.map_or(after.len(), |(index, _)| index + 1)]
}

/// The name that a line of a section begins: two spaces, a name, a colon.
fn name_of(line: &str) -> Option<&str> {
    let name = line.strip_prefix("  ")?.strip_suffix(':')?;
    name.chars().all(char::is_alphanumeric).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_parameters_and_their_defaults_are_known() {
        let template = Template::read().expect("the repository has one");
        let parameters = template.parameters();
        assert_eq!(parameters["Table"], Some("wishboard"));
        assert_eq!(parameters["DomainName"], Some(""));
        assert_eq!(parameters["CodeBucket"], None);
        assert!(!parameters.contains_key("AudienceForIssuer"));
        assert_eq!(template.pattern("GatewayIssuer").as_deref(), Some("own|trusted"));
        assert_eq!(template.pattern("TrustedIssuer").as_deref(), Some("(https?://.*)?"));
        assert_eq!(template.pattern("TrustedAudience"), None);
    }

    #[test]
    fn its_resources_are_known() {
        let template = Template::read().expect("the repository has one");
        let resources = template.resources();
        assert!(resources.len() > 60);
        assert!(resources.iter().all(|resource| resource.kind.starts_with("AWS::")));
        let find = |name| *resources.iter().find(|resource| resource.name == name).expect(name);
        assert_eq!(find("SiteBucket").kind, "AWS::S3::Bucket");
        assert_eq!(find("SiteBucket").condition, None);
        assert_eq!(find("DomainIpv4").condition, Some("OwnDomain"));
    }

    #[test]
    fn another_rest_api_is_another_snapshot() {
        let template = Template::read().expect("the repository has one");
        let as_it_is = template.with_snapshot("");
        assert_eq!(as_it_is, template.with_snapshot(""));
        assert_ne!(as_it_is, template.with_snapshot("https://elsewhere.example"));
        let with = |from, to| Template { text: template.text.replace(from, to) }.with_snapshot("");
        let names =
            |text: &str| text.lines().filter(|line| line.contains(SNAPSHOT)).map(str::to_owned).collect();
        let names_of = |text: &str| -> Vec<String> { names(text) };
        assert_eq!(names_of(&as_it_is).len(), 2, "the resource, and the stage that shows it");
        assert_ne!(
            names_of(&as_it_is),
            names_of(&with("          /api/me/export:", "          /api/me/all:"))
        );
        assert_eq!(names_of(&as_it_is), names_of(&with("MemorySize: 1024", "MemorySize: 512")));
    }
}
