//! Reads the parts of deploy/template.yaml that the commands need. Reads line by line and relies on the indentation;
//! the tests below fail if it changes.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};

use crate::system::env;
use crate::system::sha256::hex_digest;

/// Values of the template's parameters, by name.
pub(crate) type Parameters = BTreeMap<String, String>;

/// The resource that is a snapshot of the REST API.
const SNAPSHOT_RESOURCE: &str = "RestDeployment";
/// The first line of the resources whose content the snapshot contains.
const REST_API_START: &str = "\n  RestGateway:\n";

/// The text of a template.
pub(crate) struct Template {
    text: String,
}

/// A resource of a template.
#[derive(Clone, Copy, Default)]
pub(crate) struct Resource<'a> {
    /// The logical name.
    pub(crate) name: &'a str,
    /// The type, for example `AWS::S3::Bucket`.
    pub(crate) kind: &'a str,
    /// The condition that must be true for the resource to exist.
    pub(crate) condition: Option<&'a str>,
}

impl Template {
    /// Reads the template of this repository.
    pub(crate) fn read() -> Result<Self> {
        let path = env::root().join("deploy/template.yaml");
        let text = fs::read_to_string(&path).context("cannot read deploy/template.yaml")?;
        Ok(Self { text })
    }

    /// Returns the parameters with their defaults.
    pub(crate) fn parameters(&self) -> BTreeMap<&str, Option<&str>> {
        let mut parameters = BTreeMap::new();
        let mut last = "";
        for line in section(&self.text, "Parameters").lines() {
            if let Some(name) = entry_name(line) {
                last = name;
                parameters.insert(name, None);
            } else if let Some(default) = line.strip_prefix("    Default: ") {
                parameters.insert(last, Some(default.trim_matches('"')));
            }
        }
        parameters
    }

    /// Returns the default of a parameter, or an empty string.
    pub(crate) fn default_of(&self, parameter: &str) -> &str {
        self.parameters().get(parameter).copied().flatten().unwrap_or_default()
    }

    /// Returns the regular expression that the value of a parameter must match, if the template has one.
    pub(crate) fn pattern(&self, parameter: &str) -> Option<String> {
        let lines = section(&self.text, "Parameters").lines();
        let lines = lines.skip_while(|line| entry_name(line) != Some(parameter)).skip(1);
        lines.take_while(|line| entry_name(line).is_none()).find_map(|line| {
            if let Some(pattern) = line.strip_prefix("    AllowedPattern: ") {
                return Some(pattern.trim_matches('"').to_owned());
            }
            let values = line.strip_prefix("    AllowedValues: [")?.strip_suffix(']')?;
            Some(values.replace('"', "").replace(", ", "|"))
        })
    }

    /// Returns all resources.
    pub(crate) fn resources(&self) -> Vec<Resource<'_>> {
        let mut resources = Vec::<Resource>::new();
        for line in section(&self.text, "Resources").lines() {
            if let Some(name) = entry_name(line) {
                resources.push(Resource { name, ..Resource::default() });
            } else if let Some(last) = resources.last_mut() {
                last.kind = line.strip_prefix("    Type: ").unwrap_or(last.kind);
                last.condition = line.strip_prefix("    Condition: ").or(last.condition);
            }
        }
        resources
    }

    /// Returns the CloudFront functions: their names and their code.
    pub(crate) fn cloudfront_functions(&self) -> Vec<(&str, String)> {
        let is_function = |resource: &Resource| resource.kind == "AWS::CloudFront::Function";
        let code = |resource: Resource| {
            let (_, lines) = self.text.split_once(&format!("\n  {}:\n", resource.name)).unwrap_or_default();
            let (_, code) = lines.split_once("      FunctionCode: |\n").unwrap_or_default();
            let is_code = |line: &&str| line.is_empty() || line.starts_with("        ");
            let code: Vec<&str> =
                code.lines().take_while(is_code).map(|line| line.get(8..).unwrap_or_default()).collect();
            code.join("\n")
        };
        self.resources().into_iter().filter(is_function).map(|it| (it.name, code(it))).collect()
    }

    /// Returns the template's text. The name of the REST API's snapshot in it depends on the content of the REST API.
    ///
    /// `AWS::ApiGateway::Deployment` is a snapshot that never changes. CloudFormation creates a new one only for a
    /// resource with a new name ("AWS::ApiGateway::Deployment", CloudFormation Template Reference). The content also
    /// depends on whether there are `cors_origins`.
    pub(crate) fn with_named_snapshot(&self, cors_origins: &str) -> String {
        let start = self.text.find(REST_API_START).unwrap_or_default();
        let end = self.text.find(&format!("\n  {SNAPSHOT_RESOURCE}:\n")).unwrap_or(self.text.len());
        let content = &self.text.as_bytes()[start..end.max(start)];
        let hash = hex_digest(&[content, &[u8::from(cors_origins.is_empty())]]);
        self.text.replace(SNAPSHOT_RESOURCE, &format!("{SNAPSHOT_RESOURCE}{}", &hash[..12]))
    }
}

/// Returns the lines between the heading of a section and the next one.
fn section<'a>(text: &'a str, name: &str) -> &'a str {
    let (_, after) = text.split_once(&format!("\n{name}:\n")).unwrap_or_default();
    let next =
        after.match_indices('\n').find(|(index, _)| after[index + 1..].starts_with(char::is_alphabetic));
    &after[..next.map_or(after.len(), |(index, _)| index + 1)]
}

/// Returns the name if a line of a section starts a new entry: two spaces, a name, a colon.
fn entry_name(line: &str) -> Option<&str> {
    let name = line.strip_prefix("  ")?.strip_suffix(':')?;
    name.chars().all(char::is_alphanumeric).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read() -> Template {
        Template::read().expect("the repository has a template")
    }

    #[test]
    fn parameters_have_their_defaults_and_patterns() {
        let template = read();
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
    fn resources_have_their_type_and_condition() {
        let template = read();
        let resources = template.resources();
        assert!(resources.len() > 60);
        assert!(resources.iter().all(|resource| resource.kind.starts_with("AWS::")));
        let find = |name| *resources.iter().find(|resource| resource.name == name).expect(name);
        assert_eq!(find("SiteBucket").kind, "AWS::S3::Bucket");
        assert_eq!(find("SiteBucket").condition, None);
        assert_eq!(find("DomainIpv4").condition, Some("HasCustomDomain"));
    }

    #[test]
    fn cloudfront_functions_have_their_code() {
        let template = read();
        let functions = template.cloudfront_functions();
        let names: Vec<&str> = functions.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["SiteFunction", "PreloadFunction", "ViewerFunction"]);
        for (name, code) in &functions {
            assert!(
                code.starts_with("function handler(event) {\n  var ") && code.trim_end().ends_with("\n}"),
                "{name}"
            );
        }
    }

    #[test]
    fn a_changed_rest_api_gets_a_snapshot_with_a_new_name() {
        let template = read();
        let text = template.with_named_snapshot("");
        assert_eq!(text, template.with_named_snapshot(""));
        assert_ne!(text, template.with_named_snapshot("https://elsewhere.example"));
        let changed = |from, to| Template { text: template.text.replace(from, to) }.with_named_snapshot("");
        let snapshot_lines = |text: &str| -> Vec<String> {
            text.lines().filter(|line| line.contains(SNAPSHOT_RESOURCE)).map(str::to_owned).collect()
        };
        assert_eq!(snapshot_lines(&text).len(), 2, "the resource, and the stage that refers to it");
        let other_route = changed("          /api/me/export:", "          /api/me/all:");
        assert_ne!(snapshot_lines(&text), snapshot_lines(&other_route));
        let other_memory = changed("MemorySize: 1024", "MemorySize: 512");
        assert_eq!(snapshot_lines(&text), snapshot_lines(&other_memory));
    }
}
