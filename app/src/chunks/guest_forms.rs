//! The chunk with the forms for guests.

use leptos::prelude::*;

use crate::chunks::split_point::split_point;
use crate::sessions::log_in::{LogInMenu, LoggedInHandler};
use crate::users::sign_up::SignUpPage;

/// What guests need to become users.
pub struct GuestForms {
    /// The content of the login dropdown.
    pub log_in: fn(LoggedInHandler) -> AnyView,
    /// The sign-up page.
    pub sign_up_page: fn() -> AnyView,
}

split_point! {
    /// Loads the login form and the sign-up page.
    guest_forms -> &'static GuestForms {
        &GuestForms {
            log_in: |on_logged_in| view! { <LogInMenu on_logged_in /> }.into_any(),
            sign_up_page: || view! { <SignUpPage /> }.into_any(),
        }
    }
}
