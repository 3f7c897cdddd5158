//! Lists of posts: the code that the message board and the wish lists share.
//!
//! A post is a message or a wish. The enum in `kind` has the differences between the two lists. The modules `messages`
//! and `wishes` draw the content of a post. `page` combines the heading, the dialogs and the list.

pub mod avatar;
pub mod kind;
pub mod list;
pub mod page;
pub mod text;

mod article;
mod delete_dialog;
pub mod editing;
mod editor;
mod form;
pub mod sharing;
mod sorting;
mod toolbar;
