//! Building blocks of views that every page uses. Nothing here knows about users, sessions or posts.

pub mod busy;
pub mod button;
pub mod focus;
pub mod live_region;
pub mod placeholder;
pub mod reactive;
