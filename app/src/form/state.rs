//! The state of a form: what is wrong with it, whether it is being sent, and for how long it can't
//! be sent.

use std::time::Duration;

use js_sys::Date;
use leptos::prelude::*;
use leptos::{ev, html};
use serde::Serialize;
use shared::rule::Invalid;
use web_sys::{HtmlFormElement, SubmitEvent};

use crate::api::Failure;
use crate::form::{self, Send};
use crate::json;
use crate::text;

/// What is wrong with a form: at its fields, by their names, and as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults {
    fields: Vec<(&'static str, String)>,
    whole: Option<String>,
}

impl Faults {
    /// The parsed value of a field, or none and a fault at that field.
    pub fn check<T>(&mut self, field: &'static str, value: Result<T, Invalid>) -> Option<T> {
        value.map_err(|rule| self.fields.push((field, text::trouble::invalid(rule)))).ok()
    }

    /// A failure, at the field it names if the form has that one, else as a whole.
    pub fn from_failure(failure: &Failure, fields: &[&'static str]) -> Self {
        let named = match failure {
            Failure::Problem(problem) => problem.field.as_deref(),
            _ => None,
        };
        let text = text::trouble::failure(failure);
        match fields.iter().find(|field| Some(**field) == named) {
            Some(field) => Self { fields: vec![(*field, text)], whole: None },
            None => Self { fields: Vec::new(), whole: Some(text) },
        }
    }

    /// The JSON of what was parsed; where something was not, the faults.
    pub fn or_json<T: Serialize>(self, parsed: Option<&T>) -> Result<String, Self> {
        parsed.and_then(|parsed| json::write(parsed)).ok_or(self)
    }

    fn at(&self, field: &str) -> Option<String> {
        self.fields.iter().find(|(name, _)| *name == field).map(|(_, text)| text.clone())
    }
}

/// A form's state, as signals that its parts watch.
#[derive(Clone, Copy)]
pub struct Check {
    faults: RwSignal<Faults>,
    busy: RwSignal<bool>,
    /// Seconds until it may be sent again.
    wait: RwSignal<u32>,
    /// When that is, in milliseconds since 1970.
    until: StoredValue<f64>,
    /// What it has failed of.
    failure: RwSignal<Option<Failure>>,
    /// What has become of it.
    news: RwSignal<Option<String>>,
}

impl Check {
    /// Nothing is wrong yet.
    pub fn new() -> Self {
        Self {
            faults: RwSignal::default(),
            busy: RwSignal::default(),
            wait: RwSignal::default(),
            until: StoredValue::default(),
            failure: RwSignal::default(),
            news: RwSignal::default(),
        }
    }

    /// Takes the sending of a form from the browser: does what `send` makes of it, or shows what is
    /// wrong. Not while it is being sent, nor before it may be.
    pub fn take(self, event: &SubmitEvent, fields: &'static [&'static str], send: &Send) {
        let Some(form) = form::taken(event) else { return };
        if self.busy.get_untracked() || self.wait.get_untracked() > 0 {
            return;
        }
        self.clear();
        match send(&form) {
            Err(faults) => self.show(&form, faults),
            Ok(sending) => form::run(self.busy, async move {
                // The form may be gone by now, and its signals with it.
                if let (Err(failure), false) = (sending.await, self.busy.is_disposed()) {
                    self.fail(form, &failure, fields);
                }
            }),
        }
    }

    fn fail(self, form: HtmlFormElement, failure: &Failure, fields: &[&'static str]) {
        self.failure.set(Some(failure.clone()));
        if let Failure::TooOften(seconds @ 1..) = failure {
            self.tell(text::too_often().to_owned());
            self.show(&form, Faults::default());
            let until = Date::now() + f64::from(*seconds) * 1000.0;
            self.until.set_value(until);
            self.count_down(form, until);
        } else {
            self.show(&form, Faults::from_failure(failure, fields));
        }
    }

    /// By the clock: a tab that sleeps misses ticks.
    fn count_down(self, form: HtmlFormElement, until: f64) {
        if self.until.try_get_value() != Some(until) {
            return; // it is another form by now, or none
        }
        let left = ((until - Date::now()) / 1000.0).ceil().max(0.0) as u32;
        if left == 0 && self.wait.try_get_untracked().is_some() {
            self.tell(text::try_again_now().to_owned());
            // It is hidden in a moment, and takes the focus along.
            if form.query_selector("[role=timer]:focus").is_ok_and(|focused| focused.is_some()) {
                form::focus_in(form.into(), "button[type=submit]");
            }
            self.wait.set(0);
        } else if self.wait.try_set(left).is_none() {
            set_timeout(move || self.count_down(form, until), Duration::from_secs(1));
        }
    }

    /// Shows what is wrong, in place of what was, and moves the focus there.
    pub fn show(self, form: &HtmlFormElement, faults: Faults) {
        self.faults.set(faults);
        form::focus_in(
            form.clone().into(),
            "[aria-invalid=true], [role=timer]:not([hidden]), button[type=submit]",
        );
    }

    /// Shows what is wrong where the focus should stay.
    pub fn fault(self, faults: Faults) {
        self.faults.set(faults);
    }

    /// A field was left with something in it that breaks a rule.
    pub fn blame(self, field: &'static str, rule: Invalid) {
        self.mend(field);
        self.faults.update(|faults| faults.fields.push((field, text::trouble::invalid(rule))));
    }

    /// Nothing is wrong any more.
    pub fn clear(self) {
        self.faults.set(Faults::default());
        self.failure.set(None);
        self.news.set(None);
    }

    /// The field is being mended.
    pub fn mend(self, field: &'static str) {
        if self.at(field).is_some() {
            self.faults.update(|faults| faults.fields.retain(|(name, _)| *name != field));
        }
        // What was tried too often is one account's password: another's may be tried.
        if field == "username" && self.wait.get_untracked() > 0 {
            self.until.set_value(0.0);
            self.wait.set(0);
        }
        if self.wait.get_untracked() == 0 && self.news().is_some() {
            self.news.set(None); // of what was there before
        }
    }

    /// Tells what has become of it.
    pub fn tell(self, news: String) {
        self.news.set(Some(news));
    }

    /// The fault of a field.
    pub fn at(self, field: &'static str) -> Option<String> {
        self.faults.with(|faults| faults.at(field))
    }

    /// What is wrong with the form as a whole.
    pub fn whole(self) -> Option<String> {
        self.faults.with(|faults| faults.whole.clone())
    }

    /// What there is to tell.
    pub fn news(self) -> Option<String> {
        self.news.get()
    }

    /// Whether sending the same once more may help.
    pub fn may_pass(self) -> bool {
        self.failure.with(|failure| failure.as_ref().is_some_and(Failure::may_pass))
    }

    /// Whether it can't be sent without a login.
    pub fn needs_login(self) -> bool {
        self.failure.with(|failure| failure.as_ref().is_some_and(Failure::needs_login))
    }

    /// Sends what failed for want of a network as soon as there is one, while the dialog is open.
    /// Only for forms that do the same however often they are sent.
    pub fn retry_when_online(self, dialog: NodeRef<html::Dialog>) {
        let listener = window_event_listener(ev::online, move |_| {
            let dialog = dialog.get_untracked().filter(|dialog| dialog.open());
            if let (Some(dialog), true) = (dialog, untrack(|| self.may_pass())) {
                _ = form::within(&dialog).map(|form| form.request_submit());
            }
        });
        on_cleanup(move || listener.remove());
    }

    /// Whether it is being sent.
    pub fn busy(self) -> RwSignal<bool> {
        self.busy
    }

    /// How many seconds it can't be sent for.
    pub fn wait(self) -> u32 {
        self.wait.get()
    }
}

impl Default for Check {
    fn default() -> Self {
        Self::new()
    }
}
