//! The number of posts on a page of a list.

use serde_json::{Value, json};

use crate::web::error::{Error, Result};

/// The maximum number of posts on a page: 1 to 20, by default 20.
#[derive(Clone, Copy)]
pub struct PageSize(usize);

impl Default for PageSize {
    fn default() -> Self {
        Self(Self::MAX)
    }
}

impl PageSize {
    /// The maximum, and the default.
    const MAX: usize = 20;

    /// Parses a number without a sign or leading zeros.
    ///
    /// # Errors
    /// `Invalid` for `limit`.
    pub fn parse(text: &str) -> Result<Self> {
        let size = text.parse().ok().filter(|size: &usize| size.to_string() == text);
        let size = size.filter(|size| (1..=Self::MAX).contains(size)).map(Self);
        size.ok_or_else(|| Error::invalid("limit", format!("This must be a number from 1 to {}.", Self::MAX)))
    }

    /// Returns the number.
    pub fn get(self) -> usize {
        self.0
    }

    /// Returns the JSON Schema of the parameter.
    pub fn schema() -> Value {
        json!({ "type": "integer", "minimum": 1, "maximum": Self::MAX, "default": Self::MAX, "examples": [Self::MAX] })
    }
}
