//! The versions of the tools that are not in a lock file.
//!
//! All other versions are in the files of their package managers: `rust-toolchain.toml` for Rust, `Cargo.lock` for
//! wasm-bindgen, `end2end/package-lock.json` for Playwright, esbuild and wasm-opt, `xtask/requirements.txt` for the AWS
//! CLI and the AWS emulator, `xtask/fuzz-requirements.txt` for schemathesis, and `xtask/lambda-build-requirements.txt`
//! for the cross-compiler. Chromium, Firefox and WebKitGTK are system packages of any version.

/// Trunk, which builds and serves the site. Trunk 0.22 needs a newer Rust than this workspace.
pub(crate) const TRUNK_VERSION: &str = "0.21.14";

/// cargo-deny, which checks the licences and sources of dependencies. A fixed version checks the same everywhere.
pub(crate) const CARGO_DENY_VERSION: &str = "0.20.2";

/// Lighthouse. This is the last release line that supports Node.js 20.
pub(crate) const LIGHTHOUSE_VERSION: &str = "12.8.2";

/// The oldest major version of Node.js that Playwright supports.
pub(crate) const MIN_NODE_MAJOR_VERSION: u32 = 20;

/// The oldest Python that the packages in `xtask/*requirements.txt` support, as (major, minor).
pub(crate) const MIN_PYTHON_VERSION: (u32, u32) = (3, 11);
