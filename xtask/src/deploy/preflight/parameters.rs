//! Checks the template's parameters. CloudFormation would check them too, but only after the build.

use anyhow::{Context, Result};
use regex_lite::Regex;

use crate::deploy::preflight::planned_deployment::PlannedDeployment;
use crate::deploy::template::{Parameters, Template};

/// Reports each value that does not match the pattern in the template.
pub(crate) fn check_patterns(template: &Template, parameters: &Parameters) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for (name, value) in parameters {
        let Some(pattern) = template.pattern(name) else { continue };
        let regex = Regex::new(&format!("^(?:{pattern})$"));
        let regex = regex.with_context(|| format!("the template's pattern for {name} is invalid"))?;
        if !regex.is_match(value) {
            problems.push(format!("`{name}={value}` is invalid: {name} must match {pattern}"));
        }
    }
    Ok(problems)
}

/// Reports an incomplete configuration of the external issuer, as the template's rules do.
pub(crate) fn check_issuers(deployment: &PlannedDeployment) -> Option<String> {
    let is_set = |name| !deployment.value(name).is_empty();
    let (has_issuer, has_audience) = (is_set("TrustedIssuer"), is_set("TrustedAudience"));
    if has_issuer != has_audience {
        return Some("TrustedIssuer and TrustedAudience need each other: set both or neither".to_owned());
    }
    if deployment.value("GatewayIssuer") == "trusted" && !has_issuer {
        return Some("GatewayIssuer=trusted needs a TrustedIssuer and a TrustedAudience".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(name: &str, value: &str) -> Vec<String> {
        let template = Template::read().expect("the repository has a template");
        let parameters = Parameters::from([(name.to_owned(), value.to_owned())]);
        check_patterns(&template, &parameters).expect("valid patterns")
    }

    #[test]
    fn a_value_must_match_the_whole_pattern() {
        for (name, value) in [
            ("Table", "wishboard-2"),
            ("RestApi", "yes"),
            ("TrustedIssuer", ""),
            ("TrustedIssuer", "https://issuer.example/"),
            ("AlarmEmail", "no pattern"),
        ] {
            assert!(problems(name, value).is_empty(), "{name}={value}");
        }
        for (name, value) in [
            ("Table", "a/b"),
            ("Table", "ab"),
            ("RestApi", "yes!"),
            ("RestApi", "no\n"),
            ("TrustedIssuer", "ftp://issuer.example/"),
        ] {
            assert_eq!(problems(name, value).len(), 1, "{name}={value}");
        }
    }
}
