//! Checks the types of the JavaScript and TypeScript files.

use anyhow::Result;

use crate::setup::node;
use crate::system::{command, env};

/// Checks the types of `app/start.js` and of the end-to-end tests. Their client of the API has the types that
/// openapi-typescript generates from `docs/openapi.json`.
pub(crate) fn run() -> Result<()> {
    let mut start_script = node::program("tsc")?;
    start_script.arg("--project").arg(env::root().join("app"));
    command::run(&mut start_script, "app/start.js has a type error")?;
    let folder = node::end2end_folder();
    let mut generate = node::program("openapi-typescript")?;
    generate
        .arg(env::root().join("docs/openapi.json"))
        .arg("--output")
        .arg(folder.join("support/api-types.d.ts"));
    command::run(&mut generate, "cannot generate types from docs/openapi.json")?;
    let mut tests = node::program("tsc")?;
    command::run(tests.arg("--project").arg(folder), "the end-to-end tests have a type error")
}
