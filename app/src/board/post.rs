//! The dialog to post a message with.

use leptos::html;
use leptos::prelude::*;
use shared::board::{Body, Message, NewMessage};
use web_sys::{HtmlFormElement, SubmitEvent};

use crate::api::{self, Request};
use crate::board::Feed;
use crate::form::check::{Check, Faults};
use crate::form::field::{Explanation, described_by};
use crate::form::{self, Submit, Trouble};
use crate::session::Session;
use crate::text;

/// Opened by the page; stays in it when closed, with what was typed.
#[component]
pub(super) fn PostDialog(dialog: NodeRef<html::Dialog>, feed: Feed) -> impl IntoView {
    let session = Session::current();
    let check = Check::new();
    let used = RwSignal::new(0);
    let close = move || _ = dialog.get_untracked().map(|dialog| dialog.close());
    let post = Action::new_local(move |(form, new): &(HtmlFormElement, NewMessage)| {
        let (form, request) = (form.clone(), Request::post("/api/messages", new));
        async move {
            match api::call::<Message>(session, request).await {
                Ok(message) => {
                    feed.add(message);
                    form.reset();
                    used.set(0);
                    close();
                }
                Err(failure) => check.show(&form, Faults::from_failure(&failure, &["body"])),
            }
        }
    });
    let on_submit = move |event: SubmitEvent| {
        let Some(form) = form::taken(&event).filter(|_| !post.pending().get_untracked()) else { return };
        check.clear();
        let mut faults = Faults::default();
        match faults.check("body", Body::parse(&form::value(&form, "body"))) {
            Some(body) => _ = post.dispatch_local((form, NewMessage { body })),
            None => check.show(&form, faults),
        }
    };
    view! {
        <dialog class="dialog" aria-labelledby="post-heading" node_ref=dialog>
            <form class="form" novalidate on:submit=on_submit>
                <h2 id="post-heading">{text::post_a_message()}</h2>
                <BodyField check used />
                <Trouble check />
                <div class="dialog-buttons">
                    <button class="button" type="button" on:click=move |_| close()>{text::cancel()}</button>
                    <Submit label=text::post() busy_label=text::posting() busy=post.pending() />
                </div>
            </form>
        </dialog>
    }
}

#[component]
fn BodyField(check: Check, used: RwSignal<usize>) -> impl IntoView {
    let count = move |event| {
        check.mend("body");
        used.set(event_target_value(&event).trim().chars().count());
    };
    view! {
        <div class="field">
            <label for="post-body">{text::message()}</label>
            <textarea
                id="post-body"
                name="body"
                rows="6"
                dir="auto"
                autofocus
                aria-invalid=move || check.at("body").map(|_| "true")
                aria-describedby=described_by("post-body")
                on:input=count
            ></textarea>
            <p class="hint" id="post-body-hint" class:too-many=move || { used.get() > Body::MOST }>
                {move || text::characters(used.get(), Body::MOST)}
            </p>
            <Explanation id="post-body".to_owned() name="body" check hint=None />
        </div>
    }
}
