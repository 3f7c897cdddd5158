//! The local server: connections, the embedded database, the built site and the demo data.

mod data_folder;
pub mod database_file;
pub mod dynamodb_engine;
mod preload;
pub mod seed;
pub mod server;
pub mod site;
