//! What can't be deployed is told in a sentence, before anything is made.

use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;
use sha2::{Digest, Sha256};

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
    let ask = ["acm", "request-certificate", "--domain-name", "*.a.example", "--query", "CertificateArn"];
    let certificate = format!("CertificateArn={}", aws(&ask).unwrap().as_str().unwrap());
    let other = "the certificate is not for b.wishboard.example, but for *.a.example";
    with(&["DomainName=b.wishboard.example", &zone, &certificate], other);
    let inside = ["--caller-reference", "inside", "--hosted-zone-config", "PrivateZone=true"];
    let inside = [&inside[..], &["--vpc", "VPCRegion=us-east-1,VPCId=vpc-0", "--query", "HostedZone.Id"]];
    let make = ["route53", "create-hosted-zone", "--name", "inside.example"];
    let inside = aws(&[&make[..], &inside.concat()].concat()).unwrap();
    let zone = format!("HostedZoneId={}", inside.as_str().unwrap());
    with(&["DomainName=a.inside.example", &zone], "is private: nobody outside could find a.inside.example");
}

#[test]
fn settings_that_the_template_does_not_allow() {
    let tried = Try::new("wishboard-settings");
    let told = complaint(&mut tried.command(&["Table=a/b", "RestApi=true"]));
    assert!(told.contains("`RestApi=true` can't be: what RestApi is has to match no|yes"), "{told}");
    assert!(told.contains("`Table=a/b` can't be"), "all of it at once: {told}");
    let issuer = "TrustedIssuer=https://issuer.example/";
    tried.refused(&["Table=wishboard-settings", issuer], "TrustedIssuer and TrustedAudience need each other");
}

/// What `Bucket::of` calls that of a stack here.
fn bucket(stack: &str) -> String {
    let mut hash = Sha256::new();
    for part in ["000000000000", "us-east-1", stack] {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let hash: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{stack}-code-{}", &hash[..12])
}

#[test]
fn a_bucket_of_another_account() {
    let tried = Try::new("wishboard-guessed");
    let mut other = Command::new("aws");
    other.args(["s3", "mb", &format!("s3://{}", bucket("wishboard-guessed"))]);
    // The emulator takes a number for a key to that account.
    said(other.env("AWS_ACCESS_KEY_ID", "111111111111"));
    tried.refused(&["Table=wishboard-guessed"], "is another account's, or these credentials may not use it");
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

/// By this a stack is ours.
const TABLE: &str = r#""Parameters": {"Table": {"Type": "String", "Default": "wishboard-none"}},"#;

/// Makes a stack with these parameters, whose bucket can't be made, and returns once that has failed.
fn fail(stack: &str, parameters: &str) {
    aws(&["s3", "mb", "s3://foreign-bucket"]);
    let template = format!(
        r#"{{{parameters} "Resources": {{"Bucket": {{"Type": "AWS::S3::Bucket", "Properties":
        {{"BucketName": "foreign-bucket"}}}}}}}}"#
    );
    aws(&["cloudformation", "create-stack", "--stack-name", stack, "--template-body", &template]).unwrap();
    settle(stack);
}

fn status(stack: &str) -> Value {
    let query = "Stacks[0].StackStatus";
    aws(&["cloudformation", "describe-stacks", "--stack-name", stack, "--query", query]).unwrap()
}

fn settle(stack: &str) {
    while status(stack).as_str().unwrap().ends_with("_IN_PROGRESS") {
        sleep(Duration::from_millis(100));
    }
}

/// A template with these resources, and one that waits for 8 seconds and then fails.
fn waiting(more: &str) -> String {
    format!(
        r#"{{{TABLE} "Resources": {{{more}
        "Handle": {{"Type": "AWS::CloudFormation::WaitConditionHandle"}},
        "Wait": {{"Type": "AWS::CloudFormation::WaitCondition", "Properties":
        {{"Handle": {{"Ref": "Handle"}}, "Timeout": "8"}}}}}}}}"#
    )
}

#[test]
fn a_stack_that_is_being_made() {
    let tried = Try::new("wishboard-busy");
    let make = ["cloudformation", "create-stack", "--stack-name", "wishboard-busy", "--template-body"];
    aws(&[&make[..], &[&waiting("")]].concat()).unwrap();
    assert_eq!(status("wishboard-busy"), "CREATE_IN_PROGRESS");
    tried.refused(&["Table=wishboard-busy"], "is ROLLBACK_COMPLETE: type `cargo xtask destroy");
}

#[test]
fn a_stack_that_cannot_go_back() {
    let tried = Try::new("wishboard-stuck");
    let stack = ["--stack-name", "wishboard-stuck", "--template-body"];
    let people = |name| {
        format!(
            r#""People": {{"Type": "AWS::Cognito::UserPool", "Properties": {{"UserPoolName": "{name}"}}}}"#
        )
    };
    let before = format!(r#"{{{TABLE} "Resources": {{{}}}}}"#, people("before"));
    aws(&[&["cloudformation", "create-stack"], &stack[..], &[&before]].concat()).unwrap();
    settle("wishboard-stuck");
    let after = waiting(&(people("after") + ","));
    aws(&[&["cloudformation", "update-stack"], &stack[..], &[&after]].concat()).unwrap();
    // What is gone can't be made what it was.
    let find =
        ["cognito-idp", "list-user-pools", "--max-results", "9", "--query", "UserPools[?Name=='after'].Id"];
    let pool = loop {
        assert_eq!(status("wishboard-stuck"), "UPDATE_IN_PROGRESS");
        if let Some(pool) = aws(&find).unwrap()[0].as_str() {
            break pool.to_owned();
        }
    };
    aws(&["cognito-idp", "delete-user-pool", "--user-pool-id", &pool]).unwrap();
    settle("wishboard-stuck");
    let told = "is UPDATE_ROLLBACK_FAILED: type `aws cloudformation continue-update-rollback --stack-name";
    tried.refused(&["Table=wishboard-stuck"], told);
}

#[test]
fn a_stack_that_failed() {
    let tried = Try::new("wishboard-broken");
    fail("wishboard-broken", TABLE);
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
