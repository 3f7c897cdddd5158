//! The footer, with the buttons that switch the language.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::current_language::{self, LanguageSwitch};
use crate::i18n::language::Language;
use crate::i18n::texts;
use crate::notices::{Notice, Notices};
use crate::view::button::Button;
use crate::view::focus::focus_first;

/// The footer. It has one button for each language except the current one.
#[component]
pub fn Footer() -> impl IntoView {
    let others = Language::ALL.into_iter().filter(|other| *other != current_language::current());
    let buttons = others.map(|language| view! { <LanguageButton language /> }).collect_view();
    view! {
        <footer class="footer">
            <nav class="bar-nav" aria-label=texts().languages>{buttons}</nav>
        </footer>
    }
}

#[component]
fn LanguageButton(language: Language) -> impl IntoView {
    let switch = LanguageSwitch::from_context();
    let notices = Notices::from_context();
    let on_click = move |_| {
        spawn_local(async move {
            match switch.switch_to(language).await {
                Ok(()) => focus_first(".footer button"), // this button has been replaced
                Err(_) => notices.show(Notice::ChunkNotLoaded),
            }
        });
    };
    view! {
        <Button class="button button-small" on_click>
            <span lang=language.tag()>{language.name()}</span>
        </Button>
    }
}
