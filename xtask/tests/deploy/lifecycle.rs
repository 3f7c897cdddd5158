//! A deployment's life, from the first to the last day, by somebody with no more rights than deploy/deployer.json
//! gives. The emulator checks those of what is asked directly; what CloudFormation then does in the asker's name, it
//! does not.

use std::process::Command;

use serde_json::json;

use crate::cloud::{Built, Key, aws, complaint, endpoint, kill_at, output, page, post, said, visit, wasm};
use crate::tls_proxy::Relay;

const STACK: &str = "wishboard-life";

/// One of a stack, whatever happens to it.
pub struct Life {
    stack: &'static str,
    built: Built,
    key: Key,
    /// Between its commands and AWS.
    pub relay: Relay,
}

impl Life {
    /// Of a stack that is not there yet.
    pub fn of(stack: &'static str) -> Self {
        let relay = Relay::to(endpoint().trim_start_matches("http://"));
        Self { stack, built: Built::new(stack), key: Key::of_deployer(stack), relay }
    }

    /// Brings a version there.
    pub fn deploy(&self, version: u8, more: &[&str]) -> Command {
        let from = ["deploy", "--stack", self.stack, "--from", self.built.version(version)];
        self.command(&[&from[..], more].concat())
    }

    /// Removes it.
    pub fn destroy(&self, more: &[&str]) -> Command {
        self.command(&[&["destroy", "--stack", self.stack, "--yes"], more].concat())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.key.xtask(arguments);
        command.env("AWS_ENDPOINT_URL", &self.relay.url);
        command
    }
}

#[test]
fn from_the_first_deployment_to_the_last() {
    let life = Life::of(STACK);
    let table = format!("Table={STACK}");
    let first = said(&mut life.deploy(1, &[&table, "RestApi=yes"]));
    assert!(first.contains(&format!("Wishboard is at {}", output(STACK, "Url").unwrap())), "{first}");
    assert_eq!(visit(STACK, "/u/ann"), (200, page(1)));
    stored_right();

    let ann = json!({"username": "ann", "password": "seven green bottles hum", "name": "Ann"});
    assert_eq!(post(STACK, "/api/signup", &ann), 201);

    let nothing = said(&mut life.deploy(1, &[]));
    assert!(nothing.contains("Nothing has changed"), "{nothing}");
    a_change(&life);

    let gone = said(&mut life.destroy(&[]));
    assert!(gone.contains(&format!("What stays: every user, message and wish, in {STACK}")), "{gone}");
    assert_eq!(output(STACK, "Url"), None);
    kill_at(&mut life.deploy(4, &[&table]), "Waiting for the API to show its keys");
    let again = said(&mut life.deploy(4, &[&table]));
    assert!(again.contains("second pass"), "{again}");
    let login = json!({"username": "ann", "password": "seven green bottles hum"});
    assert_eq!(post(STACK, "/api/login", &login), 200, "whom the kept table knows");

    said(&mut life.destroy(&["--with-tables"]));
    assert_eq!(output(STACK, "Url"), None);
    for table in [STACK.to_owned(), format!("{STACK}-keys")] {
        assert_eq!(aws(&["dynamodb", "describe-table", "--table-name", &table]), None);
    }
    let buckets = aws(&["s3api", "list-buckets", "--query", "Buckets[].Name"]).unwrap();
    assert!(!buckets.to_string().contains(STACK), "{buckets}");
    let nothing = said(&mut life.destroy(&[]));
    assert!(nothing.contains("There is no stack"), "{nothing}");
}

/// Files whose names tell their content may be kept for ever, the page never.
fn stored_right() {
    let bucket = output(STACK, "SiteBucket").unwrap();
    let immutable = "public, max-age=31536000, immutable";
    for (name, kind, caching, encoding) in [
        (wasm(1), "application/wasm", immutable, json!("br")),
        (wasm(1).replace("_bg.wasm", ".js"), "text/javascript", immutable, json!("br")),
        ("style-0123456789abcdef.css".to_owned(), "text/css", immutable, json!(null)),
        ("index.html".to_owned(), "text/html", "no-cache", json!(null)),
    ] {
        let head = aws(&["s3api", "head-object", "--bucket", &bucket, "--key", &name]).unwrap();
        assert_eq!(
            (&head["ContentType"], &head["CacheControl"], &head["ContentEncoding"]),
            (&json!(kind), &json!(caching), &encoding),
            "{name}"
        );
    }
}

fn a_change(life: &Life) {
    let change = "CorsOrigins=https://elsewhere.example";
    let told = said(&mut life.deploy(2, &["--dry-run", change]));
    assert!(told.contains("HttpApi (AWS::ApiGatewayV2::Api"), "{told}");
    assert!(told.contains("add RestDeployment"), "the REST API's snapshot: {told}");
    assert!(told.contains("upload index.html") && told.ends_with("Nothing was changed.\n"), "{told}");
    assert_eq!(visit(STACK, "/").1, page(1));

    said(&mut life.deploy(2, &[change]));
    assert_eq!(visit(STACK, "/").1, page(2));
    assert_eq!(visit(STACK, &format!("/{}", wasm(1))).0, 200, "an open page may still ask for it");
    let function = format!("{STACK}-api");
    let query = "Environment.Variables.WISHBOARD_CORS_ORIGINS";
    let asked = ["lambda", "get-function-configuration", "--function-name", &function, "--query", query];
    assert_eq!(aws(&asked).unwrap(), "https://elsewhere.example");
    assert!(output(STACK, "RestApiId").is_some(), "what was not named stays");
}

#[test]
fn nothing_is_destroyed_unasked() {
    let key = Key::of_deployer("wishboard-asked");
    let told = complaint(&mut key.xtask(&["destroy", "--stack", "wishboard"]));
    assert!(told.starts_with("nobody is there to ask"), "{told}");
    assert!(output("wishboard", "Url").is_some());
}
