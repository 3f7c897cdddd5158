//! The deployment that the checks examine: the stack, the arguments and the current state.

use crate::deploy::deploy_args::DeployArgs;
use crate::deploy::stack::{Stack, StackState};

/// The input of the checks.
pub(crate) struct PlannedDeployment<'a> {
    pub(crate) stack: &'a Stack<'a>,
    pub(crate) args: &'a DeployArgs,
    /// The state of the stack. `None` before the first deployment.
    pub(crate) state: Option<&'a StackState>,
}

impl PlannedDeployment<'_> {
    /// Returns the value that a parameter will have: the given one, the current one, or the default.
    pub(crate) fn value(&self, name: &str) -> &str {
        let given = self.args.parameters.get(name);
        let value = given.or_else(|| self.state?.parameters.get(name));
        value.map_or_else(|| self.stack.template.default_of(name), String::as_str)
    }

    /// Returns whether the stack exists and continues to use its current tables.
    pub(crate) fn keeps_its_tables(&self) -> bool {
        let table = self.value("Table");
        self.state.is_some_and(|state| state.parameters.get("Table").is_some_and(|current| current == table))
    }
}
