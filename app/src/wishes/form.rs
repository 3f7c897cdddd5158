//! The form of a wish.

use leptos::prelude::*;
use shared::wishes::{NewWish, Wish, WishDescription, WishName, WishUrl};
use web_sys::{Element, HtmlFormElement};

use crate::form::field::Field;
use crate::form::field_errors::FieldErrors;
use crate::form::state::FormState;
use crate::form::text_area::TextArea;
use crate::form::values;
use crate::i18n::texts;

/// What the user has typed into the form of a wish. It can be invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WishForm {
    /// The name of the wish.
    pub name: String,
    /// Its description. Can be empty.
    pub description: String,
    /// A link, such as to a shop. Can be empty.
    pub url: String,
}

impl WishForm {
    /// The names of the fields.
    pub const FIELDS: &[&str] = &["name", "description", "url"];

    /// Reads the fields.
    pub fn read(form: &HtmlFormElement) -> Self {
        Self {
            name: values::get(form, "name"),
            description: values::get(form, "description"),
            url: values::get(form, "url"),
        }
    }

    /// Fills in the fields.
    pub fn fill_in(&self, form: &Element) {
        values::set(form, "name", &self.name);
        values::set(form, "description", &self.description);
        values::set(form, "url", &self.url);
    }

    /// Restores the values of a draft. Values that the draft does not have are empty.
    pub fn from_draft(fields: &[String]) -> Self {
        let [name, description, url] = [0, 1, 2].map(|index| fields.get(index).cloned().unwrap_or_default());
        Self { name, description, url }
    }

    /// The values in the order in which a draft stores them.
    pub fn into_draft(self) -> Vec<String> {
        vec![self.name, self.description, self.url]
    }

    /// Parses the values.
    ///
    /// # Errors
    /// The errors of the fields that are not valid.
    pub fn parse(&self) -> Result<NewWish, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.check("name", WishName::parse(&self.name));
        let description = errors.check("description", WishDescription::parse(&self.description));
        let url = errors.check("url", WishUrl::parse_field(&self.url));
        match (name, description, url) {
            (Some(name), Some(description), Some(url)) => Ok(NewWish { name, description, url }),
            _ => Err(errors),
        }
    }
}

impl From<&Wish> for WishForm {
    fn from(wish: &Wish) -> Self {
        Self {
            name: wish.name.clone(),
            description: wish.description.clone(),
            url: wish.url.clone().unwrap_or_default(),
        }
    }
}

/// The fields.
#[component]
pub(crate) fn WishFields(
    /// The prefix of the fields' ids, which makes them unique on the page.
    form: &'static str,
    state: FormState,
) -> impl IntoView {
    view! {
        <Field form name="name" label=texts().shared.wish autocomplete="off" state />
        <TextArea
            form
            name="description"
            label=texts().shared.wish_description
            rows=3
            max_len=WishDescription::MAX_LEN
            state
        />
        <Field
            form
            name="url"
            input_type="url"
            label=texts().shared.wish_link
            hint=texts().shared.wish_link_hint
            autocomplete="off"
            state
        />
    }
}
