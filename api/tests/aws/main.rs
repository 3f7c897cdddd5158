//! Tests of the stack of `deploy/template.yaml` on an emulated AWS. `cargo xtask test aws` creates the stack and runs them.
//!
//! If the emulator (ministack) differs from AWS, a comment says so and names the page of the AWS documentation.

#![allow(clippy::unwrap_used, reason = "a test that cannot continue has failed")]

mod cloud;
mod cloudfront_functions;
mod cors;
mod distribution;
mod edge;
mod forged_tokens;
mod gateways;
mod resources;
mod roles;
mod routes;
mod stack_parameters;
