//! Renders the pages without JavaScript. All values are escaped.

use jiff::Timestamp;
use maud::{DOCTYPE, Markup, html};
use shared::messages::{Message, MessagePage};
use shared::problem::{Problem, ProblemType};
use shared::texts::ENGLISH;

use crate::lite::form_state::{FormId, FormState, RejectedForm};
use crate::lite::forms;
use crate::store::users::User;

/// Renders the page of a user or guest: forms and messages.
pub fn render(user: Option<&User>, messages: &MessagePage, rejected: Option<&RejectedForm>) -> Markup {
    let state = |id| FormState::new(id, rejected);
    // A user sees these forms only if one of them was rejected.
    let shows_login = user.is_none() || rejected.is_some_and(|rejected| rejected.id != FormId::NewMessage);
    let content = html! {
        h1 { @if user.is_some() { "Messages" } @else { "Welcome" } }
        @match user {
            Some(user) => (forms::new_message(user, &state(FormId::NewMessage))),
            None => (forms::unsent_message(&state(FormId::NewMessage))),
        }
        @if shows_login {
            div class="forms" { (forms::log_in(&state(FormId::LogIn))) (forms::sign_up(&state(FormId::SignUp))) }
        }
        section id="messages" aria-label="Messages" {
            @if user.is_none() { h2 { "Messages" } }
            @for message in &messages.messages { (article(message)) }
            @if messages.messages.is_empty() { p class="hint" { "No messages yet" } }
            @if let Some(next) = &messages.next {
                p { a class="button" href={ "/lite?before=" (next) "#messages" } { "Older messages" } }
            }
        }
    };
    let title = if rejected.is_some() { "Error: Messages" } else { "Messages" };
    document(title, &header_actions(user), &content)
}

/// Renders a page that contains only an error.
pub fn render_error(problem: &Problem) -> Markup {
    let text = match problem.kind {
        // The user has typed or followed a wrong address. Form errors are shown on the page with the form.
        ProblemType::NotFound | ProblemType::Invalid => ENGLISH.page_not_found_detail,
        _ => &problem.detail,
    };
    let content = html! {
        h1 { "Something went wrong" }
        p { (text) }
        p { a class="button" href="/lite" { "Go to messages" } }
    };
    document("Error", &html! {}, &content)
}

/// The icon of the site as a data URL, so that it needs no request.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E\
    %3Crect width='32' height='32' rx='9' fill='%235b4bd6'/%3E%3Cpath fill='%23fff' d='m16 5.5 2.9 7.6 7.6 \
    2.9-7.6 2.9-2.9 7.6-2.9-7.6L5.5 16l7.6-2.9z'/%3E%3C/svg%3E";

fn document(title: &str, header_actions: &Markup, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" dir="ltr" {
            head {
                meta charset="utf-8";
                title { (title) " · Wishboard" }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="icon" type="image/svg+xml" href=(ICON);
                link rel="stylesheet" href="/lite/style.css";
            }
            body {
                a class="skip-link" href="#main" { "Skip to content" }
                header { div class="row" { a class="brand" href="/lite" { "Wishboard" } (header_actions) } }
                main id="main" { (content) }
                footer { p class="hint" {
                    "This is the basic version. The " a href="/" { "full version" } " needs JavaScript."
                } }
            }
        }
    }
}

/// Renders the name of the user and the logout button. For guests, renders a link that skips the forms.
fn header_actions(user: Option<&User>) -> Markup {
    html! {
        @match user {
            Some(user) => form class="account" method="post" action="/lite/logout" {
                span class="visually-hidden" { "Logged in as " }
                bdi { (user.name) }
                " "
                button { "Log out" }
            },
            None => a class="target" href="#messages" { "Go to messages" },
        }
    }
}

fn article(Message { author, body, created_at, edited_at, .. }: &Message) -> Markup {
    html! {
        article class="card" {
            p class="head" {
                strong { bdi { (author.name) } }
                " " span class="hint" { "@" (author.username) }
                " " time class="hint" datetime=(created_at) { (format_time(created_at.as_str())) }
                @if edited_at.is_some() { " " span class="hint" { "edited" } }
            }
            p dir="auto" {
                @for (number, line) in body.lines().enumerate() {
                    @if number > 0 { br; }
                    (line)
                }
            }
        }
    }
}

/// Formats a time in UTC, because the server does not know the user's time zone.
fn format_time(time: &str) -> String {
    time.parse::<Timestamp>()
        .map_or_else(|_| time.to_owned(), |time| time.strftime("%-d %B %Y, %H:%M UTC").to_string())
}
