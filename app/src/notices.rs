//! Notices at the bottom of the screen. A notice reports an event that the page itself does not show, such as a login in
//! another tab. `i18n::notices` contains the texts.

pub mod notice_bar;
pub mod offline_bar;

mod display_time;
mod notice;
mod state;

pub use notice::Notice;
pub use state::Notices;
