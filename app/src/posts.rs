//! Lists of posts: what the message board and the wish lists have in common.
//!
//! A post is a message or a wish. `kind` says what differs between the two; the `messages` and `wishes`
//! modules implement it. `page` combines heading, dialogs and list to a page.

pub mod avatar;
pub mod kind;
pub mod list;
pub mod page;

mod article;
mod delete_dialog;
pub mod editing;
mod editor;
pub mod sharing;
mod sorting;
mod toolbar;
