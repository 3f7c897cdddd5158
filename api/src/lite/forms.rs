//! The forms of the pages without JavaScript. A rejected form shows the values as typed, except passwords, and the
//! error.

use maud::{Markup, html};
use shared::problem::{Problem, ProblemType};
use shared::texts::ENGLISH;
use uuid::Uuid;

use crate::lite::field::Field;
use crate::lite::form_state::FormState;
use crate::store::users::User;
use crate::web::idempotency_key::IdempotencyKey;

/// Renders the login form.
pub fn log_in(state: &FormState<'_>) -> Markup {
    let field =
        |name, label, autocomplete| Field { state, form: "log-in", name, label, hint: "", autocomplete };
    html! {
        section class="card" aria-labelledby="log-in" {
            h2 id="log-in" { "Log in" }
            form method="post" action="/lite/login" {
                (state.render_form_error(&["username", "password"]))
                (field("username", "Username", "username").text_input())
                (field("password", "Password", "current-password").password_input())
                button class="primary" { "Log in" }
            }
        }
    }
}

/// Renders the sign-up form.
pub fn sign_up(state: &FormState<'_>) -> Markup {
    let field =
        |name, label, hint, autocomplete| Field { state, form: "sign-up", name, label, hint, autocomplete };
    html! {
        section class="card" aria-labelledby="sign-up" {
            h2 id="sign-up" { "Sign up" }
            form method="post" action="/lite/signup" {
                (state.render_form_error(&["username", "name", "password"]))
                (field("username", "Username", ENGLISH.username_hint, "username").text_input())
                (field("name", "Name", ENGLISH.display_name_hint, "name").text_input())
                (field("password", "Password", ENGLISH.password_hint, "new-password").password_input())
                button class="primary" { "Sign up" }
            }
        }
    }
}

/// Renders the form for a new message by this user.
pub fn new_message(user: &User, state: &FormState<'_>) -> Markup {
    let key = idempotency_key(state);
    let field = Field { state, form: "post", name: "body", label: "Message", hint: "", autocomplete: "off" };
    html! {
        section class="card" aria-label="Post a message" {
            form method="post" action="/lite/messages" {
                (state.render_form_error(&["body"]))
                input type="hidden" name="author" value=(user.username);
                input type="hidden" name="key" value=(key);
                (field.text_area())
                button class="primary" { "Post" }
            }
        }
    }
}

/// Returns the idempotency key of the form. A rejected form keeps its key, because the message may have been created
/// anyway. It gets a new key if the old one cannot create another message.
fn idempotency_key(state: &FormState<'_>) -> String {
    let is_used = |problem: &Problem| matches!(problem.kind, ProblemType::KeyReused | ProblemType::Gone);
    let key = state.value("key");
    if IdempotencyKey::parse(key).is_ok() && !state.problem().is_some_and(is_used) {
        key.to_owned()
    } else {
        Uuid::new_v4().to_string()
    }
}

/// Renders the message of a user whose session ended before the form was sent, so that the text is not lost.
pub fn unsent_message(state: &FormState<'_>) -> Markup {
    html! {
        @if state.problem().is_some() {
            section class="card unsent" aria-label="Your message" {
                (state.render_form_error(&[]))
                div class="field" {
                    label for="unsent" { "Your message" }
                    textarea id="unsent" rows="4" readonly dir="auto" { (state.value("body")) }
                }
            }
        }
    }
}
