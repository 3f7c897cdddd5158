//! Makes the changes of a deployment in this order: code, stack, site. Each step can be repeated after an interruption.

use anyhow::Result;

use crate::deploy::artifacts::Artifacts;
use crate::deploy::code_bucket::CodeBucket;
use crate::deploy::lambda_package;
use crate::deploy::site_history::SiteHistory;
use crate::deploy::site_upload::SiteUpload;
use crate::deploy::stack::{Stack, StackState};
use crate::deploy::stack_update;
use crate::deploy::template::Parameters;
use crate::system::terminal::print;

/// The result of a rollout.
pub(crate) struct Rollout {
    /// Whether the stack or the site has changed.
    pub(crate) has_changed: bool,
    pub(crate) state: StackState,
    pub(crate) history: SiteHistory,
}

/// Uploads the code, creates or updates the stack, and uploads the site.
pub(crate) fn roll_out(
    stack: &Stack,
    code: &CodeBucket,
    artifacts: &Artifacts,
    mut parameters: Parameters,
) -> Result<Rollout> {
    code.create_if_missing()?;
    let packages = lambda_package::pack_all(artifacts, &code.staging_folder()?, stack.aws.is_emulated())?;
    for package in packages {
        if !code.contains(&package.key)? {
            print(&format!("Uploading {}", package.key));
            code.upload(&package.zip, &package.key)?;
        }
        parameters.insert(package.parameter.to_owned(), package.key);
    }
    parameters.insert("CodeBucket".to_owned(), code.name.clone());
    let stack_has_changed = stack_update::create_or_update(stack, code, parameters)?;
    let state = stack.expect_state()?;
    let uploaded = SiteUpload::to_stack(stack.aws, code, &state)?.upload_changed(&artifacts.site)?;
    Ok(Rollout { has_changed: stack_has_changed || uploaded.has_changed, state, history: uploaded.history })
}
