//! Runs that end too early.

use std::io::Read;
use std::sync::atomic::Ordering;

use crate::cloud::{kill_at, page, said, until, visit};
use crate::lifecycle::Life;

const STACK: &str = "wishboard-interrupted";

#[test]
fn the_next_run_goes_on() {
    let life = Life::of(STACK);
    said(&mut life.deploy(1, &[&format!("Table={STACK}")]));
    killed_ones(&life);
    one_whose_credentials_end(&life);
    said(&mut life.destroy(&["--with-tables"]));
}

fn killed_ones(life: &Life) {
    kill_at(&mut life.deploy(2, &[]), "uploading index.html");
    assert_eq!(visit(STACK, "/icon.png").1, "icon 2", "what comes before the page");
    kill_at(&mut life.deploy(1, &[]), "Looking at it");
    assert_eq!(visit(STACK, "/icon.png").1, "icon 1");
    assert_eq!(visit(STACK, "/").1, page(1), "whatever was half-done");
    let looked = said(&mut life.deploy(1, &[]));
    assert!(looked.contains("Looking at it"), "nobody has seen it work yet: {looked}");
}

fn one_whose_credentials_end(life: &Life) {
    let (mut child, _lines) = until(&mut life.deploy(2, &[]), "uploading");
    life.relay.has_expired.store(true, Ordering::SeqCst);
    let mut complaint = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
    assert!(!child.wait().unwrap().success());
    life.relay.has_expired.store(false, Ordering::SeqCst);
    assert!(complaint.contains("the AWS credentials have expired"), "{complaint}");
    assert_eq!(complaint.trim().lines().count(), 1, "{complaint}");
    assert_eq!(visit(STACK, "/").1, page(1));
    said(&mut life.deploy(2, &[]));
    assert_eq!(visit(STACK, "/").1, page(2), "what two runs began");
}
