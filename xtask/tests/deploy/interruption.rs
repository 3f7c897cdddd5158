//! Interrupted deployments: killed commands and expired credentials.

use std::io::Read;
use std::sync::atomic::Ordering;

use crate::artifacts::page;
use crate::deployment::Deployment;
use crate::http::get_page;
use crate::process::{kill_at, output_of, start_until};

const STACK: &str = "wishboard-interrupted";

#[test]
fn the_next_deployment_continues_an_interrupted_one() {
    let deployment = Deployment::of(STACK);
    output_of(&mut deployment.deploy(1, &[&format!("Table={STACK}")]));
    after_a_kill(&deployment);
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
