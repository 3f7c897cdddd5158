//! Where one is logged in, and how to end that from here.

use leptos::prelude::*;
use shared::account::{self, Sessions};

use crate::api::{self, Failure, Request};
use crate::element::{button, button_with, dynamic, focus, focus_heading, keyed, line};
use crate::form::check::{Check, Faults};
use crate::form::{self, Trouble};
use crate::session::Session;
use crate::text;

const PATH: &str = "/api/me/sessions";

/// What is known of the logins, and what is being done with them.
#[derive(Clone, Copy)]
pub struct Logins {
    session: Session,
    known: RwSignal<Option<Vec<account::Session>>>,
    check: Check,
}

impl Logins {
    /// Begins to read them.
    pub fn new(session: Session) -> Self {
        let logins = Self { session, known: RwSignal::new(None), check: Check::new() };
        logins.load();
        logins
    }

    /// Reads them anew.
    pub fn load(self) {
        self.run(None);
    }

    /// One thing at a time.
    fn run(self, end: Option<(String, &'static str)>) {
        let busy = self.check.busy();
        // The page may be gone by now, and its signals with it.
        if busy.try_get_untracked() != Some(false) {
            return;
        }
        self.check.clear();
        form::run(busy, async move {
            let done = self.ask(end).await;
            if let (Err(failure), false) = (done, busy.is_disposed()) {
                self.check.fault(Faults::from_failure(&failure, &[]));
            }
        });
    }

    /// Ends one or all others, if so asked, and reads what is left. Nobody is asked before: whoever
    /// did not mean it logs in there again.
    async fn ask(self, end: Option<(String, &'static str)>) -> Result<(), Failure> {
        if let Some((path, news)) = end {
            match api::ask(self.session, Request::delete(&path)).await {
                Err(failure) if failure.status() != Some(404) => return Err(failure),
                _ => self.check.tell(news.to_owned()), // or it had ended already
            }
            focus(".logins");
        }
        let found: Sessions = api::call(self.session, Request::get(PATH)).await?;
        self.known.try_set(Some(found.sessions));
        Ok(())
    }

    /// The list.
    pub fn draw(self) -> AnyView {
        let ids = move || -> Vec<String> {
            self.known.with(|known| known.iter().flatten().map(|login| login.id.clone()).collect())
        };
        view! {
            <Trouble check=self.check />
            <div class="logins" role="list" tabindex="-1">{keyed(ids, move |id| self.draw_one(id))}</div>
            {dynamic(move || self.next())}
        }
        .into_any()
    }

    fn next(self) -> AnyView {
        match self.known.with(|known| known.as_ref().map(Vec::len)) {
            None if self.check.busy().get() => line("hint", text::loading().to_owned()),
            None => button("button", text::try_again(), move || {
                self.load();
                focus_heading(); // the button goes
            }),
            Some(0 | 1) => ().into_any(),
            Some(_) => {
                let end = move || self.run(Some((PATH.to_owned(), text::logins_ended())));
                button("button", text::end_others(), end)
            }
        }
    }

    fn draw_one(self, id: String) -> AnyView {
        let login =
            self.known.with_untracked(|known| known.iter().flatten().find(|login| login.id == id).cloned());
        let Some(login) = login else { return ().into_any() };
        let device = text::sentence::device(login.browser, login.system);
        let label = (text::end(), view! { <span class="unseen">" " {device.clone()}</span> }).into_any();
        let end = move || self.run(Some((format!("{PATH}/{id}"), text::login_ended())));
        let action = match login.current {
            true => line("badge", text::this_login().to_owned()),
            false => button_with("button", label, end),
        };
        let times = text::sentence::login_times(&login.created_at, &login.used_at);
        view! { <div role="listitem">{line("login", device)} {line("hint", times)} {action}</div> }.into_any()
    }
}
