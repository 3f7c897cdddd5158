//! Builds the site: Trunk compiles the app, then the files are minified, compressed and checked against the size
//! budget.

mod compress;
mod crate_sizes;
mod esbuild;
pub(crate) mod minify;
pub(crate) mod site;
mod size_budget;
mod size_report;
mod split;
pub(crate) mod trunk;
mod wasm_names;
