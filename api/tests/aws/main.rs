//! Wishboard on an emulated AWS: the stack of deploy/template.yaml with the built functions behind both kinds of
//! gateway. `cargo xtask test aws` makes it and runs these; by themselves they find nothing to test.
//!
//! Where the emulator (ministack) does not do as AWS does, the test says so and names the AWS page.

#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod cloud;
mod cors;
mod distribution;
mod edge;
mod entry_points;
mod forged_tokens;
mod resources;
mod roles;
mod routes;
