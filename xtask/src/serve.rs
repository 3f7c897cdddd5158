//! `cargo xtask serve`: runs Wishboard on this machine.

mod api_server;
mod development;
mod file_watcher;
mod release;

use anyhow::Result;

/// Runs Wishboard until the user stops it. With `is_release`, one server serves the release site and the API.
/// Otherwise, after a change, rebuilds the app, or rebuilds and restarts the API. With `with_demo_data`, the server
/// first creates the demo data.
pub(crate) fn run(is_release: bool, with_demo_data: bool) -> Result<()> {
    if is_release { release::run(with_demo_data) } else { development::run(with_demo_data) }
}
