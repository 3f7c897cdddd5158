//! The errors that a form shows: field errors and an error of the whole form.

use shared::validation::ValidationError;

use crate::api;
use crate::i18n::errors;

/// The errors of a form: field errors, each with the name of its field, and an error of the form as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldErrors {
    fields: Vec<(&'static str, String)>,
    form: Option<String>,
}

impl FieldErrors {
    /// Returns the valid value of a field. If it is invalid, adds a field error and returns `None`.
    pub fn check<T>(&mut self, field: &'static str, value: Result<T, ValidationError>) -> Option<T> {
        value.map_err(|error| self.add(field, error)).ok()
    }

    /// Adds a field error.
    pub fn add(&mut self, field: &'static str, error: ValidationError) {
        self.fields.push((field, errors::validation_error(error)));
    }

    /// Removes the field errors of a field.
    pub fn remove(&mut self, field: &str) {
        self.fields.retain(|(name, _)| *name != field);
    }

    /// Converts the error of a request. It becomes a field error if the API names one of `fields`, otherwise an error
    /// of the whole form.
    pub fn from_api_error(error: &api::Error, fields: &[&'static str]) -> Self {
        let named = match error {
            api::Error::Problem(problem) => problem.field.as_deref(),
            _ => None,
        };
        let text = errors::api_error(error);
        match fields.iter().find(|field| Some(**field) == named) {
            Some(field) => Self { fields: vec![(*field, text)], form: None },
            None => Self { fields: Vec::new(), form: Some(text) },
        }
    }

    /// The error of a field.
    pub fn of_field(&self, field: &str) -> Option<String> {
        self.fields.iter().find(|(name, _)| *name == field).map(|(_, text)| text.clone())
    }

    /// The error of the form as a whole.
    pub fn of_form(&self) -> Option<String> {
        self.form.clone()
    }
}
