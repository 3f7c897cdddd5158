//! Tests of the security headers that CloudFront adds, as deploy/template.yaml defines them.

#![allow(clippy::unwrap_used, reason = "a failing unwrap fails the test")]

const TEMPLATE: &str = include_str!("../../deploy/template.yaml");

/// Returns the properties of each HSTS setting in the template.
fn hsts_settings() -> Vec<Vec<&'static str>> {
    let settings = TEMPLATE.split("StrictTransportSecurity:\n").skip(1);
    settings
        .map(|rest| {
            let depth = rest.len() - rest.trim_start().len();
            let lines = rest.lines().take_while(|line| line.len() - line.trim_start().len() == depth);
            lines.map(str::trim).filter(|line| !line.starts_with('#')).collect()
        })
        .collect()
}

#[test]
fn on_a_custom_domain_hsts_includes_subdomains() {
    let policies = TEMPLATE.matches("Type: AWS::CloudFront::ResponseHeadersPolicy\n").count();
    let settings = hsts_settings();
    assert_eq!((settings.len(), TEMPLATE.matches("StrictTransportSecurity").count()), (policies, policies));
    for setting in settings {
        let expected = [
            "AccessControlMaxAgeSec: 31536000",
            "IncludeSubdomains: !If [HasCustomDomain, true, false]",
            "Override: true",
        ];
        assert_eq!(setting, expected);
    }
    assert!(TEMPLATE.contains("\n  HasCustomDomain: !Not [!Equals [!Ref DomainName, \"\"]]\n"));
}
