//! The state of a form: its errors, whether a request is pending, and the wait after too many attempts.

use std::time::Duration;

use futures_util::future::LocalBoxFuture;
use js_sys::Date;
use leptos::prelude::*;
use leptos::{ev, html};
use shared::validation::ValidationError;
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, SubmitEvent};

use crate::api;
use crate::form::field_errors::FieldErrors;
use crate::form::values;
use crate::i18n::texts;
use crate::view::busy;
use crate::view::focus::{focus_in, select_in};

/// The request of a submitted form.
pub type Submission = LocalBoxFuture<'static, Result<(), api::Error>>;

/// Reads the values of a form, and returns the request to send or the errors to show.
pub type SubmitHandler = dyn Fn(&HtmlFormElement) -> Result<Submission, FieldErrors>;

/// The state of a form, in signals.
#[derive(Clone, Copy)]
pub struct FormState {
    errors: RwSignal<FieldErrors>,
    busy: RwSignal<bool>,
    /// The error of the last request.
    api_error: RwSignal<Option<api::Error>>,
    /// The status text: the last request succeeded, there were too many attempts, or the wait is over.
    status: RwSignal<Option<String>>,
    /// Seconds until the form can be submitted again; 0 if it need not wait.
    retry_wait: RwSignal<u32>,
    /// The end of the wait, in milliseconds since 1970.
    retry_at: StoredValue<f64>,
}

impl FormState {
    /// A form without errors.
    pub fn new() -> Self {
        Self {
            errors: RwSignal::default(),
            busy: RwSignal::default(),
            api_error: RwSignal::default(),
            status: RwSignal::default(),
            retry_wait: RwSignal::default(),
            retry_at: StoredValue::default(),
        }
    }

    /// Handles a submit event: sends the request that `handler` returns, or shows the errors that it returns. Does
    /// nothing while a request is pending or the form has to wait. `fields` are the fields whose errors the API can
    /// report.
    pub fn submit(self, event: &SubmitEvent, fields: &'static [&'static str], handler: &SubmitHandler) {
        event.prevent_default();
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = form else { return };
        if self.busy.get_untracked() || self.retry_wait.get_untracked() > 0 {
            return;
        }
        self.clear();
        match handler(&form) {
            Err(errors) => self.show_errors_and_focus(&form, errors),
            Ok(submission) => busy::spawn(self.busy, async move {
                // If the user has left the page, its signals are disposed.
                if let (Err(error), false) = (submission.await, self.busy.is_disposed()) {
                    self.on_api_error(form, &error, fields);
                }
            }),
        }
    }

    fn on_api_error(self, form: HtmlFormElement, error: &api::Error, fields: &[&'static str]) {
        self.api_error.set(Some(error.clone()));
        if let api::Error::RateLimited(Some(wait)) = error {
            self.set_status(texts().shared.too_many_attempts.to_owned());
            self.show_errors_and_focus(&form, FieldErrors::default());
            let retry_at = Date::now() + wait.as_secs() as f64 * 1000.0;
            self.retry_at.set_value(retry_at);
            self.count_down(form, retry_at);
            return;
        }
        let errors = FieldErrors::from_api_error(error, fields);
        if error.is_wrong_password() {
            self.show_errors(errors);
            select_in(form.into(), "[autocomplete=current-password]");
        } else {
            self.show_errors_and_focus(&form, errors);
        }
    }

    /// Updates the wait once per second. Reads the clock each time, because timers stop while the device sleeps.
    fn count_down(self, form: HtmlFormElement, retry_at: f64) {
        if self.retry_at.try_get_value() != Some(retry_at) {
            return; // another countdown has started, or the user has changed the username or left the page
        }
        let seconds_left = ((retry_at - Date::now()) / 1000.0).ceil().max(0.0) as u32;
        if seconds_left == 0 && self.retry_wait.try_get_untracked().is_some() {
            self.set_status(texts().retry_allowed.to_owned());
            // The countdown disappears. If it has the focus, the button receives the focus.
            if form.query_selector("[role=timer]:focus").is_ok_and(|focused| focused.is_some()) {
                focus_in(form.into(), "button[type=submit]");
            }
            self.retry_wait.set(0);
        } else if self.retry_wait.try_set(seconds_left).is_none() {
            set_timeout(move || self.count_down(form, retry_at), Duration::from_secs(1));
        }
    }

    /// Replaces the errors, and moves the focus to the first invalid field, the countdown or the submit button.
    fn show_errors_and_focus(self, form: &HtmlFormElement, errors: FieldErrors) {
        self.errors.set(errors);
        let target = "[aria-invalid=true], [role=timer]:not([hidden]), button[type=submit]";
        focus_in(form.clone().into(), target);
    }

    /// Replaces the errors without moving the focus.
    pub fn show_errors(self, errors: FieldErrors) {
        self.errors.set(errors);
    }

    /// Shows a field error. It replaces the earlier error of that field.
    pub fn show_field_error(self, field: &'static str, error: ValidationError) {
        self.on_field_input(field);
        self.errors.update(|errors| errors.add(field, error));
    }

    /// Removes all errors and the status.
    pub fn clear(self) {
        self.errors.set(FieldErrors::default());
        self.api_error.set(None);
        self.status.set(None);
    }

    /// Called when the user changes a field. Removes its error and the status. Another username also ends the wait,
    /// because the API counts attempts per username.
    pub fn on_field_input(self, field: &'static str) {
        if self.field_error(field).is_some() {
            self.errors.update(|errors| errors.remove(field));
        }
        if field == "username" && self.retry_wait.get_untracked() > 0 {
            self.retry_at.set_value(0.0);
            self.retry_wait.set(0);
        }
        if self.retry_wait.get_untracked() == 0 && self.status().is_some() {
            self.status.set(None);
        }
    }

    /// Shows a status text.
    pub fn set_status(self, status: String) {
        self.status.set(Some(status));
    }

    /// The error of a field. Tracks changes.
    pub fn field_error(self, field: &'static str) -> Option<String> {
        self.errors.with(|errors| errors.of_field(field))
    }

    /// The error of the form as a whole. Tracks changes.
    pub fn form_error(self) -> Option<String> {
        self.errors.with(FieldErrors::of_form)
    }

    /// The status text. Tracks changes.
    pub fn status(self) -> Option<String> {
        self.status.get()
    }

    /// Whether the same request may succeed later. Tracks changes.
    pub fn is_retryable(self) -> bool {
        self.api_error.with(|error| error.as_ref().is_some_and(api::Error::is_retryable))
    }

    /// Whether the user has to log in before the form can be submitted. Tracks changes.
    pub fn needs_login(self) -> bool {
        self.api_error.with(|error| error.as_ref().is_some_and(api::Error::needs_login))
    }

    /// Whether a request of the form is pending.
    pub fn busy(self) -> RwSignal<bool> {
        self.busy
    }

    /// Seconds until the form can be submitted again; 0 if it need not wait. Tracks changes.
    pub fn retry_wait(self) -> u32 {
        self.retry_wait.get()
    }

    /// Submits the form again when the browser goes online, if the error of the last request is retryable and the
    /// dialog is open. Use it only for idempotent requests.
    pub fn retry_when_online(self, dialog: NodeRef<html::Dialog>) {
        let listener = window_event_listener(ev::online, move |_| {
            let dialog = dialog.get_untracked().filter(|dialog| dialog.open());
            if let (Some(dialog), true) = (dialog, untrack(|| self.is_retryable())) {
                _ = values::form_in(&dialog).map(|form| form.request_submit());
            }
        });
        on_cleanup(move || listener.remove());
    }
}

impl Default for FormState {
    fn default() -> Self {
        Self::new()
    }
}
