//! Checks the custom domain: its hosted zone and its certificate.

use anyhow::Result;
use serde_json::Value;

use crate::deploy::aws_cli::AwsCli;
use crate::deploy::aws_error::mask_account_numbers;
use crate::deploy::preflight::planned_deployment::PlannedDeployment;

/// CloudFront accepts only certificates of this region.
const CERTIFICATE_REGION: &str = "us-east-1";

/// Returns all problems with the domain. A deployment without a custom domain has none.
pub(crate) fn check(deployment: &PlannedDeployment, region: &str) -> Result<Vec<String>> {
    let (domain, certificate) = (deployment.value("DomainName"), deployment.value("CertificateArn"));
    let mut problems = Vec::new();
    if !certificate.is_empty() && !certificate.contains(&format!(":acm:{CERTIFICATE_REGION}:")) {
        problems.push(format!(
            "CertificateArn must be a certificate in {CERTIFICATE_REGION}, because CloudFront accepts no other"
        ));
    } else if !certificate.is_empty() && !domain.is_empty() {
        problems.extend(check_certificate(deployment.stack.aws, certificate, domain)?);
    }
    if domain.is_empty() {
        return Ok(problems);
    }
    if certificate.is_empty() && region != CERTIFICATE_REGION {
        problems.push(format!(
            "{domain} needs a certificate in {CERTIFICATE_REGION}: create it there and add CertificateArn=.., see \
             deploy/README.md"
        ));
    }
    match deployment.value("HostedZoneId") {
        "" => problems.push(format!(
            "{domain} needs its Route 53 hosted zone: add HostedZoneId=.., see deploy/README.md"
        )),
        zone => problems.extend(check_zone(deployment.stack.aws, zone, domain)?),
    }
    Ok(problems)
}

/// Checks that the zone contains the domain and is public.
fn check_zone(aws: &AwsCli, zone: &str, domain: &str) -> Result<Vec<String>> {
    let get = ["route53", "get-hosted-zone", "--id", zone, "--query", "HostedZone"];
    let Some(found) = aws.find(&get, &["NoSuchHostedZone", "InvalidInput"])? else {
        return Ok(vec![format!("there is no hosted zone {zone} in this account")]);
    };
    let mut problems = Vec::new();
    let name = found["Name"].as_str().unwrap_or_default().trim_end_matches('.');
    if domain != name && !domain.ends_with(&format!(".{name}")) {
        problems.push(format!("{domain} is not in the hosted zone {zone} ({name})"));
    }
    if found["Config"]["PrivateZone"] == true {
        problems.push(format!("the hosted zone {zone} is private: {domain} would not be reachable"));
    }
    Ok(problems)
}

/// Checks that the certificate is issued and covers the domain.
fn check_certificate(aws: &AwsCli, arn: &str, domain: &str) -> Result<Vec<String>> {
    let describe = ["acm", "describe-certificate", "--region", CERTIFICATE_REGION, "--certificate-arn", arn];
    let describe = [&describe[..], &["--query", "Certificate"]].concat();
    let Some(found) = aws.find(&describe, &["ResourceNotFound", "ValidationException"])? else {
        return Ok(vec![format!("there is no certificate {} in this account", mask_account_numbers(arn))]);
    };
    let mut problems = Vec::new();
    if found["Status"] != "ISSUED" {
        let status = found["Status"].as_str().unwrap_or_default();
        problems.push(format!("the certificate is {status}: wait until it is ISSUED, see deploy/README.md"));
    }
    let names = found["SubjectAlternativeNames"].as_array().into_iter().flatten();
    let names: Vec<&str> = names.filter_map(Value::as_str).collect();
    if !names.iter().any(|name| covers(name, domain)) {
        problems.push(format!("the certificate is for {}, not for {domain}", names.join(" and ")));
    }
    Ok(problems)
}

/// Returns whether a name of a certificate covers a domain. A `*` stands for one label.
fn covers(name: &str, domain: &str) -> bool {
    let (_, parent) = domain.split_once('.').unwrap_or_default();
    name == domain || name.strip_prefix("*.") == Some(parent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wildcard_covers_exactly_one_label() {
        for (name, domain) in [("board.example", "board.example"), ("*.board.example", "a.board.example")] {
            assert!(covers(name, domain), "{name} {domain}");
        }
        for (name, domain) in [
            ("board.example", "a.board.example"),
            ("*.board.example", "board.example"),
            ("*.board.example", "a.b.board.example"),
            ("*.board.example", "aboard.example"),
        ] {
            assert!(!covers(name, domain), "{name} {domain}");
        }
    }
}
