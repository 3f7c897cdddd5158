//! The data folder of the local server.
//!
//! The database contains private keys and password hashes, so only the owner of the folder can read it. The folder has
//! mode 0700 and its files have mode 0600, regardless of the umask. A folder with the sticky bit keeps its mode.

use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// The file of the database. SQLite creates its other files with the same mode.
const DATABASE_FILE: &str = "wishboard.db";

/// The file that the running server locks.
const LOCK_FILE: &str = "lock";

/// The files that SQLite creates next to the database. An earlier version of Wishboard may have created them with
/// another mode.
const JOURNAL_FILES: [&str; 3] = ["wishboard.db-wal", "wishboard.db-shm", "wishboard.db-journal"];

const FOLDER_MODE: u32 = 0o700;
const FILE_MODE: u32 = 0o600;

/// The mode bit of folders that several users share, for example `/tmp`.
const STICKY_BIT: u32 = 0o1000;

/// Creates the folder. If it exists, removes the permissions of other users, except from a folder with the sticky bit.
/// Returns the lock file, which the caller must lock.
///
/// # Errors
/// If the folder or the file cannot be created or opened.
pub(super) fn create(folder: &Path) -> io::Result<File> {
    DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(folder)?;
    if std::fs::metadata(folder)?.mode() & STICKY_BIT == 0 {
        set_mode(folder, FOLDER_MODE);
    }
    open_file(&folder.join(LOCK_FILE))
}

/// Creates the database file, or removes the permissions of other users if it exists. The caller must hold the lock.
///
/// # Errors
/// If the file cannot be created or opened.
pub(super) fn create_database(folder: &Path) -> io::Result<PathBuf> {
    let database = folder.join(DATABASE_FILE);
    // SQLite accepts an empty file as an empty database.
    open_file(&database)?;
    for journal in JOURNAL_FILES.map(|name| folder.join(name)).iter().filter(|journal| journal.exists()) {
        set_mode(journal, FILE_MODE);
    }
    Ok(database)
}

/// Opens a file, and creates it if it does not exist.
fn open_file(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(FILE_MODE).open(path)?;
    set_mode(path, FILE_MODE);
    Ok(file)
}

/// Sets the mode. Only logs a failure, because some file systems have no modes and the path may belong to another user.
fn set_mode(path: &Path, mode: u32) {
    if let Err(error) = std::fs::set_permissions(path, Permissions::from_mode(mode)) {
        tracing::warn!(%error, path = %path.display(), "other users may be able to read the data");
    }
}
