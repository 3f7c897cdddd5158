//! Chromium and chromedriver, for the tests in a browser.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::setup::apt;
use crate::system::env;

const CHROMIUM_NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DRIVER_NAME: &str = "chromedriver";

/// The programs of a Chromium installation.
pub(crate) struct Chromium {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds Chromium by `CHROME` and `CHROMEDRIVER` or on PATH. Otherwise installs the system packages.
pub(crate) fn find_or_install() -> Result<Chromium> {
    if let Some(chromium) = find()? {
        return Ok(chromium);
    }
    let without_apt = "install Chromium and chromedriver, or set CHROME and CHROMEDRIVER to the programs";
    apt::install(
        "chromium chromium-driver",
        "the browser tests need Chromium and chromedriver",
        without_apt,
    )?;
    match find()? {
        Some(chromium) => Ok(chromium),
        None => bail!("Chromium was installed, but `chromium` or `{DRIVER_NAME}` is not on PATH"),
    }
}

/// Returns `None` if the browser or the driver is missing.
///
/// # Errors
/// If `CHROME` or `CHROMEDRIVER` names no program.
fn find() -> Result<Option<Chromium>> {
    let configured = program_in_var("CHROME")?;
    let browser =
        configured.clone().or_else(|| CHROMIUM_NAMES.iter().find_map(|name| env::find_program(name)));
    let driver = match program_in_var("CHROMEDRIVER")? {
        Some(driver) => Some(driver),
        None => configured.as_deref().and_then(driver_beside).or_else(|| env::find_program(DRIVER_NAME)),
    };
    Ok(browser.zip(driver).map(|(browser, driver)| Chromium { browser, driver }))
}

fn program_in_var(name: &str) -> Result<Option<PathBuf>> {
    let Some(file) = env::var(name).map(PathBuf::from) else { return Ok(None) };
    if !env::is_executable(&file) {
        bail!("{name} is set to {}, which is not a program", file.display());
    }
    Ok(Some(file))
}

fn driver_beside(browser: &Path) -> Option<PathBuf> {
    Some(browser.parent()?.join(DRIVER_NAME)).filter(|file| env::is_executable(file))
}
