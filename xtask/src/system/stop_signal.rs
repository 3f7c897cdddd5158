//! Detects signals that ask xtask to stop: Ctrl-C, SIGTERM, or a closed terminal.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

/// A flag that is set by the first signal.
pub(crate) struct StopSignal(Arc<AtomicBool>);

impl StopSignal {
    /// Installs the signal handler. Call this once per process.
    pub(crate) fn install() -> Result<Self> {
        let flag = Arc::new(AtomicBool::new(false));
        let set = Arc::clone(&flag);
        ctrlc::set_handler(move || set.store(true, Ordering::Relaxed))
            .context("cannot install a signal handler")?;
        Ok(Self(flag))
    }

    /// Returns whether a signal has arrived.
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
