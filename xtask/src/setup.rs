//! Finds or installs the tools that the commands need. Tools of this project's own go into `.tools/`.

pub(crate) mod apt;
pub(crate) mod cargo_tools;
pub(crate) mod chromium;
pub(crate) mod lighthouse;
pub(crate) mod node;
pub(crate) mod python;
pub(crate) mod rustup;
