//! Tests of the stack of `deploy/template.yaml` on an emulated AWS. `cargo xtask test aws` creates the stack and runs
//! them.
//!
//! If the emulator (ministack) differs from AWS, a comment says so and names the page of the AWS documentation.

#![allow(clippy::unwrap_used, reason = "a test that cannot continue has failed")]

#[path = "../support/client.rs"]
#[expect(dead_code, reason = "these tests use only some of its functions")]
mod client;
mod cloud;
mod cloudfront_functions;
mod cors;
mod distribution;
mod edge;
mod forged_tokens;
mod gateways;
#[path = "../support/openapi.rs"]
#[expect(dead_code, reason = "these tests use only some of its functions")]
mod openapi;
#[path = "../support/preload_paths.rs"]
mod preload_paths;
#[path = "../support/reply.rs"]
#[expect(dead_code, reason = "these tests use only some of its functions")]
mod reply;
mod resources;
mod roles;
mod routes;
mod stack_parameters;

// `client.rs` expects these two in its parent module, which is `support` in the other tests.
use cloud::PASSWORD;
use reply::Reply;
