//! Tells when source files have changed and have then been left alone for a moment.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

/// Saving all files of an editor takes several writes: one rebuild is enough.
const QUIET: Duration = Duration::from_millis(200);

/// Looks after some folders.
pub(crate) struct Watch {
    // Dropping it ends the watching.
    _watcher: RecommendedWatcher,
    changes: Receiver<()>,
    last: Option<Instant>,
}

impl Watch {
    /// Begins to watch these folders and all below them.
    pub(crate) fn new(folders: &[&Path]) -> Result<Self> {
        let (sender, changes) = channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| is_change(event.kind)) {
                let _ = sender.send(());
            }
        })
        .context("the files cannot be watched")?;
        for folder in folders {
            watcher
                .watch(folder, RecursiveMode::Recursive)
                .with_context(|| format!("{} cannot be watched", folder.display()))?;
        }
        Ok(Self { _watcher: watcher, changes, last: None })
    }

    /// Whether something has changed since this was last true. Never waits.
    pub(crate) fn has_settled(&mut self) -> bool {
        if self.changes.try_iter().count() > 0 {
            self.last = Some(Instant::now());
        }
        let settled = self.last.is_some_and(|last| last.elapsed() >= QUIET);
        if settled {
            self.last = None;
        }
        settled
    }
}

/// The compiler reads the files too: being opened is no change.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Create(_) | EventKind::Remove(_) => true,
        EventKind::Modify(what) => !matches!(what, ModifyKind::Metadata(_)),
        EventKind::Any | EventKind::Access(_) | EventKind::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::thread::sleep;

    use super::*;

    fn settles(watch: &mut Watch) -> bool {
        (0..20).any(|_| {
            sleep(QUIET / 4);
            watch.has_settled()
        })
    }

    #[test]
    fn a_write_is_noticed_once_and_a_read_is_not() {
        let folder = std::env::temp_dir().join(format!("xtask-watch-{}", std::process::id()));
        fs::create_dir_all(folder.join("below")).expect("a folder");
        let mut watch = Watch::new(&[&folder]).expect("a watch");
        let file = folder.join("below/file.rs");
        fs::write(&file, "one").expect("a write");
        assert!(settles(&mut watch));
        fs::read(&file).expect("a read");
        assert!(!settles(&mut watch));
        fs::remove_dir_all(&folder).expect("gone");
    }
}
