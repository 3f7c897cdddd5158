//! `cargo xtask deploy` and `destroy` on an emulated AWS, as somebody types them. `cargo xtask test aws` starts it and
//! runs these.

#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod cloud;
mod interruption;
mod lifecycle;
mod preflight;
mod tls_proxy;
