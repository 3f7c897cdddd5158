//! The links that guests need: to the login form in the navigation bar, and to the sign-up page.

use leptos::prelude::*;

use crate::navigation;
use crate::view::button::Button;
use crate::view::focus::find_first;

/// A button that opens the login form in the navigation bar. It looks like a link.
#[component]
pub fn LogInLink(
    /// The text of the button.
    label: &'static str,
) -> impl IntoView {
    let open = |_| _ = find_first("header summary").map(|summary| summary.click());
    view! { <Button class="link" on_click=open>{label}</Button> }
}

/// A link to the sign-up page, which leads back to the current page.
#[component]
pub fn SignUpLink(
    /// The CSS class.
    #[prop(default = "link")]
    class: &'static str,
    /// The text of the link.
    label: &'static str,
) -> impl IntoView {
    let route = navigation::current_route();
    view! { <a class=class href=move || route.get().sign_up_href()>{label}</a> }
}
