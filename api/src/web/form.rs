//! The body of a request from an HTML form.

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::web::error::{Error, Result};
use crate::web::request_body;

/// The media type of forms.
pub const FORM_MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// A form in `application/x-www-form-urlencoded` (WHATWG URL Standard, section 5). Contains the fields as typed, so
/// that a page can show them again.
pub struct Form(Map<String, Value>);

impl Form {
    /// Deserializes and validates the fields, like the members of a JSON object.
    ///
    /// # Errors
    /// `Invalid`, which names the invalid field.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T> {
        request_body::from_json(Value::Object(self.0.clone()))
    }

    /// Returns a field as typed, or an empty string if it is missing.
    pub fn value(&self, field: &str) -> &str {
        self.0.get(field).and_then(Value::as_str).unwrap_or_default()
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        if !request_body::has_media_type(request.headers(), FORM_MEDIA_TYPE) {
            return Err(Error::NotForm);
        }
        let mut fields = Map::new();
        for (name, text) in form_urlencoded::parse(&request_body::read(request).await?) {
            if fields.insert(name.into_owned(), Value::String(text.into_owned())).is_some() {
                return Err(Error::Malformed("The form contains a field twice.".into()));
            }
        }
        Ok(Self(fields))
    }
}
