//! The site's own domain: its zone and its certificate.

use anyhow::Result;
use serde_json::Value;

use crate::deploy::aws_cli::without_numbers;
use crate::deploy::preflight::Checks;
use crate::deploy::stack::State;

impl Checks<'_> {
    pub(super) fn domain(&mut self, state: Option<&State>, region: &str) -> Result<()> {
        let value = |name| self.value(state, name).to_owned();
        let (domain, zone, certificate) =
            (value("DomainName"), value("HostedZoneId"), value("CertificateArn"));
        if !certificate.is_empty() && !certificate.contains(":acm:us-east-1:") {
            self.wrong.push(
                "CertificateArn has to be of a certificate in us-east-1: CloudFront sees no other".to_owned(),
            );
        } else if !certificate.is_empty() && !domain.is_empty() {
            self.certificate(&certificate, &domain)?;
        }
        if domain.is_empty() {
            return Ok(());
        }
        if certificate.is_empty() && region != "us-east-1" {
            self.wrong.push(format!(
                "{domain} needs a certificate in us-east-1: make it there and give CertificateArn=.., see deploy/README.md"
            ));
        }
        if zone.is_empty() {
            self.wrong.push(format!(
                "{domain} needs its Route 53 zone: give HostedZoneId=.., see deploy/README.md"
            ));
            return Ok(());
        }
        let ask = ["route53", "get-hosted-zone", "--id", &zone, "--query", "HostedZone"];
        let Some(found) = self.account.find(&ask, &["NoSuchHostedZone", "InvalidInput"])? else {
            self.wrong.push(format!("there is no hosted zone {zone} in this account"));
            return Ok(());
        };
        let name = found["Name"].as_str().unwrap_or_default().trim_end_matches('.');
        if domain != name && !domain.ends_with(&format!(".{name}")) {
            self.wrong.push(format!("{domain} is not in the hosted zone {zone}, which is {name}"));
        }
        if found["Config"]["PrivateZone"] == true {
            self.wrong.push(format!("the hosted zone {zone} is private: nobody outside could find {domain}"));
        }
        Ok(())
    }

    /// CloudFront takes a certificate once it is issued, for the names that are in it.
    fn certificate(&mut self, arn: &str, domain: &str) -> Result<()> {
        let ask = ["acm", "describe-certificate", "--region", "us-east-1", "--certificate-arn", arn];
        let ask = [&ask[..], &["--query", "Certificate"]].concat();
        let Some(found) = self.account.find(&ask, &["ResourceNotFound", "ValidationException"])? else {
            let arn = without_numbers(arn);
            self.wrong.push(format!("there is no certificate {arn} in this account"));
            return Ok(());
        };
        if found["Status"] != "ISSUED" {
            let status = found["Status"].as_str().unwrap_or_default();
            self.wrong.push(format!(
                "the certificate is {status}: it has to be ISSUED before it is used, see deploy/README.md"
            ));
        }
        let names = found["SubjectAlternativeNames"].as_array().into_iter().flatten();
        let names: Vec<&str> = names.filter_map(Value::as_str).collect();
        if !names.iter().any(|name| covers(name, domain)) {
            self.wrong.push(format!("the certificate is not for {domain}, but for {}", names.join(" and ")));
        }
        Ok(())
    }
}

/// Whether a certificate's name is this one. A star stands for one word.
fn covers(name: &str, domain: &str) -> bool {
    let (_, parent) = domain.split_once('.').unwrap_or_default();
    name == domain || name.strip_prefix("*.") == Some(parent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_one_word() {
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
