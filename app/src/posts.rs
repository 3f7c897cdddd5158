//! Lists of posts: the code that the message board and the wish lists share.
//!
//! A post is a message or a wish. The trait in `kind` contains the differences between the two. The modules `messages`
//! and `wishes` implement it. `page` combines the heading, the dialogs and the list.

pub mod avatar;
pub mod kind;
pub mod list;
pub mod page;

mod article;
mod delete_dialog;
pub mod editing;
mod editor;
mod form;
pub mod sharing;
mod sorting;
mod toolbar;
