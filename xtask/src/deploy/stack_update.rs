//! Creates, updates and deletes the stack.
//!
//! The first deployment takes two passes. API Gateway reads an issuer's keys when it creates a JWT authorizer, and
//! our issuer is the stack's own API. So the first pass creates everything except the JWT authorizer, the protected
//! routes and the REST API, and the second pass adds them.

use anyhow::Result;

use crate::deploy::code_bucket::CodeBucket;
use crate::deploy::stack::{Stack, StackState};
use crate::deploy::stack_wait;
use crate::deploy::template::Parameters;
use crate::deploy::wait_for_issuer;
use crate::system::terminal::print;

/// Creates the stack, or updates it to the template and the parameters. Parameters that are not given keep their
/// current value. Returns whether anything changed.
pub(crate) fn create_or_update(stack: &Stack, code: &CodeBucket, mut parameters: Parameters) -> Result<bool> {
    let state = stack_wait::until_settled(stack)?;
    let text = stack.template_text(state.as_ref(), &parameters);
    let is_complete = state.as_ref().is_some_and(StackState::has_protected_routes);
    if is_complete && stack.is_current(state.as_ref(), &text, &parameters)? {
        return Ok(false);
    }
    let template_url = stack.upload_template(code, &text)?;
    let mut has_changed = false;
    if !is_complete {
        print("Creating the stack, first pass: everything except the protected routes (a few minutes)");
        parameters.insert("Guard".to_owned(), "no".to_owned());
        has_changed = apply(stack, state.as_ref(), &template_url, &parameters)?;
        wait_for_issuer::until_keys_are_published(stack)?;
    }
    if stack.aws.is_emulated() {
        // The URL in the template's default does not exist on the emulator.
        let issuer = wait_for_issuer::own_issuer(stack.aws, &stack.expect_state()?)?;
        parameters.insert("Issuer".to_owned(), issuer);
    }
    print(if is_complete { "Updating the stack" } else { "Creating the stack, second pass: everything" });
    parameters.insert("Guard".to_owned(), "yes".to_owned());
    has_changed |= apply(stack, stack.state()?.as_ref(), &template_url, &parameters)?;
    Ok(has_changed)
}

/// Deletes the stack. Resources that the template retains stay.
pub(crate) fn delete(stack: &Stack) -> Result<()> {
    stack.aws.run(&["cloudformation", "delete-stack", "--stack-name", stack.name])?;
    stack_wait::until_deleted(stack)
}

/// Runs one pass. Returns whether anything changed.
fn apply(
    stack: &Stack,
    state: Option<&StackState>,
    template_url: &str,
    parameters: &Parameters,
) -> Result<bool> {
    let operation = if state.is_some() { "update-stack" } else { "create-stack" };
    let parameters = stack.parameters_json(state, parameters);
    let what = ["cloudformation", operation, "--stack-name", stack.name, "--parameters", &parameters];
    let how = ["--template-url", template_url, "--capabilities", "CAPABILITY_NAMED_IAM"];
    if stack.aws.find(&[&what[..], &how[..]].concat(), &["No updates are to be performed"])?.is_none() {
        return Ok(false);
    }
    let state = stack_wait::until_settled(stack)?;
    stack_wait::expect_success(stack, &state.map(|state| state.status).unwrap_or_default())?;
    Ok(true)
}
