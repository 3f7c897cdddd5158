//! The page for an unknown address.

use leptos::prelude::*;

use crate::i18n::texts;
use crate::router::Route;

/// Says that the address is unknown, and links to a page of the app.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <div class="state">
            <h1 tabindex="-1">{texts().page_not_found}</h1>
            <p>{texts().page_not_found_detail}</p>
            <p>
                <a class="button" href=Route::Messages.href()>
                    {texts().go_to_messages}
                </a>
            </p>
        </div>
    }
}
