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
    /// The status text after success.
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

    /// Ends sessions, if `end` says so, and loads the list. Does nothing if a request is pending.
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
                _ => self.state.set_status(success_text.to_owned()), // 404: the session has ended already
            }
            focus_first(".session-list");
        }
        let response: Sessions = interceptor::call(self.session, Request::get(PATH)).await?;
        self.sessions.try_set(Some(response.sessions));
        Ok(())
    }

    /// The view of the list.
    pub fn view(self) -> AnyView {
        let ids = move || -> Vec<String> {
            self.sessions
                .with(|sessions| sessions.iter().flatten().map(|session| session.id.clone()).collect())
        };
        view! {
            <FormStatus state=self.state />
            <div class="session-list" role="list" tabindex="-1">
                <For each=ids key=String::clone let:id>{self.view_session(&id)}</For>
            </div>
            {move || self.view_footer()}
        }
        .into_any()
    }

    /// The view below the list: a loading text, a button that loads the list again, or a button that ends all other
    /// sessions.
    fn view_footer(self) -> AnyView {
        match self.sessions.with(|sessions| sessions.as_ref().map(Vec::len)) {
            None if self.state.busy().get() => view! { <p class="hint">{texts().loading}</p> }.into_any(),
            None => {
                let load = move |_| {
                    self.load();
                    focus_heading(); // the button disappears
                };
                view! { <Button class="button" on_click=load>{texts().try_again}</Button> }.into_any()
            }
            Some(0 | 1) => ().into_any(),
            Some(_) => {
                let end = move |_| {
                    self.start(Some(EndRequest {
                        path: PATH.to_owned(),
                        success_text: texts().other_devices_logged_out,
                    }));
                };
                view! { <Button class="button" on_click=end>{texts().log_out_others}</Button> }.into_any()
            }
        }
    }

    fn view_session(self, id: &str) -> AnyView {
        let session = self
            .sessions
            .with_untracked(|sessions| sessions.iter().flatten().find(|session| session.id == id).cloned());
        let Some(session) = session else { return ().into_any() };
        let times = sentences::session_times(&session);
        let device = sentences::device(session.browser, session.system);
        let action = match session.current {
            true => view! { <p class="badge">{texts().this_device}</p> }.into_any(),
            false => self.end_button(session.id, device.clone()),
        };
        view! {
            <div role="listitem">
                <p class="session-device">{device}</p>
                <p class="hint">{times}</p>
                {action}
            </div>
        }
        .into_any()
    }

    /// The button that ends a session. Its accessible name contains the device, because there is one button per
    /// session.
    fn end_button(self, id: String, device: String) -> AnyView {
        let end = move |_| {
            self.start(Some(EndRequest {
                path: format!("{PATH}/{id}"),
                success_text: texts().device_logged_out,
            }));
        };
        view! {
            <Button class="button" on_click=end>
                {texts().log_out} <span class="visually-hidden">" " {device}</span>
            </Button>
        }
        .into_any()
    }
}
