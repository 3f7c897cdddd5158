//! The page for unknown addresses.

use leptos::prelude::*;

use crate::i18n::texts;
use crate::router::Route;

/// Says that the page was not found, and links to the messages.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <div class="page-message">
            <h1 tabindex="-1">{texts().page_not_found}</h1>
            <p>{texts().shared.page_not_found_detail}</p>
            <p>
                <a class="button" href=Route::Messages.href()>
                    {texts().shared.go_to_messages}
                </a>
            </p>
        </div>
    }
}
