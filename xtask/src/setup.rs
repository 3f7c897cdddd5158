//! Installs the tools that the commands need.

pub(crate) mod apt;
pub(crate) mod cargo_tools;
pub(crate) mod chromium;
pub(crate) mod node;
pub(crate) mod python;
