//! The environment, read by a real process.

use std::process::Command;

use crate::support::local::{Folder, Local};

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
        ])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    for name in ["ADDR", "SHARDS", "TABLE", "ISSUER", "TRUSTED_ISSUER", "ORIGINS", "CORS_ORIGINS"] {
        assert!(error.contains(&format!("WISHBOARD_{name} must")), "{error}");
    }
}

#[test]
fn a_trusted_issuer_is_reached_by_https_and_not_ourselves() {
    let folder = Folder::new();
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
        let mut command = Local::command(&folder.0);
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
fn the_longest_lifetime_of_external_tokens_has_bounds() {
    let folder = Folder::new();
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
        let mut command = Local::command(&folder.0);
        // The process ends because of the other variable.
        command.envs([("WISHBOARD_SHARDS", "0"), ("WISHBOARD_TRUSTED_MAX_LIFETIME", seconds)]);
        let error = String::from_utf8(command.output().unwrap().stderr).unwrap();
        assert!(error.contains("WISHBOARD_SHARDS"), "{error}");
        let is_named = error.contains("WISHBOARD_TRUSTED_MAX_LIFETIME must");
        assert_eq!(!is_named, accepted, "{seconds}: {error}");
    }
}
