//! Checks of the templates in deploy/ with independent tools: cfn-lint, checkov, and TypeScript for the CloudFront
//! functions.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::deploy::template::Template;
use crate::setup::{node, python};
use crate::system::{command, env};

/// Maximum size of a CloudFront function in bytes ("Quotas on CloudFront Functions", CloudFront Developer Guide).
const MAX_FUNCTION_LEN: usize = 10 * 1024;

/// Installs the tools.
pub(crate) fn install_tools() -> Result<()> {
    python::aws_tools()?;
    python::checkov()?;
    node::install_packages()
}

/// Runs all checks.
pub(crate) fn run() -> Result<()> {
    let template = env::root().join("deploy/template.yaml");
    let deployer = env::root().join("deploy/deployer.json");
    cfn_lint(&["--include-checks", "I", "--"], &template)?;
    // Its ARNs name no partition, so the informational rules would report each of them.
    cfn_lint(&[], &deployer)?;
    let mut checkov = python::checkov()?.program("checkov");
    checkov.arg("--config-file").arg(env::root().join("deploy/checkov.yaml")).arg("--file").arg(&template);
    command::run(
        &mut checkov,
        "checkov has found a problem; if it is none, add the reason to deploy/checkov.yaml",
    )?;
    check_functions(&Template::read()?)
}

fn cfn_lint(args: &[&str], template: &Path) -> Result<()> {
    let mut cfn_lint = python::aws_tools()?.program("cfn-lint");
    command::run(cfn_lint.args(args).arg(template), "cfn-lint has found a problem in a template in deploy/")
}

fn check_functions(template: &Template) -> Result<()> {
    let folder = env::target_dir()?.join("cloudfront-functions");
    fs::create_dir_all(&folder).context("cannot write to the target folder")?;
    let functions = template.cloudfront_functions();
    ensure!(!functions.is_empty(), "deploy/template.yaml has no CloudFront functions");
    functions.iter().try_for_each(|(name, code)| check_function(&folder, name, code))
}

/// Checks one function: its size, its syntax, and what it uses.
fn check_function(folder: &Path, name: &str, code: &str) -> Result<()> {
    ensure!(
        code.len() <= MAX_FUNCTION_LEN,
        "{name} has {} bytes; the maximum is {MAX_FUNCTION_LEN}",
        code.len()
    );
    let file = folder.join(format!("{name}.js"));
    // The comment gives the argument of `handler` its type.
    let typed = format!("/** @param {{CloudFrontEvent}} event */\n{code}");
    fs::write(&file, typed).context("cannot write to the target folder")?;
    // The runtime supports ECMAScript 5.1 and a part of the later versions. esbuild reports syntax that is newer.
    let mut syntax = node::program("esbuild")?;
    syntax.arg(&file).args(["--target=es5", "--log-level=warning"]);
    syntax.arg(format!("--outfile={}", folder.join("es5").join(format!("{name}.js")).display()));
    command::run(&mut syntax, &format!("{name} is not ECMAScript 5.1"))?;
    let mut types = node::program("tsc")?;
    types.args(["--noLib", "--allowJs", "--checkJs", "--noEmit", "--strict", "--target", "es5"]);
    // In this folder, TypeScript finds no packages whose types it would add.
    types.current_dir(folder);
    types.arg(&file).arg(env::root().join("deploy/cloudfront-js-2.0.d.ts"));
    command::run(
        &mut types,
        &format!("{name} uses what its runtime may not have; see deploy/cloudfront-js-2.0.d.ts"),
    )
}
