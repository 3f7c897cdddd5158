//! Builds the release site.

pub(crate) mod site;
mod size_budget;
mod wasm_names;
