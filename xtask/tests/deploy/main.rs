//! Tests of `cargo xtask deploy` and `destroy` on an emulated AWS. They run the commands as a user does.
//! `cargo xtask test aws` starts the emulator, creates the stack `wishboard` and runs these tests.

#![allow(clippy::unwrap_used, reason = "a failing unwrap fails the test")]

mod artifacts;
mod aws;
mod deployer;
mod deployment;
mod http;
mod interruption;
mod lifecycle;
mod preflight;
mod process;
#[path = "../../src/system/sha256.rs"]
mod sha256;
mod stack_status;
mod tls_proxy;
mod wait;
