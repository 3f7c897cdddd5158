//! The list of the user's sessions on the account page, with the buttons that end them.

use leptos::prelude::*;
use shared::sessions::{Session as ListedSession, Sessions};

use crate::api::{Error, Request};
use crate::form::field_errors::FieldErrors;
use crate::form::state::FormState;
use crate::form::status::FormStatus;
use crate::i18n::{sentences, texts};
use crate::sessions::interceptor;
use crate::sessions::state::Session;
use crate::view::busy;
use crate::view::button::Button;
use crate::view::focus::{focus_first, focus_heading};
use crate::view::recreate_on_change::recreate_on_change;

const PATH: &str = "/api/me/sessions";

/// The sessions, and the state of the request that loads or ends them.
#[derive(Clone, Copy)]
pub struct SessionList {
    session: Session,
    /// `None` until the API has returned them.
    sessions: RwSignal<Option<Vec<ListedSession>>>,
    state: FormState,
}

/// A request that ends one session, or all sessions except the current one.
struct EndRequest {
    path: String,
    /// The notice after success.
    success_text: &'static str,
}

impl SessionList {
    /// Creates the list and starts to load it.
    pub fn new(session: Session) -> Self {
        let list = Self { session, sessions: RwSignal::new(None), state: FormState::new() };
        list.load();
        list
    }

    /// Loads the sessions again.
    pub fn load(self) {
        self.start(None);
    }

    /// Ends sessions if `end` is given, and loads the list. Does nothing if a request is pending.
    fn start(self, end: Option<EndRequest>) {
        let busy = self.state.busy();
        // If the user has left the page, its signals are disposed.
        if busy.try_get_untracked() != Some(false) {
            return;
        }
        self.state.clear();
        busy::spawn(busy, async move {
            let result = self.end_and_load(end).await;
            if let (Err(error), false) = (result, busy.is_disposed()) {
                self.state.show_errors(FieldErrors::from_api_error(&error, &[]));
            }
        });
    }

    /// Ends sessions without confirmation, because the user can log in again.
    async fn end_and_load(self, end: Option<EndRequest>) -> Result<(), Error> {
        if let Some(EndRequest { path, success_text }) = end {
            match interceptor::call_raw(self.session, Request::delete(&path)).await {
                Err(error) if error.status() != Some(404) => return Err(error),
                _ => self.session.notices().show_done(success_text), // 404: the session has ended already
            }
            focus_first(".session-list");
        }
        let response: Sessions = interceptor::call(self.session, Request::get(PATH)).await?;
        self.sessions.try_set(Some(response.sessions));
        Ok(())
    }
}

/// The sessions, each with the button that ends it.
#[component]
pub fn SessionListView(
    /// The list.
    list: SessionList,
) -> impl IntoView {
    view! {
        <FormStatus state=list.state />
        <div class="session-list" role="list" tabindex="-1">
            <For
                each=move || list.sessions.get().unwrap_or_default()
                key=|session| session.id.clone()
                let:session
            >
                <SessionItem list session />
            </For>
        </div>
        <SessionListEnd list />
    }
}

#[component]
fn SessionItem(list: SessionList, session: ListedSession) -> impl IntoView {
    let times = sentences::session_times(&session);
    let device = sentences::device(session.browser, session.system);
    view! {
        <div role="listitem">
            <p class="session-device">{device.clone()}</p>
            <p class="hint">{times}</p>
            {match session.current {
                true => view! { <p class="badge">{texts().this_device}</p> }.into_any(),
                false => view! { <EndButton list id=session.id device /> }.into_any(),
            }}
        </div>
    }
}

/// The button that ends a session. Its accessible name contains the device, because there is one button per session.
#[component]
fn EndButton(list: SessionList, id: String, device: String) -> impl IntoView {
    let end = move |_| {
        list.start(Some(EndRequest {
            path: format!("{PATH}/{id}"),
            success_text: texts().device_logged_out,
        }));
    };
    view! {
        <Button class="button" on_click=end>
            {texts().shared.log_out} <span class="visually-hidden">" " {device}</span>
        </Button>
    }
}

/// The part below the sessions: a loading text, a button that loads the list again, or a button that ends all other
/// sessions.
#[component]
fn SessionListEnd(list: SessionList) -> impl IntoView {
    let load = move |_| {
        list.load();
        focus_heading(); // the button disappears
    };
    let end_others = move |_| {
        list.start(Some(EndRequest {
            path: PATH.to_owned(),
            success_text: texts().other_devices_logged_out,
        }));
    };
    recreate_on_change(move || match list.sessions.with(|sessions| sessions.as_ref().map(Vec::len)) {
        None if list.state.busy().get() => view! { <p class="hint">{texts().loading}</p> }.into_any(),
        None => view! { <Button class="button" on_click=load>{texts().retry}</Button> }.into_any(),
        Some(0 | 1) => ().into_any(),
        Some(_) => {
            view! { <Button class="button" on_click=end_others>{texts().log_out_others}</Button> }.into_any()
        }
    })
}
