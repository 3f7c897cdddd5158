//! User accounts: signing up, and the account page with everything that users can do with their own account.

pub mod account_page;
pub mod sign_up;

mod current_password;
mod deletion;
mod export;
mod password;
mod profile;
