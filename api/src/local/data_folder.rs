//! Data folder of the local server. Only its owner can read it (mode 0700, files 0600), whatever the
//! umask is: the database contains private keys and password hashes.

use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// File of the database. SQLite gives the files that it adds the mode of this one.
const DATABASE: &str = "wishboard.db";

/// File that the running server holds a lock on.
const LOCK: &str = "lock";

/// Files that SQLite adds beside the database. An earlier version may have left them readable.
const JOURNALS: [&str; 3] = ["wishboard.db-wal", "wishboard.db-shm", "wishboard.db-journal"];

const FOLDER_MODE: u32 = 0o700;
const FILE_MODE: u32 = 0o600;

/// Mode bit of folders that several users share, such as `/tmp`.
const STICKY: u32 = 0o1000;

/// Creates the folder, or takes the rights of other users on it away. Returns the lock file.
///
/// # Errors
/// If the folder or the file can't be created or opened.
pub(super) fn create(folder: &Path) -> io::Result<File> {
    DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(folder)?;
    if std::fs::metadata(folder)?.mode() & STICKY == 0 {
        restrict(folder, FOLDER_MODE);
    }
    open(&folder.join(LOCK))
}

/// Creates the file of the database, or takes the rights of other users on it away. The caller holds the
/// lock.
///
/// # Errors
/// If the file can't be created or opened.
pub(super) fn create_database(folder: &Path) -> io::Result<PathBuf> {
    let database = folder.join(DATABASE);
    // An empty file is an empty database.
    open(&database)?;
    for journal in JOURNALS.map(|name| folder.join(name)).iter().filter(|journal| journal.exists()) {
        restrict(journal, FILE_MODE);
    }
    Ok(database)
}

fn open(file: &Path) -> io::Result<File> {
    let opened = OpenOptions::new().write(true).create(true).truncate(false).mode(FILE_MODE).open(file)?;
    restrict(file, FILE_MODE);
    Ok(opened)
}

/// Sets the mode. Some file systems have no modes, and a folder may belong to another user: the server
/// still starts.
fn restrict(path: &Path, mode: u32) {
    if let Err(error) = std::fs::set_permissions(path, Permissions::from_mode(mode)) {
        tracing::warn!(%error, path = %path.display(), "other users may be able to read the data");
    }
}
