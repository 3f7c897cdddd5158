//! Chromium and its driver, for tests in a real browser.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::setup::apt;
use crate::system::env;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DRIVER: &str = "chromedriver";

/// A Chromium with the driver that steers it.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

/// `$CHROME`, else PATH, else the distribution's packages.
pub(crate) fn ready() -> Result<Browser> {
    if let Some(browser) = find()? {
        return Ok(browser);
    }
    let hint = "install Chromium and chromedriver, or name them in CHROME and CHROMEDRIVER";
    apt::install("the browser tests need Chromium and its driver", "chromium chromium-driver", hint)?;
    match find()? {
        Some(browser) => Ok(browser),
        None => bail!("Chromium was installed, but PATH has no `chromium` and `{DRIVER}`"),
    }
}

/// None if there is no browser or no driver; an error if a variable names one that does not exist.
fn find() -> Result<Option<Browser>> {
    let named = named("CHROME")?;
    let chromium = named.clone().or_else(|| BROWSERS.iter().find_map(|name| env::program(name)));
    let driver = match self::named("CHROMEDRIVER")? {
        Some(driver) => Some(driver),
        None => named.as_deref().and_then(beside).or_else(|| env::program(DRIVER)),
    };
    Ok(chromium.zip(driver).map(|(chromium, driver)| Browser { chromium, driver }))
}

fn named(variable: &str) -> Result<Option<PathBuf>> {
    let Some(file) = env::variable(variable).map(PathBuf::from) else { return Ok(None) };
    if !env::is_program(&file) {
        bail!("{variable} names {}, which is no program", file.display());
    }
    Ok(Some(file))
}

fn beside(chromium: &Path) -> Option<PathBuf> {
    Some(chromium.parent()?.join(DRIVER)).filter(|file| env::is_program(file))
}
