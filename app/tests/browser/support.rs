//! Test support: the app under test, a scripted network, and the browser's other tabs.

pub mod fixtures;
pub mod gate;
pub mod network;
pub mod other_tab;
pub mod page;
pub mod responses;
pub mod text_changes;
pub mod wait;
pub mod web_storage;
