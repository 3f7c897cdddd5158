//! The machine that xtask runs on: environment, programs, network and terminal. These modules depend on no other module
//! of xtask.

pub(crate) mod child_process;
pub(crate) mod command;
pub(crate) mod env;
pub(crate) mod files;
pub(crate) mod http;
pub(crate) mod poll;
pub(crate) mod port;
pub(crate) mod sha256;
pub(crate) mod stop_signal;
pub(crate) mod terminal;
