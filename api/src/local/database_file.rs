//! The database of the local server: a file in the data folder, which only one process can open.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use aws_sdk_dynamodb::Client;
use dynoxide::{Database, DynoxideError};

use crate::local::data_folder;
use crate::local::dynamodb_engine::Engine;

/// The reason why the database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process uses the folder.
    #[error(
        "another Wishboard already uses the data in {0}; stop it, or set WISHBOARD_DATA to another folder"
    )]
    InUse(String),
    /// The folder cannot be created or written to.
    #[error("the folder {0} can't be used: {1}; set WISHBOARD_DATA to another folder")]
    Folder(String, #[source] io::Error),
    /// The file is not a database, or cannot be read.
    #[error("the database in {0} can't be opened: {1}")]
    Database(String, #[source] DynoxideError),
}

/// An open database. No other process can open it until this value is dropped.
pub struct LocalDatabase {
    /// An SDK client for the database.
    pub client: Client,
    /// The engine that answers the client.
    pub engine: Engine,
    _lock: File,
}

impl LocalDatabase {
    /// Opens the database in a folder. Creates the folder and the database if they do not exist.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let name = folder.display().to_string();
        let folder_error = |error| OpenError::Folder(name.clone(), error);
        let lock = data_folder::create(folder).map_err(folder_error)?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => OpenError::InUse(name.clone()),
            TryLockError::Error(error) => folder_error(error),
        })?;
        let file = data_folder::create_database(folder).map_err(folder_error)?;
        let database =
            Database::new(&file.to_string_lossy()).map_err(|error| OpenError::Database(name, error))?;
        let engine = Engine::from(database);
        Ok(Self { client: engine.clone().client(), engine, _lock: lock })
    }
}
