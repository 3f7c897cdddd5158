//! The forms of the pages without JavaScript: their fields, what was typed into them, and what is
//! wrong with it. A password is never shown again.

use maud::{Markup, html};
use shared::problem::{Problem, ProblemType};
use shared::texts;
use uuid::Uuid;

use crate::store::users::User;
use crate::web::extract::Form;
use crate::web::idempotency_key::IdempotencyKey;

/// Which form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum FormName {
    /// To log in.
    LogIn,
    /// To make an account.
    SignUp,
    /// To post a message.
    Post,
}

/// A form that was sent in vain.
pub struct RejectedForm {
    /// Which one.
    pub form: FormName,
    /// What was in it.
    pub value: Form,
    /// Why.
    pub problem: Problem,
}

/// What is known of a form: what was typed, and what is wrong.
pub struct State<'a> {
    value: Option<&'a Form>,
    problem: Option<&'a Problem>,
}

impl<'a> State<'a> {
    /// Of this form: what was refused may have been another one.
    pub fn of(form: FormName, rejected: Option<&'a RejectedForm>) -> Self {
        let rejected = rejected.filter(|rejected| rejected.form == form);
        Self {
            value: rejected.map(|rejected| &rejected.value),
            problem: rejected.map(|rejected| &rejected.problem),
        }
    }

    fn value(&self, field: &str) -> &'a str {
        self.value.map(|form| form.value(field)).unwrap_or_default()
    }

    /// What is wrong with a field, and it is the one to blame.
    fn field_error(&self, field: &str) -> Option<&'a Problem> {
        self.problem.filter(|problem| problem.field.as_deref() == Some(field))
    }

    /// What is wrong, if it is with none of these fields. It gets the focus, so that it is read first.
    fn form_error(&self, fields: &[&str]) -> Markup {
        let whole = self.problem.filter(|_| fields.iter().all(|field| self.field_error(field).is_none()));
        html! {
            @if let Some(problem) = whole {
                p class="trouble" role="alert" tabindex="-1" autofocus { (what_to_do(problem)) }
            }
        }
    }
}

/// A field of a form.
struct Field<'a> {
    state: &'a State<'a>,
    form: &'static str,
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    autocomplete: &'static str,
}

impl Field<'_> {
    /// Its label, what `input` makes of it, and what there is to say about it.
    fn render(&self, input: impl FnOnce(&str, Option<&str>, bool) -> Markup) -> Markup {
        let (id, field_error) = (format!("{}-{}", self.form, self.name), self.state.field_error(self.name));
        let hint = (!self.hint.is_empty()).then(|| format!("{id}-hint"));
        let described = hint.clone().into_iter().chain(field_error.map(|_| format!("{id}-fault")));
        let described = described.collect::<Vec<_>>().join(" ");
        let described = Some(described.as_str()).filter(|described| !described.is_empty());
        html! {
            div class="field" {
                label for=(id) { (self.label) }
                (input(&id, described, field_error.is_some()))
                @if let Some(hint) = &hint { p class="hint" id=(hint) { (self.hint) } }
                @if let Some(problem) = field_error {
                    p class="fault" id={ (id) "-fault" } { (at_field(problem)) }
                }
            }
        }
    }

    fn text(&self) -> Markup {
        self.render(|id, described, wrong| {
            html! {
                input id=(id) name=(self.name) value=(self.state.value(self.name)) required dir="auto"
                    spellcheck="false" autocapitalize=[(self.name == "username").then_some("none")]
                    autocomplete=(self.autocomplete) aria-describedby=[described]
                    aria-invalid=[wrong.then_some("true")] autofocus[wrong];
            }
        })
    }

    /// Never with what was typed.
    fn password(&self) -> Markup {
        self.render(|id, described, wrong| {
            html! {
                input id=(id) name=(self.name) type="password" required autocomplete=(self.autocomplete)
                    aria-describedby=[described] aria-invalid=[wrong.then_some("true")] autofocus[wrong];
            }
        })
    }

    fn text_area(&self) -> Markup {
        self.render(|id, described, wrong| {
            html! {
                textarea id=(id) name=(self.name) rows="4" required dir="auto" aria-describedby=[described]
                    aria-invalid=[wrong.then_some("true")] autofocus[wrong] { (self.state.value(self.name)) }
            }
        })
    }
}

/// To log in.
pub fn log_in(state: &State<'_>) -> Markup {
    let field =
        |name, label, autocomplete| Field { state, form: "log-in", name, label, hint: "", autocomplete };
    html! {
        section class="card" aria-labelledby="log-in" {
            h2 id="log-in" { "Log in" }
            form method="post" action="/lite/login" {
                (state.form_error(&["username", "password"]))
                (field("username", "Username", "username").text())
                (field("password", "Password", "current-password").password())
                button class="primary" { "Log in" }
            }
        }
    }
}

/// To make an account.
pub fn sign_up(state: &State<'_>) -> Markup {
    let field =
        |name, label, hint, autocomplete| Field { state, form: "sign-up", name, label, hint, autocomplete };
    html! {
        section class="card" aria-labelledby="sign-up" {
            h2 id="sign-up" { "Sign up" }
            form method="post" action="/lite/signup" {
                (state.form_error(&["username", "name", "password"]))
                (field("username", "Username", texts::USERNAME_HINT, "username").text())
                (field("name", "Name", texts::DISPLAY_NAME_HINT, "name").text())
                (field("password", "Password", texts::PASSWORD_HINT, "new-password").password())
                button class="primary" { "Sign up" }
            }
        }
    }
}

/// To post a message, as this user.
pub fn post(user: &User, state: &State<'_>) -> Markup {
    // The same key again, so that what was stored after all is not stored twice; a new one where
    // the old one is of no more use.
    let spent = state
        .problem
        .is_some_and(|problem| matches!(problem.kind, ProblemType::KeyReused | ProblemType::Gone));
    let key = Some(state.value("key")).filter(|key| !spent && IdempotencyKey::parse(key).is_ok());
    let key = key.map_or_else(|| Uuid::new_v4().to_string(), str::to_owned);
    let field = Field { state, form: "post", name: "body", label: "Message", hint: "", autocomplete: "off" };
    html! {
        section class="card" aria-label="Post a message" {
            form method="post" action="/lite/messages" {
                (state.form_error(&["body"]))
                input type="hidden" name="author" value=(user.username);
                input type="hidden" name="key" value=(key);
                (field.text_area())
                button class="primary" { "Post" }
            }
        }
    }
}

/// For a guest who was logged in a moment ago: nothing typed is lost.
pub fn unsent(state: &State<'_>) -> Markup {
    html! {
        @if state.problem.is_some() {
            section class="card unsent" aria-label="Your message" {
                (state.form_error(&[]))
                div class="field" {
                    label for="unsent" { "Your message" }
                    textarea id="unsent" rows="4" readonly dir="auto" { (state.value("body")) }
                }
            }
        }
    }
}

/// The error of a field: a sentence without the field's name, since it is shown below the field.
fn at_field(problem: &Problem) -> &str {
    let name = problem.field.as_deref().unwrap_or_default();
    match problem.kind {
        ProblemType::WeakPassword => texts::WEAK_PASSWORD,
        _ => {
            let sentence = problem.detail.strip_prefix(name).and_then(|rest| rest.strip_prefix(": "));
            sentence.unwrap_or(&problem.detail)
        }
    }
}

/// What went wrong with a form, and what the user can do.
fn what_to_do(problem: &Problem) -> &str {
    match problem.kind {
        ProblemType::NotLoggedIn => {
            "You were logged out, so this was not posted. Copy your text, log in, and post it again."
        }
        ProblemType::NotYours => {
            "Another account is now logged in in this browser, so this was not posted. Press Post to post it as the user named above."
        }
        ProblemType::KeyReused => {
            "An earlier version of this was already posted. Press Post to post this one, too."
        }
        ProblemType::Gone => "This was already posted and then deleted. Press Post to post it again.",
        _ => &problem.detail,
    }
}
