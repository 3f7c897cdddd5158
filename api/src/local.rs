//! The local server: HTTP connections, the embedded database, the built site and the sample data.

mod data_folder;
pub mod dynamodb;
pub mod seed;
pub mod server;
pub mod site;
