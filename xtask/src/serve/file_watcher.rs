//! Watches source folders and reports a change once no file has changed for a moment.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

/// How long files must stay unchanged before a change is reported. So an editor that saves several files causes only
/// one rebuild.
const QUIET_PERIOD: Duration = Duration::from_millis(200);

/// Watches folders and everything below them.
pub(crate) struct FileWatcher {
    // Dropping it would end the notifications.
    _watcher: RecommendedWatcher,
    /// The changed files, in order.
    changes: Receiver<PathBuf>,
    last_change: Option<Instant>,
}

impl FileWatcher {
    /// Starts to watch these folders.
    pub(crate) fn new(folders: &[&Path]) -> Result<Self> {
        let (sender, changes) = channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if let Ok(event) = event
                && is_change(event.kind)
            {
                event.paths.into_iter().for_each(|path| drop(sender.send(path)));
            }
        })
        .context("cannot watch files")?;
        for folder in folders {
            watcher
                .watch(folder, RecursiveMode::Recursive)
                .with_context(|| format!("cannot watch {}", folder.display()))?;
        }
        Ok(Self { _watcher: watcher, changes, last_change: None })
    }

    /// Returns true once after each series of changes. Never blocks.
    pub(crate) fn has_settled(&mut self) -> bool {
        if self.changes.try_iter().count() > 0 {
            self.last_change = Some(Instant::now());
        }
        let has_settled = self.last_change.is_some_and(|last| last.elapsed() >= QUIET_PERIOD);
        if has_settled {
            self.last_change = None;
        }
        has_settled
    }
}

/// Returns whether an event changes a file's content. Reading does not: the compiler reads these files too.
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

    use super::*;
    use crate::system::poll::Poll;

    /// Long enough for a slow machine. A change is reported after the quiet period.
    const CHANGE_POLL: Poll = Poll { interval: Duration::from_millis(20), timeout: Duration::from_secs(10) };

    fn new_folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-watch-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("below")).expect("a folder");
        folder
    }

    #[test]
    fn a_write_is_reported_once() {
        let folder = new_folder("write");
        let mut watcher = FileWatcher::new(&[&folder]).expect("a watcher");
        fs::write(folder.join("below/file.rs"), "one").expect("a write");
        assert!(CHANGE_POLL.until_true(|| watcher.has_settled()));
        assert!(!watcher.has_settled());
        fs::remove_dir_all(&folder).expect("the folder is removed");
    }

    #[test]
    fn a_read_is_not_reported() {
        let folder = new_folder("read");
        let (file, marker) = (folder.join("below/file.rs"), folder.join("below/marker.rs"));
        fs::write(&file, "one").expect("a write");
        let watcher = FileWatcher::new(&[&folder]).expect("a watcher");
        fs::read(&file).expect("a read");
        fs::write(&marker, "two").expect("a write");
        // Events arrive in order, so an event of the read would come before that of the second write.
        let first = watcher.changes.recv_timeout(CHANGE_POLL.timeout).expect("an event");
        assert_eq!(first, marker);
        fs::remove_dir_all(&folder).expect("the folder is removed");
    }
}
