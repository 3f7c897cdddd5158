//! Taking one's data along.

use js_sys::{Array, JSON, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

use crate::api::{self, Failure, Request};
use crate::element::{button_with, dynamic};
use crate::form::check::{Check, Faults};
use crate::form::{self, Trouble};
use crate::session::Session;
use crate::text;

/// What the export holds many of, and so comes in pages.
const LISTS: [&str; 3] = ["sessions", "messages", "wishes"];

/// Gathers the export, and gives it to the browser to save.
#[component]
pub fn Data() -> impl IntoView {
    let session = Session::current();
    let username = session.login().map(|login| login.user().username.clone()).unwrap_or_default();
    let check = Check::new();
    let busy = check.busy();
    let file = RwSignal::new(None::<String>);
    let gather = move || {
        if busy.get_untracked() {
            return;
        }
        check.clear();
        forget(file);
        form::run(busy, async move {
            match gathered(session, check).await {
                _ if busy.is_disposed() => {} // the page is gone
                Ok(url) => {
                    check.tell(text::export_ready().to_owned());
                    file.set(url);
                    // Once the link is drawn. It stays, for browsers that want a person's click.
                    request_animation_frame(save);
                }
                Err(failure) => check.fault(Faults::from_failure(&failure, &[])),
            }
        });
    };
    on_cleanup(move || forget(file));
    let label = dynamic(move || if busy.get() { text::gathering() } else { text::download_my_data() });
    let link = move |url| {
        view! { <a href=url download=format!("wishboard-{username}.json")>{text::save_file()}</a> }
    };
    view! {
        <p>{text::export_intro()}</p>
        <Trouble check />
        <div class="buttons">
            {button_with("button", label, gather)} {dynamic(move || file.get().map(&link))}
        </div>
    }
}

/// As a click on the link does.
fn save() {
    let link = document().query_selector("a[download]").ok().flatten();
    if let Some(link) = link.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        link.click();
    }
}

/// A file in memory stays there until this is said.
fn forget(file: RwSignal<Option<String>>) {
    if let Some(Some(url)) = file.try_update(Option::take) {
        _ = Url::revoke_object_url(&url);
    }
}

/// The address of a file with all of it; none where the browser can't make one. The pages are
/// joined as they came: nothing that this program does not know gets lost.
async fn gathered(session: Session, check: Check) -> Result<Option<String>, Failure> {
    let Some(me) = session.login() else { return Err(Failure::Ended) };
    let mut whole: Option<Object> = None;
    let mut path = "/api/me/export".to_owned();
    loop {
        let (status, text) = api::ask(session, Request::get(&path)).await?;
        if !session.is_of(&me) {
            return Err(Failure::SomebodyElse);
        }
        let page = JSON::parse(&text).ok().and_then(|page| page.dyn_into::<Object>().ok());
        let page = page.ok_or(Failure::Other(status))?;
        let next = Reflect::get(&page, &"next".into()).ok().and_then(|next| next.as_string());
        let so_far = match whole {
            Some(so_far) => joined(so_far, &page),
            None => page,
        };
        let Some(next) = next else { return Ok(file(&so_far)) };
        check.tell(text::sentence::gathered(LISTS.iter().map(|list| items(&so_far, list).length()).sum()));
        path = format!("/api/me/export?before={}", js_sys::encode_uri_component(&next));
        whole = Some(so_far);
    }
}

fn joined(whole: Object, page: &Object) -> Object {
    for list in LISTS {
        _ = Reflect::set(&whole, &list.into(), &items(&whole, list).concat(&items(page, list)));
    }
    whole
}

fn items(page: &Object, list: &str) -> Array {
    Reflect::get(page, &list.into()).ok().and_then(|items| items.dyn_into().ok()).unwrap_or_default()
}

fn file(whole: &Object) -> Option<String> {
    // Where the next page begins is nobody's data.
    _ = Reflect::delete_property(whole, &"next".into());
    let json = JSON::stringify_with_replacer_and_space(whole, &JsValue::NULL, &2.into()).ok()?;
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&json), &kind).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}
