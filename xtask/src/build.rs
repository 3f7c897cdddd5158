//! Builds the site: Trunk compiles the app, then xtask splits the wasm, minifies and compresses the files, and checks
//! them against the size budget.

mod compress;
mod crate_sizes;
mod esbuild;
mod file_names;
mod install_app;
mod shorten_wasm_names;
pub(crate) mod site;
mod size_budget;
mod size_report;
mod split;
pub(crate) mod start_script;
pub(crate) mod trunk;
mod wasm_opt;
