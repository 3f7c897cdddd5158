//! The page for an unknown address.

use leptos::prelude::*;

use crate::i18n::labels;
use crate::router::Route;

/// Says that the address is unknown, and links to a page of the app.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <div class="page-message">
            <h1 tabindex="-1">{labels::page_not_found()}</h1>
            <p>{labels::page_not_found_detail()}</p>
            <p>
                <a class="button" href=Route::Messages.href()>
                    {labels::go_to_messages()}
                </a>
            </p>
        </div>
    }
}
