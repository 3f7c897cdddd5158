//! `cargo xtask deploy --dry-run`: prints what a deployment would change. If the stack would change, the command
//! uploads the template and creates a change set, which it deletes again. It changes nothing else in AWS.

use anyhow::Result;

use crate::deploy::artifacts::Artifacts;
use crate::deploy::code_bucket::CodeBucket;
use crate::deploy::site_upload::SiteUpload;
use crate::deploy::stack::{Stack, StackState};
use crate::deploy::template::Parameters;
use crate::deploy::{change_set, lambda_package};
use crate::system::terminal::print;

/// Prints the changes. `state` is `None` before the first deployment.
pub(crate) fn run(
    stack: &Stack,
    state: Option<&StackState>,
    code: &CodeBucket,
    artifacts: &Artifacts,
    parameters: Parameters,
) -> Result<()> {
    let Some(state) = state else {
        print_first_deployment(stack);
        return Ok(());
    };
    let mut lines = stack_changes(stack, state, code, artifacts, parameters)?;
    let files = SiteUpload::to_stack(stack.aws, code, state)?.changed_names(&artifacts.site)?;
    lines.extend(files.into_iter().map(|file| format!("upload {file}")));
    if lines.is_empty() {
        print("Deploying would change nothing.");
        return Ok(());
    }
    print("Deploying would:");
    for line in lines {
        print(&format!("  {line}"));
    }
    print("Nothing was changed.");
    Ok(())
}

fn print_first_deployment(stack: &Stack) {
    print(&format!("There is no stack `{}` yet. Deploying would:", stack.name));
    for resource in stack.template.resources() {
        let condition = resource.condition.map_or(String::new(), |condition| format!(", if {condition}"));
        print(&format!("  add {} ({}{condition})", resource.name, resource.kind));
    }
    print("  upload the whole site");
    print("Nothing was changed.");
}

/// Returns a line for each resource that would change.
fn stack_changes(
    stack: &Stack,
    state: &StackState,
    code: &CodeBucket,
    artifacts: &Artifacts,
    mut parameters: Parameters,
) -> Result<Vec<String>> {
    let packages = lambda_package::pack_all(artifacts, &code.staging_folder()?, stack.aws.is_emulated())?;
    for package in packages {
        parameters.insert(package.parameter.to_owned(), package.key);
    }
    parameters.insert("CodeBucket".to_owned(), code.name.clone());
    parameters.insert("Guard".to_owned(), "yes".to_owned());
    let text = stack.template_text(Some(state), &parameters);
    if stack.is_current(Some(state), &text, &parameters)? {
        return Ok(Vec::new());
    }
    code.create_if_missing()?;
    let template_url = stack.upload_template(code, &text)?;
    change_set::changes(stack, &template_url, &stack.parameters_json(Some(state), &parameters))
}
