//! The forms of the pages without JavaScript. A rejected form shows the values as typed, except passwords, and the
//! error.

use maud::{Markup, html};
use shared::problem::ProblemType;
use uuid::Uuid;

use crate::lite::field::Field;
use crate::lite::form_state::FormState;
use crate::lite::list::List;
use crate::lite::page_error::PageError;
use crate::store::users::User;
use crate::web::idempotency_key::IdempotencyKey;

/// Renders the login form.
pub fn log_in(state: &FormState<'_>) -> Markup {
    let texts = &state.texts.shared;
    let field = |name, label, autocomplete| Field {
        state,
        form: "log-in",
        name,
        label,
        hint: "",
        autocomplete,
        is_required: true,
    };
    html! {
        section class="card" aria-labelledby="log-in" {
            h2 id="log-in" { (texts.log_in) }
            form method="post" action="/lite/login" {
                (state.render_form_error(&["username", "password"]))
                (field("username", texts.username, "username").text_input())
                (field("password", texts.password, "current-password").password_input())
                button class="primary" { (texts.log_in) }
            }
        }
    }
}

/// Renders the sign-up form.
pub fn sign_up(state: &FormState<'_>) -> Markup {
    let texts = &state.texts.shared;
    let field = |name, label, hint, autocomplete| Field {
        state,
        form: "sign-up",
        name,
        label,
        hint,
        autocomplete,
        is_required: true,
    };
    html! {
        section class="card" aria-labelledby="sign-up" {
            h2 id="sign-up" { (texts.sign_up) }
            form method="post" action="/lite/signup" {
                (state.render_form_error(&["username", "name", "password"]))
                (field("username", texts.username, texts.username_hint, "username").text_input())
                (field("name", texts.display_name, texts.display_name_hint, "name").text_input())
                (field("password", texts.password, texts.password_hint, "new-password").password_input())
                button class="primary" { (texts.sign_up) }
            }
        }
    }
}

/// Renders the form for a new message or wish by this user.
pub fn new_post(list: List, user: &User, state: &FormState<'_>) -> Markup {
    let labels = list.labels(&state.texts.shared);
    let fields = fields(list, state);
    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    html! {
        section class="card" aria-label=(labels.create) {
            form method="post" action=(form_action(list)) {
                (state.render_form_error(&names))
                input type="hidden" name="author" value=(user.username);
                input type="hidden" name="key" value=(idempotency_key(state));
                @for field in &fields {
                    @if has_lines(field.name) { (field.text_area()) } @else { (field.text_input()) }
                }
                button class="primary" { (labels.submit) }
            }
        }
    }
}

/// Renders the post of a user whose session ended before the form was sent, so that the text is not lost.
pub fn unsent_post(list: List, state: &FormState<'_>) -> Markup {
    html! {
        @if state.error().is_some() {
            section class="card unsent" aria-label=(state.texts.not_posted) {
                (state.render_form_error(&[]))
                @for field in fields(list, state) {
                    @let id = format!("unsent-{}", field.name);
                    div class="field" {
                        label for=(id) { (field.label) }
                        textarea id=(id) rows=(if has_lines(field.name) { "4" } else { "1" }) readonly dir="auto" {
                            (state.value(field.name))
                        }
                    }
                }
            }
        }
    }
}

/// Returns the path that creates a post of this list.
fn form_action(list: List) -> &'static str {
    match list {
        List::Messages => "/lite/messages",
        List::Wishes => "/lite/wishes",
    }
}

/// Returns the fields of the form for a new message or wish.
fn fields<'a>(list: List, state: &'a FormState<'a>) -> Vec<Field<'a>> {
    let texts = &state.texts.shared;
    let field = |form, name, label, hint, is_required| Field {
        state,
        form,
        name,
        label,
        hint,
        autocomplete: "off",
        is_required,
    };
    match list {
        List::Messages => vec![field("post", "body", texts.message, "", true)],
        List::Wishes => vec![
            field("wish", "name", texts.wish, "", true),
            field("wish", "description", texts.wish_description, "", false),
            field("wish", "url", texts.wish_link, texts.wish_link_hint, false),
        ],
    }
}

/// Returns whether a field of a post can have several lines.
fn has_lines(field: &str) -> bool {
    matches!(field, "body" | "description")
}

/// Returns the idempotency key of the form. A rejected form keeps its key, because the post may have been created
/// anyway. It gets a new key if the old one cannot create another post.
fn idempotency_key(state: &FormState<'_>) -> String {
    let is_used = |error: &PageError| matches!(error.kind, ProblemType::KeyReused | ProblemType::Gone);
    let key = state.value("key");
    if IdempotencyKey::parse(key).is_ok() && !state.error().is_some_and(is_used) {
        key.to_owned()
    } else {
        Uuid::new_v4().to_string()
    }
}
