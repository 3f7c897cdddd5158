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
        ])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    for name in ["WISHBOARD_ADDR", "WISHBOARD_SHARDS", "WISHBOARD_TABLE", "WISHBOARD_ISSUER"] {
        assert!(error.contains(name), "{error}");
    }
}
