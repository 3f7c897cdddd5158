//! The machine that xtask runs on: environment, programs, ports and terminal.

pub(crate) mod child_process;
pub(crate) mod command;
pub(crate) mod digest;
pub(crate) mod env;
pub(crate) mod port;
pub(crate) mod terminal;
