//! A field of a form: its label, control, hint and error.

use maud::{Markup, html};

use crate::lite::form_state::FormState;

/// A field of a form.
pub struct Field<'a> {
    /// The state of the form, with the field's value and error.
    pub state: &'a FormState<'a>,
    /// The prefix of the id, which makes it unique on the page.
    pub form: &'static str,
    /// The name under which the field is sent.
    pub name: &'static str,
    /// The label above the control.
    pub label: &'static str,
    /// The hint below the control; may be empty.
    pub hint: &'static str,
    /// The attribute `autocomplete`.
    pub autocomplete: &'static str,
    /// Whether the browser asks for a value before it sends the form.
    pub is_required: bool,
}

impl Field<'_> {
    /// Renders the label, the control, the hint and the error. `control` receives the id, the value of
    /// `aria-describedby`, and whether the field is invalid.
    fn render(&self, control: impl FnOnce(&str, Option<&str>, bool) -> Markup) -> Markup {
        let (id, field_error) = (format!("{}-{}", self.form, self.name), self.state.field_error(self.name));
        let hint = (!self.hint.is_empty()).then(|| format!("{id}-hint"));
        let error_id = field_error.as_ref().map(|_| format!("{id}-error"));
        let described_by = hint.iter().chain(&error_id).map(String::as_str).collect::<Vec<_>>().join(" ");
        let described_by = Some(described_by.as_str()).filter(|ids| !ids.is_empty());
        html! {
            div class="field" {
                label for=(id) { (self.label) }
                (control(&id, described_by, field_error.is_some()))
                @if let Some(hint) = &hint { p class="hint" id=(hint) { (self.hint) } }
                @if let Some(text) = &field_error { p class="field-error" id={ (id) "-error" } { (text) } }
            }
        }
    }

    /// Renders a field for one line of text.
    pub fn text_input(&self) -> Markup {
        let is_username = self.name == "username";
        let is_url = self.name == "url";
        self.render(|id, described_by, is_invalid| {
            html! {
                input id=(id) name=(self.name) value=(self.state.value(self.name)) required[self.is_required]
                    dir="auto" spellcheck="false" inputmode=[is_url.then_some("url")]
                    autocapitalize=[(is_username || is_url).then_some("none")]
                    autocomplete=(self.autocomplete) aria-describedby=[described_by]
                    aria-invalid=[is_invalid.then_some("true")] autofocus[is_invalid];
            }
        })
    }

    /// Renders a password field. It is always empty, so that no response contains a password.
    pub fn password_input(&self) -> Markup {
        self.render(|id, described_by, is_invalid| {
            html! {
                input id=(id) name=(self.name) type="password" required[self.is_required]
                    autocomplete=(self.autocomplete) aria-describedby=[described_by]
                    aria-invalid=[is_invalid.then_some("true")] autofocus[is_invalid];
            }
        })
    }

    /// Renders a field for several lines of text.
    pub fn text_area(&self) -> Markup {
        self.render(|id, described_by, is_invalid| {
            html! {
                textarea id=(id) name=(self.name) rows="4" required[self.is_required] dir="auto"
                    aria-describedby=[described_by] aria-invalid=[is_invalid.then_some("true")]
                    autofocus[is_invalid] { (self.state.value(self.name)) }
            }
        })
    }
}
