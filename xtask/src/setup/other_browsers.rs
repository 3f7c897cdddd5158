//! Firefox and WebKitGTK, for the end-to-end tests in browsers other than Chromium.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::setup::apt;
use crate::system::env;

/// A browser with the programs and system packages that its tests need.
pub(crate) struct OtherBrowser {
    pub(crate) name: &'static str,
    /// For each program, the environment variable in which the tests expect its path, and its possible names.
    programs: &'static [(&'static str, &'static [&'static str])],
    /// The packages of Debian, separated by spaces.
    packages: &'static str,
}

/// All browsers other than Chromium.
pub(crate) const OTHER_BROWSERS: [OtherBrowser; 2] = [
    OtherBrowser {
        name: "Firefox",
        programs: &[("FIREFOX", &["firefox-esr", "firefox"])],
        packages: "firefox-esr",
    },
    OtherBrowser {
        name: "WebKitGTK",
        programs: &[("WEBKIT_DRIVER", &["WebKitWebDriver"]), ("XVFB", &["Xvfb"])],
        packages: "webkit2gtk-driver xvfb",
    },
];

impl OtherBrowser {
    /// Returns the environment variables with the paths of the programs, or `None` if a program is not on PATH.
    pub(crate) fn find(&self) -> Option<Vec<(&'static str, PathBuf)>> {
        let find = |names: &[&str]| names.iter().find_map(|name| env::find_program(name));
        self.programs.iter().map(|(variable, names)| Some((*variable, find(names)?))).collect()
    }

    /// Says which programs the user has to put on PATH, and the command that does it.
    pub(crate) fn how_to_install(&self) -> String {
        let names = self.programs.iter().map(|(_, names)| names.join(" or "));
        let names = names.collect::<Vec<_>>().join(" and ");
        format!("install {names} (on Debian: `apt-get install {}`)", self.packages)
    }

    fn install(&self) -> Result<()> {
        let name = self.name;
        apt::install(self.packages, &format!("tests in {name} need the browser"), &self.how_to_install())?;
        if self.find().is_none() {
            bail!("{name} was installed, but not all of its programs are on PATH: {}", self.how_to_install());
        }
        Ok(())
    }
}

/// Installs the system packages of each browser that is not on PATH.
///
/// # Errors
/// If a browser cannot be installed.
pub(crate) fn find_or_install() -> Result<()> {
    OTHER_BROWSERS.iter().filter(|browser| browser.find().is_none()).try_for_each(OtherBrowser::install)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_instructions_name_the_programs_and_the_packages() {
        let instructions = OTHER_BROWSERS.map(|browser| browser.how_to_install());
        assert_eq!(
            instructions,
            [
                "install firefox-esr or firefox (on Debian: `apt-get install firefox-esr`)",
                "install WebKitWebDriver and Xvfb (on Debian: `apt-get install webkit2gtk-driver xvfb`)"
            ]
        );
    }
}
