//! The configuration that the programs read from the environment, and its error messages.

use std::path::Path;
use std::process::Command;

use crate::support::lambda::{API, AUTHORIZER};
use crate::support::local_server::LocalServer;
use crate::support::temp_folder::TempFolder;

/// Starts the local server with these variables and an invalid one, so that it exits. Returns its error message.
fn startup_error(data_folder: &Path, variables: &[(&str, &str)]) -> String {
    let mut command = LocalServer::command(data_folder);
    command.env("WISHBOARD_SHARDS", "0").envs(variables.iter().copied());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("WISHBOARD_SHARDS must"), "{error}");
    error
}

#[test]
fn all_wrong_variables_are_reported_at_once() {
    let folder = TempFolder::new();
    let variables = [
        ("WISHBOARD_ADDR", "nowhere"),
        ("WISHBOARD_SHARDS", "0"),
        ("WISHBOARD_TABLE", "x"),
        ("WISHBOARD_ISSUER", "me/"),
        ("WISHBOARD_TRUSTED_ISSUER", "http://issuer.example"),
        ("WISHBOARD_ORIGINS", "https://example.com/path"),
        ("WISHBOARD_CORS_ORIGINS", "*"),
        ("WISHBOARD_LIMITS", "0"),
    ];
    let error = startup_error(folder.path(), &variables);
    for (name, _) in variables {
        assert!(error.contains(&format!("{name} must")), "{name}: {error}");
    }
}

#[test]
fn trusted_proxies_are_addresses_or_ranges() {
    let folder = TempFolder::new();
    for (proxies, expected) in [
        ("127.0.0.1, 10.0.0.0/8 , fd00::/8,", None),
        ("127.0.0.1,localhost", Some("\"localhost\" is neither an IP address nor a range like 10.0.0.0/8")),
        ("10.0.0.0/33", Some("\"10.0.0.0/33\" is neither")),
        ("10.0.0.0/8;fd00::/8", Some("is neither")),
        ("0.0.0.0/0", Some("\"0.0.0.0/0\" trusts every client")),
    ] {
        let error = startup_error(folder.path(), &[("WISHBOARD_TRUSTED_PROXIES", proxies)]);
        assert_eq!(error.contains("WISHBOARD_TRUSTED_PROXIES must be"), expected.is_some(), "{error}");
        assert!(error.contains(expected.unwrap_or_default()), "{error}");
    }
}

#[test]
fn a_trusted_issuer_needs_https_or_a_loopback_address_and_is_not_our_own() {
    let folder = TempFolder::new();
    for (issuer, is_accepted) in [
        ("https://tenant.eu.auth0.com/", true),
        ("http://127.0.0.1:9/realms/board", true),
        ("http://[::1]:9", true),
        ("http://issuer.example", false),
        ("https://user@issuer.example", false),
        ("https://issuer.example/?tenant=1", false),
        ("issuer.example", false),
        ("https://api.example.com", false),
    ] {
        let variables = [
            ("WISHBOARD_ISSUER", "https://api.example.com"),
            ("WISHBOARD_TRUSTED_ISSUER", issuer),
            ("WISHBOARD_TRUSTED_AUDIENCE", "board"),
        ];
        let error = startup_error(folder.path(), &variables);
        assert_eq!(!error.contains("WISHBOARD_TRUSTED_ISSUER"), is_accepted, "{issuer}: {error}");
    }
}

#[test]
fn the_limit_factor_is_an_integer_from_1_to_1000000() {
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
        let error = startup_error(folder.path(), &[("WISHBOARD_LIMITS", factor)]);
        assert_eq!(!error.contains("WISHBOARD_LIMITS must be"), is_accepted, "{factor}: {error}");
    }
}

#[test]
fn the_lambda_functions_refuse_to_start_with_a_limit_factor() {
    for program in [API, AUTHORIZER] {
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
fn the_maximum_lifetime_of_external_tokens_is_from_a_minute_to_a_year() {
    let folder = TempFolder::new();
    for (seconds, is_accepted) in [
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
        let error = startup_error(folder.path(), &[("WISHBOARD_TRUSTED_MAX_LIFETIME", seconds)]);
        let is_reported = error.contains("WISHBOARD_TRUSTED_MAX_LIFETIME must");
        assert_eq!(!is_reported, is_accepted, "{seconds}: {error}");
    }
}
