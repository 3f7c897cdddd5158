//! The chunk with the account page.

use leptos::prelude::*;

use crate::chunks::split_point::split_point;
use crate::users::account_page::AccountPage;

split_point! {
    /// Loads the account page.
    account -> fn() -> AnyView {
        || view! { <AccountPage /> }.into_any()
    }
}
