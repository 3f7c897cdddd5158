//! The life of a stack: deploy, update, destroy, deploy again with the kept tables, destroy with the tables.

use serde_json::json;

use crate::artifacts::{page, script_name, wasm_name};
use crate::aws::{aws, bucket_names, code_bucket, put_object, stack_output};
use crate::deployer::Deployer;
use crate::deployment::Deployment;
use crate::http::{get_page, post};
use crate::process::{error_of, kill_at, output_of};

const STACK: &str = "wishboard-life";

#[test]
fn a_stack_is_deployed_updated_destroyed_and_restored_from_its_tables() {
    let deployment = Deployment::of(STACK);
    let table = format!("Table={STACK}");
    let output = output_of(&mut deployment.deploy(1, &[&table, "RestApi=yes"]));
    assert!(output.contains(&format!("Wishboard is at {}", stack_output(STACK, "Url").unwrap())), "{output}");
    assert_eq!(get_page(STACK, "/u/ann"), (200, page(1)));
    files_have_the_right_metadata();

    let ann = json!({"username": "ann", "password": "seven green bottles hum", "name": "Ann"});
    assert_eq!(post(STACK, "/api/signup", &ann), 201);

    let output = output_of(&mut deployment.deploy(1, &[]));
    assert!(output.contains("Nothing has changed"), "{output}");
    an_update_changes_what_the_dry_run_has_printed(&deployment);

    let output = output_of(&mut deployment.destroy(&[]));
    let kept = format!("Will be kept: every user, message and wish in {STACK}");
    assert!(output.contains(&kept), "{output}");
    assert_eq!(stack_output(STACK, "Url"), None);
    kill_at(&mut deployment.deploy(4, &[&table]), "Waiting for the API to publish its keys");
    let output = output_of(&mut deployment.deploy(4, &[&table]));
    assert!(output.contains("second pass"), "{output}");
    let login = json!({"username": "ann", "password": "seven green bottles hum"});
    assert_eq!(post(STACK, "/api/login", &login), 200, "the kept table contains the user");
    a_difference_of_a_kept_table_is_reported(&deployment);
    files_of_old_deployments_are_deleted(&deployment);

    deny_changes_of_the_keys_table();
    output_of(&mut deployment.destroy(&["--with-tables"]));
    assert_eq!(stack_output(STACK, "Url"), None);
    for table in [STACK.to_owned(), format!("{STACK}-keys")] {
        assert_eq!(aws(&["dynamodb", "describe-table", "--table-name", &table]), None);
    }
    assert!(!bucket_names().contains(STACK), "{}", bucket_names());
    let output = output_of(&mut deployment.destroy(&[]));
    assert!(output.contains("There is no stack"), "{output}");
}

/// Denies to the deployer what the policy of the keys table denies on AWS. The emulator ignores policies of tables.
fn deny_changes_of_the_keys_table() {
    let table = format!("arn:aws:dynamodb:*:*:table/{STACK}-keys");
    let deny = json!({"Effect": "Deny", "Action": "dynamodb:UpdateTable", "Resource": table});
    let policy = json!({"Version": "2012-10-17", "Statement": [deny]}).to_string();
    let put = ["iam", "put-user-policy", "--user-name", STACK, "--policy-name", "keys", "--policy-document"];
    let put = aws(&[&put[..], &[&policy]].concat());
    assert!(put.is_some(), "the policy was not stored");
}

/// Browsers may cache a file for ever if its name contains a hash. They must revalidate the page.
fn files_have_the_right_metadata() {
    let bucket = stack_output(STACK, "SiteBucket").unwrap();
    let for_ever = "public, max-age=31536000, immutable";
    for (name, content_type, cache_control, encoding) in [
        (wasm_name(1), "application/wasm", for_ever, json!("br")),
        (script_name(1), "text/javascript", for_ever, json!("br")),
        ("style-0123456789abcdef.css".to_owned(), "text/css", for_ever, json!(null)),
        ("index.html".to_owned(), "text/html", "no-cache", json!(null)),
    ] {
        let head = aws(&["s3api", "head-object", "--bucket", &bucket, "--key", &name]).unwrap();
        assert_eq!(
            (&head["ContentType"], &head["CacheControl"], &head["ContentEncoding"]),
            (&json!(content_type), &json!(cache_control), &encoding),
            "{name}"
        );
    }
}

fn an_update_changes_what_the_dry_run_has_printed(deployment: &Deployment) {
    let change = "CorsOrigins=https://elsewhere.example";
    let output = output_of(&mut deployment.deploy(2, &["--dry-run", change]));
    assert!(output.contains("HttpApi (AWS::ApiGatewayV2::Api"), "{output}");
    assert!(output.contains("add RestDeployment"), "the snapshot of the REST API: {output}");
    assert!(output.contains("upload index.html") && output.ends_with("Nothing was changed.\n"), "{output}");
    assert_eq!(get_page(STACK, "/").1, page(1));

    output_of(&mut deployment.deploy(2, &[change]));
    assert_eq!(get_page(STACK, "/").1, page(2));
    assert_eq!(get_page(STACK, &format!("/{}", wasm_name(1))).0, 200, "an open page may still request it");
    let function = format!("{STACK}-api");
    let query = "Environment.Variables.WISHBOARD_CORS_ORIGINS";
    let get = ["lambda", "get-function-configuration", "--function-name", &function, "--query", query];
    assert_eq!(aws(&get).unwrap(), "https://elsewhere.example");
    assert!(stack_output(STACK, "RestApiId").is_some(), "a parameter that is not given keeps its value");
}

/// CloudFormation does not change a table that a stack has adopted.
fn a_difference_of_a_kept_table_is_reported(deployment: &Deployment) {
    // The emulator's CloudFormation does not turn on point-in-time recovery.
    let warning = format!(
        "Warning: the table {STACK} differs from deploy/template.yaml: point-in-time recovery is off"
    );
    let output = output_of(&mut deployment.deploy(4, &[]));
    assert!(output.contains(&warning) && output.contains("Nothing has changed"), "{output}");
    let on = ["--point-in-time-recovery-specification", "PointInTimeRecoveryEnabled=true"];
    aws(&[&["dynamodb", "update-continuous-backups", "--table-name", STACK], &on[..]].concat()).unwrap();
    let output = output_of(&mut deployment.deploy(4, &[]));
    assert!(!output.contains(&warning), "{output}");

    let delete = r#"[{"Delete": {"IndexName": "owner"}}]"#;
    let update =
        ["dynamodb", "update-table", "--table-name", STACK, "--global-secondary-index-updates", delete];
    aws(&update).unwrap();
    let error = error_of(&mut deployment.deploy(4, &[]));
    assert!(error.contains("differs from deploy/template.yaml: it has no index `owner`"), "{error}");
    let attributes = ["owner", "owner_at"].map(|name| format!("AttributeName={name},AttributeType=S"));
    let attributes = ["--attribute-definitions", &attributes[0], &attributes[1]];
    aws(&[&update[..5], &[&create_owner_index()], &attributes[..]].concat()).unwrap();
}

fn create_owner_index() -> String {
    let key = |name: &str, kind: &str| json!({"AttributeName": name, "KeyType": kind});
    let index = json!({
        "IndexName": "owner",
        "KeySchema": [key("owner", "HASH"), key("owner_at", "RANGE")],
        "Projection": {"ProjectionType": "ALL"},
    });
    json!([{"Create": index}]).to_string()
}

/// The files of the last five deployments and of the last 30 days are kept.
fn files_of_old_deployments_are_deleted(deployment: &Deployment) {
    let site = stack_output(STACK, "SiteBucket").unwrap();
    let history = format!("s3://{}/site.json", code_bucket(STACK));
    let mut document = aws(&["s3", "cp", &history, "-"]).unwrap();
    let old = (0..6).map(|age| json!({"at": 0, "files": {format!("old-{age}.txt"): "digest"}, "seen": ""}));
    document["deployments"].as_array_mut().unwrap().extend(old);
    for target in [&history, &format!("s3://{site}/old-5.txt")] {
        put_object(target, &document);
    }
    let output = output_of(&mut deployment.deploy(5, &[]));
    assert!(output.contains("files of old deployments"), "{output}");
    assert_eq!(aws(&["s3api", "head-object", "--bucket", &site, "--key", "old-5.txt"]), None);
    assert_eq!(get_page(STACK, "/").1, page(5));
}

#[test]
fn destroy_without_a_terminal_requires_the_option_yes() {
    let deployer = Deployer::create("wishboard-asked");
    let error = error_of(&mut deployer.xtask(&["destroy", "--stack", "wishboard"]));
    assert!(error.starts_with("this needs a confirmation") && error.contains("--yes"), "{error}");
    assert!(stack_output("wishboard", "Url").is_some());
}
