//! The export: downloads all data that Wishboard stores about the user, as one JSON file.

use js_sys::{Array, JSON, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

use crate::api::{Error, Request};
use crate::form::field_errors::FieldErrors;
use crate::form::state::FormState;
use crate::form::status::FormStatus;
use crate::i18n::{sentences, texts};
use crate::sessions::interceptor;
use crate::sessions::state::Session;
use crate::view::busy;
use crate::view::button::Button;
use crate::view::recreate_on_change::{ReactiveText, recreate_on_change};

/// The lists in the export. Each page of the export contains a part of them.
const LISTS: [&str; 3] = ["sessions", "messages", "wishes"];

/// The button that loads the export, and the link that saves the file.
#[component]
pub fn Export() -> impl IntoView {
    let session = Session::from_context();
    let username = session.credentials().map(|credentials| credentials.user().username.clone());
    let file_name = format!("wishboard-{}.json", username.unwrap_or_default());
    let state = FormState::new();
    let busy = state.busy();
    let file_url = RwSignal::new(None::<String>);
    let export = move |_| {
        if busy.get_untracked() {
            return;
        }
        state.clear();
        revoke(file_url);
        busy::spawn(busy, async move {
            match load_file(session, state).await {
                _ if busy.is_disposed() => {} // the user has left the page
                Ok(url) => {
                    state.clear();
                    session.notices().show_done(texts().export_ready);
                    file_url.set(url);
                    // Clicks the link after it is drawn. The link stays, because some browsers save a file only if the
                    // user clicks.
                    request_animation_frame(click_link);
                }
                Err(error) => state.show_errors(FieldErrors::from_api_error(&error, &[])),
            }
        });
    };
    on_cleanup(move || revoke(file_url));
    let link = move |url| view! { <a href=url download=file_name.clone()>{texts().save_file}</a> };
    view! {
        <p>{texts().export_intro}</p>
        <FormStatus state />
        <div class="buttons">
            <Button class="button" on_click=export>
                <ReactiveText text=move || match busy.get() {
                    true => texts().exporting,
                    false => texts().download_my_data,
                } />
            </Button>
            {recreate_on_change(move || file_url.get().map(&link).into_any())}
        </div>
    }
}

fn click_link() {
    let link = document().query_selector("a[download]").ok().flatten();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        link.click();
    }
}

/// Releases the memory of the file.
fn revoke(file_url: RwSignal<Option<String>>) {
    if let Some(Some(url)) = file_url.try_update(Option::take) {
        _ = Url::revoke_object_url(&url);
    }
}

/// Loads all pages of the export, and returns the URL of the file. Returns `None` if the browser cannot create a file.
/// The pages are not deserialized into Rust types, so that the file also contains fields that this version does not
/// know.
async fn load_file(session: Session, state: FormState) -> Result<Option<String>, Error> {
    let Some(credentials) = session.credentials() else { return Err(Error::SessionExpired) };
    let mut export: Option<Object> = None;
    let mut path = "/api/me/export".to_owned();
    loop {
        let response = interceptor::call_raw(session, Request::get(&path)).await?;
        if !session.is_same_user(&credentials) {
            return Err(Error::UserChanged);
        }
        let page = JSON::parse(&response.text).ok().and_then(|page| page.dyn_into::<Object>().ok());
        let page = page.ok_or(Error::Unexpected(response.status))?;
        let next = Reflect::get(&page, &"next".into()).ok().and_then(|next| next.as_string());
        let loaded = match export {
            Some(export) => append(export, &page),
            None => page,
        };
        let Some(next) = next else { return Ok(create_file(&loaded)) };
        let count = LISTS.iter().map(|name| list(&loaded, name).length()).sum();
        state.set_status(sentences::exported_entries(count));
        path = format!("/api/me/export?before={}", js_sys::encode_uri_component(&next));
        export = Some(loaded);
    }
}

fn append(export: Object, page: &Object) -> Object {
    for name in LISTS {
        _ = Reflect::set(&export, &name.into(), &list(&export, name).concat(&list(page, name)));
    }
    export
}

fn list(page: &Object, name: &str) -> Array {
    Reflect::get(page, &name.into()).ok().and_then(|list| list.dyn_into().ok()).unwrap_or_default()
}

fn create_file(export: &Object) -> Option<String> {
    // The cursor of the next page is not part of the user's data.
    _ = Reflect::delete_property(export, &"next".into());
    let json = JSON::stringify_with_replacer_and_space(export, &JsValue::NULL, &2.into()).ok()?;
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&json), &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}
