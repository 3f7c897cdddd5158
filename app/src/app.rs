//! The root component: puts the app's state into the Leptos context, and shows the layout with the page of the current
//! route.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

use crate::chunks::context::Chunks;
use crate::i18n::current_language::{self, LanguageSwitch};
use crate::i18n::{sentences, texts};
use crate::layout::footer::Footer;
use crate::layout::navigation_bar::NavigationBar;
use crate::layout::not_found::NotFoundPage;
use crate::messages::MessagesPage;
use crate::navigation;
use crate::notices::notice_bar::NoticeBar;
use crate::notices::offline_bar::OfflineBar;
use crate::notices::{Notice, Notices};
use crate::posts::list::cache::ListCache;
use crate::router::Route;
use crate::sessions::state::Session;
use crate::sessions::{cross_tab, log_out};
use crate::view::recreate_on_change::RecreateOnChange;
use crate::wishes::{UserWishesPage, WishesPage};

/// How long the app waits for the chunks of its first page. After that, placeholders take their place.
const MAX_WAIT_FOR_CHUNKS: Duration = Duration::from_secs(3);

/// The whole app: its state, its layout and the current page.
#[component]
pub fn App(
    /// Called once the first page is complete.
    #[prop(optional)]
    on_ready: Option<Box<dyn FnOnce()>>,
) -> impl IntoView {
    let language_switch = LanguageSwitch::provide();
    let notices = Notices::provide();
    if !current_language::is_preferred_loaded() {
        notices.show(Notice::ChunkNotLoaded);
    }
    let session = Session::provide(notices);
    let route = navigation::start();
    ListCache::provide();
    let chunks = Chunks::provide();
    log_out::send_pending_when_online(session);
    cross_tab::listen(session);
    Effect::new(move || {
        language_switch.count(); // runs the effect again after a switch
        set_document_language();
        set_document_title(&route.get());
    });
    let on_ready = StoredValue::new_local(on_ready);
    let show = move || {
        if let Some(Some(on_ready)) = on_ready.try_update_value(Option::take) {
            on_ready();
            chunks.prefetch();
        }
    };
    spawn_local(async move {
        chunks.load_for_first_page(&route.get_untracked(), untrack(|| session.user()).is_some()).await;
        tick().await; // draws the chunks
        show();
    });
    set_timeout(show, MAX_WAIT_FOR_CHUNKS);
    view! {
        // Texts are not signals, so a switch of the language redraws everything.
        <RecreateOnChange key=move || language_switch.count().to_string()>
            <Layout session route />
        </RecreateOnChange>
    }
}

/// The parts that all pages have, with the current page.
#[component]
fn Layout(session: Session, route: ReadSignal<Route>) -> impl IntoView {
    view! {
        <a class="skip-link" href="#main">{texts().shared.skip_to_content}</a>
        <NavigationBar />
        <main class="page" id="main">
            // Every route and every user gets a new page.
            <RecreateOnChange key=move || format!("{} {}", route.get().href(), session.active_user_changes())>
                <Page route=route.get_untracked() />
            </RecreateOnChange>
        </main>
        <div class="notices">
            <NoticeBar />
            <OfflineBar />
        </div>
        <Footer />
    }
}

/// The page of a route.
#[component]
fn Page(route: Route) -> impl IntoView {
    match route {
        Route::Messages => view! { <MessagesPage /> }.into_any(),
        Route::Wishes => view! { <WishesPage /> }.into_any(),
        Route::UserWishes(username) => view! { <UserWishesPage username /> }.into_any(),
        Route::SignUp => Chunks::from_context().guest_forms.load_and_view(|forms| (forms.sign_up_page)()),
        Route::Account => Chunks::from_context().account.load_and_view(|page| page()),
        Route::NotFound => view! { <NotFoundPage /> }.into_any(),
    }
}

fn set_document_language() {
    if let Some(html) = document().document_element() {
        _ = html.set_attribute("lang", current_language::current().tag());
    }
}

/// Sets the title of the document. The wish list of a user sets its own title, which contains the display name.
fn set_document_title(route: &Route) {
    let heading = match route {
        Route::Messages => texts().shared.messages,
        Route::Wishes => texts().shared.wishes,
        Route::UserWishes(_) => return,
        Route::SignUp => texts().shared.sign_up,
        Route::Account => texts().account,
        Route::NotFound => texts().page_not_found,
    };
    document().set_title(&sentences::page_title(heading));
}
