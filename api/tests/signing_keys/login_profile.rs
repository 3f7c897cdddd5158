//! The program `keys` with a profile of `aws login` ("Login credentials provider", AWS SDKs and Tools Reference Guide).

use std::fs;
use std::process::Command;

use serde_json::json;

use crate::support::dynamodb_server::DynamoDbServer;
use crate::support::temp_folder::TempFolder;

const SESSION: &str = "arn:aws:sts::123456789012:assumed-role/deployer/ann";
/// The file in the cache: the SHA-256 of the session.
const CACHE_FILE: &str = "cf55b457c26d23ef0c57c248ccba8d7daaadecddcbf852756e4e1205de9df027.json";

/// Writes what `aws login` writes: a profile, and temporary credentials in the cache.
fn write_login(folder: &TempFolder) {
    let profile = format!("[profile login]\nlogin_session = {SESSION}\nregion = us-east-1\n");
    fs::write(folder.join("config"), profile).unwrap();
    let token = json!({
        "accessToken": {
            "accessKeyId": "ASIAEXAMPLE",
            "secretAccessKey": "x",
            "sessionToken": "x",
            "accountId": "123456789012",
            "expiresAt": "2099-01-01T00:00:00Z",
        },
        "tokenType": "urn:aws:params:oauth:token-type:access_token_sigv4",
        "refreshToken": "x",
        "idToken": "x",
        "clientId": "arn:aws:signin:::devtools/same-device",
        "dpopKey": "x",
    });
    fs::write(folder.join(CACHE_FILE), token.to_string()).unwrap();
}

#[tokio::test]
async fn the_keys_are_listed_with_a_profile_of_aws_login() {
    let (database, folder) = (DynamoDbServer::start().await, TempFolder::new());
    write_login(&folder);
    let mut keys = Command::new(env!("CARGO_BIN_EXE_keys"));
    keys.args(["list", "--table", "wishboard"]);
    keys.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    keys.env("AWS_PROFILE", "login").env("AWS_CONFIG_FILE", folder.join("config"));
    keys.env("AWS_LOGIN_CACHE_DIRECTORY", folder.path()).env("AWS_ENDPOINT_URL", &database.url);
    let output = tokio::task::spawn_blocking(move || keys.output()).await.unwrap().unwrap();
    let text = [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat();
    assert!(output.status.success() && text.contains("current (began to sign"), "{text}");
}
