//! Deployments with a mistake in their configuration. The command explains the mistake in one line and changes nothing
//! in AWS.

use std::process::Command;

use crate::artifacts::Artifacts;
use crate::aws::{aws, bucket_names, stack_output};
use crate::deployer::Deployer;
use crate::process::{error_of, output_of};
use crate::sha256::hex_digest;

/// A deployment that the command must reject.
pub struct RejectedDeployment {
    artifacts: Artifacts,
    pub deployer: Deployer,
}

impl RejectedDeployment {
    pub fn of(stack: &str) -> Self {
        Self { artifacts: Artifacts::create(stack), deployer: Deployer::create(stack) }
    }

    /// Returns the command that tries to deploy.
    pub fn command(&self, args: &[&str]) -> Command {
        let folder = self.artifacts.with_version(1);
        let deploy = ["deploy", "--from", folder, "--stack", &self.deployer.user];
        self.deployer.xtask(&[&deploy[..], args].concat())
    }

    /// Expects that a deployment with these arguments fails with one line that contains `expected`.
    #[track_caller]
    pub fn expect_error(&self, args: &[&str], expected: &str) {
        self.expect_error_of(&mut self.command(args), expected);
    }

    #[track_caller]
    pub fn expect_error_of(&self, command: &mut Command, expected: &str) {
        let error = error_of(command);
        assert!(error.contains(expected) && error.lines().count() == 1, "{error}");
        assert_eq!(stack_output(&self.deployer.user, "Url"), None, "nothing was created");
        assert!(!bucket_names().contains(&self.deployer.user), "{}", bucket_names());
    }
}

#[test]
fn credentials_region_and_parameter_names_are_checked() {
    let rejected = RejectedDeployment::of("wishboard-unknown");
    let table = "Table=wishboard-unknown";
    let mut anonymous = rejected.command(&[table]);
    anonymous.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    let anonymous = anonymous.env("AWS_EC2_METADATA_DISABLED", "true");
    rejected.expect_error_of(anonymous, "there are no AWS credentials");
    let mut without_login = rejected.command(&[table]);
    let config = login_profile();
    without_login.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    without_login.env("AWS_CONFIG_FILE", &config).env("AWS_PROFILE", "login");
    rejected.expect_error_of(&mut without_login, "run `aws login`");
    std::fs::remove_file(config).unwrap();
    let mut unknown_key = rejected.command(&[table]);
    rejected.expect_error_of(unknown_key.env("AWS_ACCESS_KEY_ID", "AKIANOBODY"), "does not know these");
    let mut unknown_region = rejected.command(&[table]);
    rejected.expect_error_of(unknown_region.env("AWS_REGION", "eu-wst-1"), "no AWS region `eu-wst-1`");
    rejected.expect_error(&["Domain=board.example"], "unknown setting `Domain=board.example`");
}

/// Writes a configuration file as `aws login` does. Without the login's token, reading the profile fails; without
/// awscrt, it would fail with another message.
fn login_profile() -> std::path::PathBuf {
    let file = std::env::temp_dir().join(format!("wishboard-login-{}", std::process::id()));
    let session = "arn:aws:sts::123456789012:assumed-role/deployer/ann";
    std::fs::write(&file, format!("[profile login]\nlogin_session = {session}\nregion = us-east-1\n"))
        .unwrap();
    file
}

#[test]
fn a_domain_needs_its_public_zone_and_its_certificate() {
    let rejected = RejectedDeployment::of("wishboard-domain");
    let zone = aws(&["route53", "list-hosted-zones", "--query", "HostedZones[0].Id"]).unwrap();
    let zone = format!("HostedZoneId={}", zone.as_str().unwrap().trim_start_matches("/hostedzone/"));
    let expect = |args: &[&str], expected| {
        rejected.expect_error(&[&["Table=wishboard-domain"], args].concat(), expected);
    };
    expect(&["DomainName=a.example"], "a.example needs its Route 53 hosted zone");
    expect(&["DomainName=a.example", &zone], "is not in the hosted zone");
    expect(&["DomainName=notwishboard.example", &zone], "is not in the hosted zone");
    expect(&["DomainName=a.example", "HostedZoneId=Z0NOSUCHZONE"], "there is no hosted zone Z0NOSUCHZONE");

    let domain = "DomainName=b.wishboard.example";
    let other_region = "CertificateArn=arn:aws:acm:eu-central-1:000000000000:certificate/x";
    expect(&[domain, &zone, other_region], "must be a certificate in us-east-1");
    let request = ["acm", "request-certificate", "--domain-name", "*.a.example", "--query", "CertificateArn"];
    let certificate = format!("CertificateArn={}", aws(&request).unwrap().as_str().unwrap());
    let expected = "the certificate is for *.a.example, not for b.wishboard.example";
    expect(&[domain, &zone, &certificate], expected);

    let private_zone = format!("HostedZoneId={}", create_private_zone("inside.example"));
    let expected = "is private: a.inside.example would not be reachable";
    expect(&["DomainName=a.inside.example", &private_zone], expected);
}

fn create_private_zone(name: &str) -> String {
    let create = ["route53", "create-hosted-zone", "--name", name, "--caller-reference", name];
    let private = ["--hosted-zone-config", "PrivateZone=true", "--vpc", "VPCRegion=us-east-1,VPCId=vpc-0"];
    let zone = aws(&[&create[..], &private[..], &["--query", "HostedZone.Id"]].concat()).unwrap();
    zone.as_str().unwrap().to_owned()
}

#[test]
fn all_invalid_parameters_are_reported_at_once() {
    let rejected = RejectedDeployment::of("wishboard-settings");
    let error = error_of(&mut rejected.command(&["Table=a/b", "RestApi=true"]));
    assert!(error.contains("`RestApi=true` is invalid: RestApi must match no|yes"), "{error}");
    assert!(error.contains("`Table=a/b` is invalid"), "{error}");
    let issuer = "TrustedIssuer=https://issuer.example/";
    let expected = "TrustedIssuer and TrustedAudience need each other";
    rejected.expect_error(&["Table=wishboard-settings", issuer], expected);
}

#[test]
fn a_bucket_of_another_account_is_not_used() {
    let rejected = RejectedDeployment::of("wishboard-guessed");
    // The name that `CodeBucket::of_stack` computes. An attacker needs the account number to guess it.
    let hash = hex_digest(&[b"000000000000", b"us-east-1", b"wishboard-guessed"]);
    let bucket = format!("s3://wishboard-guessed-code-{}", &hash[..12]);
    let mut other_account = Command::new("aws");
    other_account.args(["s3", "mb", &bucket]);
    // The emulator accepts an account number as the access key of this account.
    output_of(other_account.env("AWS_ACCESS_KEY_ID", "111111111111"));
    let expected = "belongs to another account, or these credentials may not use it";
    rejected.expect_error(&["Table=wishboard-guessed"], expected);
}

#[test]
fn tables_of_other_stacks_and_other_schemas_are_not_used() {
    let rejected = RejectedDeployment::of("wishboard-taken");
    rejected.expect_error(&[], "the table `wishboard` belongs to the stack `wishboard`");
    for table in ["wishboard-foreign", "wishboard-foreign-keys"] {
        let key = ["AttributeName=id,AttributeType=S", "--key-schema", "AttributeName=id,KeyType=HASH"];
        let create = ["dynamodb", "create-table", "--billing-mode", "PAY_PER_REQUEST", "--table-name", table];
        aws(&[&create[..], &["--attribute-definitions"], &key[..]].concat()).unwrap();
    }
    let error = error_of(&mut rejected.command(&["Table=wishboard-foreign"]));
    assert!(error.contains("`wishboard-foreign` is not a Wishboard table"), "{error}");
    assert!(error.contains("`wishboard-foreign-keys` is not a Wishboard table"), "all at once: {error}");
    aws(&["dynamodb", "delete-table", "--table-name", "wishboard-foreign-keys"]).unwrap();
    let error = error_of(&mut rejected.command(&["Table=wishboard-foreign"]));
    assert!(error.contains("but `wishboard-foreign-keys` does not"), "{error}");
}
