//! The data that the app keeps in the browser between visits.

pub mod drafts;
pub mod web_storage;
