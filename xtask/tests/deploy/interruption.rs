//! Interrupted deployments: killed commands and expired credentials.

use std::io::Read;
use std::sync::atomic::Ordering;

use serde_json::json;

use crate::artifacts::page;
use crate::aws::{code_bucket, put_object};
use crate::deployment::Deployment;
use crate::http::{get_page, post};
use crate::process::{kill_at, output_of, start_until};

const STACK: &str = "wishboard-interrupted";

#[test]
fn the_next_deployment_continues_an_interrupted_one() {
    let deployment = Deployment::of(STACK);
    output_of(&mut deployment.deploy(1, &[&format!("Table={STACK}")]));
    after_a_kill(&deployment);
    after_a_kill_in_the_smoke_test(&deployment);
    after_expired_credentials(&deployment);
    output_of(&mut deployment.destroy(&["--with-tables"]));
}

fn after_a_kill(deployment: &Deployment) {
    kill_at(&mut deployment.deploy(2, &[]), "uploading index.html");
    assert_eq!(get_page(STACK, "/site.webmanifest").1, "manifest 2", "it is uploaded before the page");
    kill_at(&mut deployment.deploy(1, &[]), "Testing the site");
    assert_eq!(get_page(STACK, "/site.webmanifest").1, "manifest 1");
    assert_eq!(
        get_page(STACK, "/").1,
        page(1),
        "the page is version 1, whether or not the killed run had uploaded version 2"
    );
    let output = output_of(&mut deployment.deploy(1, &[]));
    assert!(output.contains("Testing the site"), "the smoke test has not passed yet: {output}");
}

/// The smoke test writes its user to the code bucket before it signs up.
fn after_a_kill_in_the_smoke_test(deployment: &Deployment) {
    let login = json!({"username": "check-interrupted", "password": "seven green bottles hum"});
    let mut profile = login.clone();
    profile["name"] = json!("Deployment check");
    assert_eq!(post(STACK, "/api/signup", &profile), 201);
    put_object(&format!("s3://{}/smoke-test-user.json", code_bucket(STACK)), &login);
    output_of(&mut deployment.deploy(3, &[]));
    assert_eq!(post(STACK, "/api/login", &login), 401, "the next smoke test has deleted the user");
    output_of(&mut deployment.deploy(1, &[]));
}

fn after_expired_credentials(deployment: &Deployment) {
    let (mut child, _lines) = start_until(&mut deployment.deploy(2, &[]), "uploading");
    deployment.proxy.credentials_are_expired.store(true, Ordering::SeqCst);
    let mut error = String::new();
    child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
    assert!(!child.wait().unwrap().success());
    deployment.proxy.credentials_are_expired.store(false, Ordering::SeqCst);
    assert!(error.contains("the AWS credentials have expired"), "{error}");
    assert_eq!(error.trim().lines().count(), 1, "{error}");
    assert_eq!(get_page(STACK, "/").1, page(1));
    output_of(&mut deployment.deploy(2, &[]));
    assert_eq!(get_page(STACK, "/").1, page(2), "the second run has uploaded the remaining files");
}
