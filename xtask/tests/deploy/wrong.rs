//! What can't be deployed is told in a sentence, before anything is made.

use std::process::Command;

use crate::cloud::{Built, Key, aws, complaint, output, said};

struct Try {
    built: Built,
    key: Key,
}

impl Try {
    fn new(name: &str) -> Self {
        Self { built: Built::new(name), key: Key::of_deployer(name) }
    }

    fn command(&self, more: &[&str]) -> Command {
        let from = ["deploy", "--from", self.built.version(1), "--stack", &self.key.user];
        self.key.xtask(&[&from[..], more].concat())
    }

    /// The one sentence.
    #[track_caller]
    fn refused(&self, more: &[&str], word: &str) {
        self.refuses(&mut self.command(more), word);
    }

    #[track_caller]
    fn refuses(&self, command: &mut Command, word: &str) {
        let complaint = complaint(command);
        assert!(complaint.contains(word) && complaint.lines().count() == 1, "{complaint}");
        assert_eq!(output(&self.key.user, "Url"), None, "nothing half-done");
        let buckets = aws(&["s3api", "list-buckets", "--query", "Buckets[].Name"]).unwrap();
        assert!(!buckets.to_string().contains(&self.key.user), "{buckets}");
    }
}

#[test]
fn without_credentials_region_or_a_known_parameter() {
    let tried = Try::new("wishboard-nobody");
    let table = "Table=wishboard-nobody";
    let mut nobody = tried.command(&[table]);
    nobody.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    tried.refuses(nobody.env("AWS_EC2_METADATA_DISABLED", "true"), "there are no AWS credentials");
    tried.refuses(tried.command(&[table]).env("AWS_ACCESS_KEY_ID", "AKIANOBODY"), "does not know these");
    tried.refuses(tried.command(&[table]).env("AWS_REGION", "eu-wst-1"), "no AWS region `eu-wst-1`");
    tried.refused(&["Domain=board.example"], "`Domain=board.example` is no setting");
}

#[test]
fn a_domain_outside_its_zone() {
    let tried = Try::new("wishboard-domain");
    let zones = aws(&["route53", "list-hosted-zones", "--query", "HostedZones[0].Id"]).unwrap();
    let zone = format!("HostedZoneId={}", zones.as_str().unwrap().trim_start_matches("/hostedzone/"));
    let with = |more: &[&str], word| tried.refused(&[&["Table=wishboard-domain"], more].concat(), word);
    with(&["DomainName=a.example"], "a.example needs its Route 53 zone");
    with(&["DomainName=a.example", &zone], "is not in the hosted zone");
    with(&["DomainName=notwishboard.example", &zone], "is not in the hosted zone");
    with(&["DomainName=a.example", "HostedZoneId=Z0NOSUCHZONE"], "there is no hosted zone Z0NOSUCHZONE");
    let elsewhere = "CertificateArn=arn:aws:acm:eu-central-1:000000000000:certificate/x";
    with(&["DomainName=b.wishboard.example", &zone, elsewhere], "has to be of a certificate in us-east-1");
}

#[test]
fn names_that_are_taken() {
    let tried = Try::new("wishboard-taken");
    tried.refused(&[], "the table `wishboard` is of the stack `wishboard`");
    for table in ["wishboard-foreign", "wishboard-foreign-keys"] {
        let key = ["AttributeName=id,AttributeType=S", "--key-schema", "AttributeName=id,KeyType=HASH"];
        let make = ["dynamodb", "create-table", "--billing-mode", "PAY_PER_REQUEST", "--table-name", table];
        aws(&[&make[..], &["--attribute-definitions"], &key[..]].concat()).unwrap();
    }
    let told = complaint(&mut tried.command(&["Table=wishboard-foreign"]));
    assert!(told.contains("`wishboard-foreign` is something else's"), "{told}");
    assert!(told.contains("`wishboard-foreign-keys` is something else's"), "all of it at once: {told}");
    aws(&["dynamodb", "delete-table", "--table-name", "wishboard-foreign-keys"]).unwrap();
    let told = complaint(&mut tried.command(&["Table=wishboard-foreign"]));
    assert!(told.contains("but no `wishboard-foreign-keys`"), "{told}");
}

/// Makes a stack with this table, whose bucket can't be made, and returns once that has failed.
fn fail(stack: &str, parameters: &str) {
    aws(&["s3", "mb", "s3://foreign-bucket"]);
    let template = format!(
        r#"{{{parameters} "Resources": {{"Bucket": {{"Type": "AWS::S3::Bucket", "Properties":
        {{"BucketName": "foreign-bucket"}}}}}}}}"#
    );
    aws(&["cloudformation", "create-stack", "--stack-name", stack, "--template-body", &template]).unwrap();
    let query = "Stacks[0].StackStatus";
    let status = ["cloudformation", "describe-stacks", "--stack-name", stack, "--query", query];
    while aws(&status).unwrap().as_str().unwrap().ends_with("_IN_PROGRESS") {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}

#[test]
fn a_stack_that_failed() {
    let tried = Try::new("wishboard-broken");
    let table = r#""Parameters": {"Table": {"Type": "String", "Default": "wishboard-broken"}},"#;
    fail("wishboard-broken", table);
    let told = "is ROLLBACK_COMPLETE: type `cargo xtask destroy --stack wishboard-broken`";
    tried.refused(&["Table=wishboard-broken"], told);
    said(&mut tried.key.xtask(&["destroy", "--stack", "wishboard-broken", "--yes"]));
    assert_eq!(aws(&["cloudformation", "describe-stacks", "--stack-name", "wishboard-broken"]), None);
}

#[test]
fn a_stack_of_somebody_else() {
    let tried = Try::new("wishboard-other");
    fail("wishboard-other", "");
    tried.refused(&["Table=wishboard-other"], "the stack `wishboard-other` is something else's");
    let mut destroy = tried.key.xtask(&["destroy", "--stack", "wishboard-other", "--yes"]);
    tried.refuses(&mut destroy, "the stack `wishboard-other` is something else's");
}
