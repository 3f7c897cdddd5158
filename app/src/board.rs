//! The message board: anyone reads it, whoever is logged in may post.

mod post;

use leptos::html;
use leptos::prelude::*;
use shared::board::{Message, Messages};

use crate::api::{self, Failure};
use crate::board::post::PostDialog;
use crate::session::Session;
use crate::text;

/// The messages this page knows of, newest first.
#[derive(Clone, Copy)]
struct Feed {
    /// What was written here since the page was opened, newest first.
    posted: RwSignal<Vec<Message>>,
    newest: LocalResource<Result<Messages, Failure>>,
    older: RwSignal<Vec<Messages>>,
}

impl Feed {
    fn new() -> Self {
        Self {
            posted: RwSignal::default(),
            newest: LocalResource::new(|| api::read("/api/messages")),
            older: RwSignal::default(),
        }
    }

    /// Somebody has written this here, just now.
    fn add(self, message: Message) {
        self.posted.update(|posted| posted.insert(0, message));
    }

    /// All of them, each once: what was posted here may be in a page that came later.
    fn messages(self) -> Vec<Message> {
        let mut messages = self.posted.get();
        let newest = self.newest.get().and_then(Result::ok);
        for page in newest.into_iter().chain(self.older.get()) {
            for message in page.messages {
                if !messages.iter().any(|known| known.id == message.id) {
                    messages.push(message);
                }
            }
        }
        messages
    }

    /// Where the next older page begins.
    fn next(self) -> Option<String> {
        let last = self.older.with(|older| older.last().map(|page| page.next.clone()));
        last.unwrap_or_else(|| self.newest.get()?.ok()?.next)
    }
}

/// The page.
#[component]
pub fn Board() -> impl IntoView {
    let feed = Feed::new();
    let session = Session::current();
    let dialog = NodeRef::<html::Dialog>::new();
    let logged_in = move || session.user().is_some();
    let open = move |_| _ = dialog.get_untracked().map(|dialog| dialog.show_modal());
    view! {
        <div class="page-head">
            <h1 tabindex="-1">{text::messages()}</h1>
            <Show
                when=logged_in
                fallback=|| view! { <p class="hint">{text::guest_hint()}</p> }
            >
                <button class="button button-primary" type="button" on:click=open>
                    {text::post_a_message()}
                </button>
            </Show>
        </div>
        // Always there, so that a text survives the end of a login.
        <PostDialog dialog feed />
        <List feed />
    }
}

#[component]
fn List(feed: Feed) -> impl IntoView {
    let now = now();
    view! {
        <div class="feed" aria-busy=move || feed.newest.get().is_none().to_string()>
            <For each=move || feed.messages() key=|message| (message.id.clone(), message.version) let:message>
                <Article message now />
            </For>
        </div>
        {move || match feed.newest.get() {
            None => view! { <Loading /> }.into_any(),
            Some(Err(failure)) => {
                let again = move |_| {
                    feed.newest.set(None);
                    feed.newest.refetch();
                };
                view! { <Failed failure again /> }.into_any()
            }
            Some(Ok(_)) => view! { <End feed /> }.into_any(),
        }}
    }
}

/// The time in milliseconds since 1970; moves on while the page is open.
fn now() -> ReadSignal<f64> {
    let (now, set_now) = signal(js_sys::Date::now());
    let tick = move || set_now.set(js_sys::Date::now());
    if let Ok(interval) = set_interval_with_handle(tick, std::time::Duration::from_secs(30)) {
        on_cleanup(move || interval.clear());
    }
    now
}

#[component]
fn Article(message: Message, now: ReadSignal<f64>) -> impl IntoView {
    let Message { author, body, created_at, edited_at, .. } = message;
    let initial = author.name.chars().next().map(String::from);
    // A colour of one's own, the same on every device.
    let hue = author.username.bytes().fold(7_u32, |hue, byte| hue.wrapping_mul(31) + u32::from(byte)) % 360;
    let full_time = text::full_time(&created_at);
    let written = created_at.clone();
    view! {
        <article class="card message">
            <span class="avatar" aria-hidden="true" style:--hue=hue.to_string()>{initial}</span>
            <header class="message-head">
                <bdi class="message-author">{author.name}</bdi>
                <time class="hint" datetime=created_at title=full_time>
                    {move || text::ago(&written, now.get())}
                </time>
                {edited_at.map(|_| view! { <span class="hint">{text::edited()}</span> })}
            </header>
            <p class="message-body" dir="auto">{body}</p>
        </article>
    }
}

/// Neutral blocks, as in the shell.
#[component]
fn Loading() -> impl IntoView {
    view! {
        <div class="feed">
            <p class="unseen" role="status">{text::loading()}</p>
            <div class="block block-card"></div>
            <div class="block block-card"></div>
            <div class="block block-card"></div>
        </div>
    }
}

#[component]
fn Failed(failure: Failure, again: impl Fn(leptos::ev::MouseEvent) + 'static) -> impl IntoView {
    view! {
        <div class="state" role="alert">
            <p>{text::failure(&failure)}</p>
            <button class="button" type="button" on:click=again>{text::try_again()}</button>
        </div>
    }
}

/// What follows the last message: older ones, or that there are none at all.
#[component]
fn End(feed: Feed) -> impl IntoView {
    let session = Session::current();
    let failure = RwSignal::new(None);
    let load = Action::new_local(move |next: &String| {
        let path = format!("/api/messages?before={}", js_sys::encode_uri_component(next));
        async move {
            match api::read(&path).await {
                Ok(page) => {
                    failure.set(None);
                    feed.older.update(|older| older.push(page));
                }
                Err(why) => failure.set(Some(why)),
            }
        }
    });
    let busy = load.pending();
    let on_click =
        move |_| _ = feed.next().filter(|_| !busy.get_untracked()).map(|next| load.dispatch_local(next));
    view! {
        <Show when=move || feed.messages().is_empty()>
            <div class="state">
                <h2>{text::no_messages()}</h2>
                <p>
                    {move || match session.user() {
                        Some(_) => text::no_messages_user(),
                        None => text::no_messages_guest(),
                    }}
                </p>
            </div>
        </Show>
        <div role="alert">
            {move || failure.get().map(|why| view! { <p class="trouble">{text::failure(&why)}</p> })}
        </div>
        <Show when=move || feed.next().is_some()>
            <button class="button older" type="button" disabled=busy on:click=on_click>
                {move || if busy.get() { text::loading() } else { text::older_messages() }}
            </button>
        </Show>
    }
}
