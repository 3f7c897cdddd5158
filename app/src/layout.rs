//! The parts around every page: navigation bar and footer. Also the page for unknown addresses.

pub mod footer;
pub mod navigation_bar;
pub mod not_found;

mod account_menu;
mod dropdown;
