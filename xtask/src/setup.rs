//! Finds or installs the tools that the commands need. The documentation of `main.rs` says where they are installed.
//! `tool_versions` has the versions.

pub(crate) mod apt;
pub(crate) mod cargo_tools;
pub(crate) mod chromium;
pub(crate) mod lighthouse;
pub(crate) mod node;
pub(crate) mod other_browsers;
pub(crate) mod python;
pub(crate) mod rustup;

mod tool_versions;
