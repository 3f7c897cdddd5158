//! View helpers that all pages use. They do not depend on users, sessions or posts.

pub mod busy;
pub mod button;
pub mod dialog;
pub mod focus;
pub mod live_region;
pub mod placeholder;
pub mod recreate_on_change;
pub mod sentence;
