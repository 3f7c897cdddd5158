//! The environment, read by a real process.

use std::process::Command;

use api::config::{Config, Mode};

use crate::support::local_server::{LocalServer, TempFolder};
use crate::support::{PASSWORD, TestApp};

#[test]
fn every_wrong_variable_is_named_at_once() {
    let output = Command::new(env!("CARGO_BIN_EXE_local"))
        .envs([
            ("WISHBOARD_ADDR", "nowhere"),
            ("WISHBOARD_SHARDS", "0"),
            ("WISHBOARD_TABLE", "x"),
            ("WISHBOARD_ISSUER", "me/"),
            ("WISHBOARD_TRUSTED_ISSUER", "http://issuer.example"),
            ("WISHBOARD_ORIGINS", "https://example.com/path"),
            ("WISHBOARD_CORS_ORIGINS", "*"),
            ("WISHBOARD_LIMITS", "0"),
        ])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    for name in ["ADDR", "SHARDS", "TABLE", "ISSUER", "TRUSTED_ISSUER", "ORIGINS", "CORS_ORIGINS", "LIMITS"] {
        assert!(error.contains(&format!("WISHBOARD_{name} must")), "{error}");
    }
}

#[test]
fn an_invalid_proxy_is_named() {
    let folder = TempFolder::new();
    for (proxies, error) in [
        ("127.0.0.1, 10.0.0.0/8 , fd00::/8,", None),
        ("127.0.0.1,localhost", Some("\"localhost\" is neither an IP address nor a range like 10.0.0.0/8")),
        ("10.0.0.0/33", Some("\"10.0.0.0/33\" is neither")),
        ("10.0.0.0/8;fd00::/8", Some("is neither")),
        ("0.0.0.0/0", Some("\"0.0.0.0/0\" trusts every client")),
    ] {
        // An accepted list gets as far as the next wrong variable.
        let variables = [("WISHBOARD_SHARDS", "0"), ("WISHBOARD_TRUSTED_PROXIES", proxies)];
        let output = LocalServer::command(&folder.0).envs(variables).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.contains("WISHBOARD_SHARDS"), "{stderr}");
        assert_eq!(stderr.contains("WISHBOARD_TRUSTED_PROXIES must be"), error.is_some(), "{stderr}");
        assert!(stderr.contains(error.unwrap_or_default()), "{stderr}");
    }
}

#[tokio::test]
async fn the_environment_decides_the_mode() {
    let sign_up = serde_json::json!({"username": "ann", "password": PASSWORD, "name": "Ann"});
    for (variables, cookie) in [
        (&[][..], "wishboard-session="),
        (&[("WISHBOARD_ORIGINS", "http://localhost:9,http://[::1]")][..], "wishboard-session="),
        (&[("WISHBOARD_ORIGINS", "http://localhost:9,https://wishboard.example")][..], "__Host-session="),
        (&[("WISHBOARD_TRUSTED_PROXIES", "127.0.0.1")][..], "__Host-session="),
    ] {
        let folder = TempFolder::new();
        let mut command = LocalServer::command(&folder.0);
        command.envs(variables.iter().copied());
        let local = LocalServer::start_command(command);
        // Neither the Host nor the origin of a request decides it.
        let request = reqwest::Client::new().post(format!("{}/api/signup", local.url)).json(&sign_up);
        let reply = request.header("host", "wishboard.example").send().await.unwrap();
        assert_eq!(reply.status(), 201, "{variables:?}");
        let set = reply.headers()["set-cookie"].to_str().unwrap();
        assert!(set.starts_with(cookie), "{variables:?}: {set}");
    }
}

#[tokio::test]
async fn the_default_origins_are_those_of_the_address() {
    let config = (*TestApp::start().await.state.config).clone();
    for (addr, has_ipv6) in [("127.0.0.1:4000", false), ("[::1]:4000", true)] {
        let config = Config { origins: Vec::new(), ..config.clone() }.listening_on(addr.parse().unwrap());
        assert_eq!(config.mode, Mode::Development, "{addr}");
        assert!(config.origins.contains(&"http://localhost:4000".to_owned()), "{addr}");
        assert_eq!(config.origins.contains(&"http://[::1]:4000".to_owned()), has_ipv6, "{addr}");
    }
}

#[test]
fn a_trusted_issuer_is_reached_by_https_and_not_ourselves() {
    let folder = TempFolder::new();
    for (issuer, accepted) in [
        ("https://tenant.eu.auth0.com/", true),
        ("http://127.0.0.1:9/realms/board", true),
        ("http://[::1]:9", true),
        ("http://issuer.example", false),
        ("https://user@issuer.example", false),
        ("https://issuer.example/?tenant=1", false),
        ("issuer.example", false),
        ("https://api.example.com", false),
    ] {
        let mut command = LocalServer::command(&folder.0);
        // Whoever gets past this variable stops at that one.
        let variables = [
            ("WISHBOARD_SHARDS", "0"),
            ("WISHBOARD_ISSUER", "https://api.example.com"),
            ("WISHBOARD_TRUSTED_ISSUER", issuer),
            ("WISHBOARD_TRUSTED_AUDIENCE", "board"),
        ];
        let error = String::from_utf8(command.envs(variables).output().unwrap().stderr).unwrap();
        assert!(error.contains("WISHBOARD_SHARDS"), "{error}");
        assert_eq!(!error.contains("WISHBOARD_TRUSTED_ISSUER"), accepted, "{issuer}: {error}");
    }
}

#[test]
fn the_limit_factor_is_a_whole_number_from_one() {
    let folder = TempFolder::new();
    for (factor, is_accepted) in [
        ("1", true),
        ("1000000", true),
        ("1000001", false),
        ("0", false),
        ("-1", false),
        ("1.5", false),
        ("many", false),
        ("4294967296", false),
    ] {
        let mut command = LocalServer::command(&folder.0);
        // A wrong variable ends the process in any case.
        let output = command.env("WISHBOARD_LIMITS", factor).env("WISHBOARD_SHARDS", "0").output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains("WISHBOARD_SHARDS"), "{error}");
        assert_eq!(!error.contains("WISHBOARD_LIMITS must be"), is_accepted, "{factor}: {error}");
    }
}

#[test]
fn the_lambda_functions_refuse_to_start_with_a_limit_factor() {
    for program in [env!("CARGO_BIN_EXE_lambda"), env!("CARGO_BIN_EXE_authorizer")] {
        let output = Command::new(program)
            .env("WISHBOARD_TABLE", "wishboard")
            .env("WISHBOARD_ISSUER", "https://api.example.com")
            .env("WISHBOARD_ORIGINS", "https://example.com")
            .env("WISHBOARD_LIMITS", "1")
            .output()
            .unwrap();
        assert!(!output.status.success());
        assert!(String::from_utf8_lossy(&output.stderr).contains("WISHBOARD_LIMITS must not be set"));
    }
}

#[test]
fn the_longest_lifetime_of_external_tokens_has_bounds() {
    let folder = TempFolder::new();
    for (seconds, accepted) in [
        ("60", true),
        ("86400", true),
        ("31536000", true),
        ("", true),
        ("59", false),
        ("0", false),
        ("-60", false),
        ("31536001", false),
        ("9223372036854775808", false),
        ("86400.5", false),
        ("1e5", false),
        ("24h", false),
    ] {
        let mut command = LocalServer::command(&folder.0);
        // The process ends because of the other variable.
        command.envs([("WISHBOARD_SHARDS", "0"), ("WISHBOARD_TRUSTED_MAX_LIFETIME", seconds)]);
        let error = String::from_utf8(command.output().unwrap().stderr).unwrap();
        assert!(error.contains("WISHBOARD_SHARDS"), "{error}");
        let is_named = error.contains("WISHBOARD_TRUSTED_MAX_LIFETIME must");
        assert_eq!(!is_named, accepted, "{seconds}: {error}");
    }
}
