//! The suite `app`: the app's component tests, in a headless browser.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::setup::chromium::{self, Chromium};
use crate::setup::{cargo_tools, rustup};
use crate::system::terminal::print;
use crate::system::{command, env};

/// Runs the tests of `app`.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    rustup::install_target(rustup::WASM_TARGET)?;
    let chromium = chromium::find_or_install()?;
    let runner = cargo_tools::wasm_bindgen()?.find_or_install()?.join("wasm-bindgen-test-runner");
    print("Testing the app in a headless browser");
    let mut cargo = command::cargo(["test", "--package", "app", "--target", rustup::WASM_TARGET]);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner).env("CHROMEDRIVER", &chromium.driver);
    if env::var("CHROME").is_some() {
        cargo.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", webdriver_config(&chromium)?);
    }
    command::run(cargo.args(args), "a test of the app failed")
}

/// Writes a copy of app/webdriver.json that names the browser, because chromedriver does not read `CHROME`.
fn webdriver_config(chromium: &Chromium) -> Result<PathBuf> {
    let original =
        fs::read(env::root().join("app/webdriver.json")).context("cannot read app/webdriver.json")?;
    let mut config: Value = serde_json::from_slice(&original).context("app/webdriver.json is invalid")?;
    config["goog:chromeOptions"]["binary"] = json!(chromium.browser.to_string_lossy());
    let copy = env::target_dir()?.join("webdriver.json");
    fs::write(&copy, config.to_string()).context("cannot write to the target folder")?;
    Ok(copy)
}
