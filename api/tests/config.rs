//! The environment, read by a real process.

use std::process::Command;

#[test]
fn every_wrong_variable_is_named_at_once() {
    let output = Command::new(env!("CARGO_BIN_EXE_local"))
        .envs([
            ("WISHBOARD_ADDR", "nowhere"),
            ("WISHBOARD_SHARDS", "0"),
            ("WISHBOARD_TABLE", "x"),
            ("WISHBOARD_ISSUER", "me/"),
            ("WISHBOARD_ORIGINS", "https://example.com/path"),
            ("WISHBOARD_CORS_ORIGINS", "*"),
        ])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    for name in ["ADDR", "SHARDS", "TABLE", "ISSUER", "ORIGINS", "CORS_ORIGINS"] {
        assert!(error.contains(&format!("WISHBOARD_{name} must")), "{error}");
    }
}
