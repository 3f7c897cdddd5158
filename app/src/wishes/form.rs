//! The form of a wish.

use leptos::prelude::*;
use shared::wishes::{NewWish, Wish, WishDescription, WishName, WishUrl};

use crate::form::field::Field;
use crate::form::field_errors::FieldErrors;
use crate::form::state::FormState;
use crate::form::text_area::TextArea;
use crate::i18n::texts;

/// The names of the fields.
pub const FIELDS: [&str; 3] = ["name", "description", "url"];

/// The values of the fields when the user edits a wish.
pub fn values(wish: &Wish) -> Vec<String> {
    vec![wish.name.clone(), wish.description.clone(), wish.url.clone().unwrap_or_default()]
}

/// The fields. `form` makes their ids unique.
pub fn view_fields(form: &'static str, state: FormState) -> AnyView {
    view! {
        <Field form name="name" label=texts().wish autocomplete="off" state />
        <TextArea
            form
            name="description"
            label=texts().wish_description
            rows=3
            max_len=WishDescription::MAX_LEN
            state
        />
        <Field
            form
            name="url"
            input_type="url"
            label=texts().wish_link
            hint=texts().wish_link_hint
            autocomplete="off"
            state
        />
    }
    .into_any()
}

/// The JSON body of a wish with these values.
///
/// # Errors
/// The errors of the fields that are not valid.
pub fn parse_to_json(values: &[String]) -> Result<String, FieldErrors> {
    let mut errors = FieldErrors::default();
    let [name, description, url] = [0, 1, 2].map(|index| values.get(index).map_or("", String::as_str));
    let name = errors.check("name", WishName::parse(name));
    let description = errors.check("description", WishDescription::parse(description));
    let url = match url.trim() {
        "" => Some(None),
        url => errors.check("url", WishUrl::parse(url).map(Some)),
    };
    let new_wish = match (name, description, url) {
        (Some(name), Some(description), Some(url)) => Some(NewWish { name, description, url }),
        _ => None,
    };
    errors.or_json(new_wish.as_ref())
}
