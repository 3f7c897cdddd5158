//! The parts around every page: navigation bar, notices and footer. Also the page for unknown addresses.

pub mod footer;
pub mod navigation_bar;
pub mod not_found;
pub mod notice_bar;

mod account_menu;
mod dropdown;
