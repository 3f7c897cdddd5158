//! `cargo xtask serve --release`: builds everything once and runs one server for the site and the API.

use std::thread;
use std::time::Duration;

use anyhow::Result;

use crate::build::site;
use crate::serve::api_server::{API_ADDRESS, ApiServer, is_healthy, print_address};
use crate::system::stop_signal::StopSignal;
use crate::system::terminal::print;
use crate::system::{command, env, port};

const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// Runs the release server until the user stops it.
pub(crate) fn run(with_demo_data: bool) -> Result<()> {
    port::expect_free(API_ADDRESS)?;
    site::build_within_budget()?;
    print("Building the API (about 5 minutes the first time)");
    let mut build = command::cargo(["build", "--release", "--package", "api", "--bin", "local"]);
    command::run(&mut build, "the API does not build")?;
    let stop = StopSignal::install()?;
    let program = env::target_dir()?.join("release/local");
    let mut server = ApiServer::start(program, with_demo_data, Some(site::dist_folder()))?;
    let mut is_announced = false;
    while !stop.is_set() {
        server.expect_running()?;
        if !is_announced && is_healthy() {
            print_address(API_ADDRESS);
            is_announced = true;
        }
        thread::sleep(POLL_INTERVAL);
    }
    print("Stopping");
    Ok(())
}
