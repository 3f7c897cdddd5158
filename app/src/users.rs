//! User accounts: the sign-up page, and the account page with its forms.

pub mod account_page;
pub mod sign_up;

mod current_password;
mod deletion;
mod export;
mod password;
mod profile;
