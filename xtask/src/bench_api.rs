//! `cargo xtask bench api`: measures the release build of the API under load and with many posts.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::system::terminal::print;
use crate::system::{command, env};

/// Builds the local server and the program `bench`, which starts the server and prints the measurements.
/// With `is_quick`, the numbers of posts and the durations are so small that the results say nothing; this checks only
/// that the benchmark works.
pub(crate) fn run(is_quick: bool) -> Result<()> {
    print("Building the API (about 10 minutes the first time)");
    let mut build = command::cargo(["build", "--release", "--package", "api", "--features", "bench"]);
    command::run(build.args(["--bin", "local", "--bin", "bench"]), "the API does not build")?;
    let (target, release) = (env::target_dir()?, env::target_dir()?.join("release"));
    let data = target.join("bench-api");
    remove(&data)?;
    print("Measuring (about 10 minutes; other programs on this machine change the results)");
    let mut bench = Command::new(release.join("bench"));
    bench.arg(release.join("local")).arg(&data).args(is_quick.then_some("--quick"));
    command::run(&mut bench, "cannot measure the API")?;
    remove(&data)
}

/// Removes the databases of a run. They have several gigabytes.
fn remove(data: &Path) -> Result<()> {
    if data.exists() {
        fs::remove_dir_all(data).with_context(|| format!("cannot remove {}", data.display()))?;
    }
    Ok(())
}
