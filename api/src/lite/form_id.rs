//! The forms of the pages.

use shared::messages::MessageBody;
use shared::users::{DisplayName, NewUsername, Password};
use shared::validation::ValidationError;
use shared::wishes::{WishDescription, WishName, WishUrl};

use crate::lite::list::List;

/// Identifies a form of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum FormId {
    /// The login form.
    LogIn,
    /// The sign-up form.
    SignUp,
    /// The form for a new message.
    NewMessage,
    /// The form for a new wish.
    NewWish,
}

impl FormId {
    /// Returns the list on whose page the form is.
    pub fn list(self) -> List {
        match self {
            Self::LogIn | Self::SignUp | Self::NewMessage => List::Messages,
            Self::NewWish => List::Wishes,
        }
    }

    /// Returns the form that creates a post of this list.
    pub fn of_new_post(list: List) -> Self {
        match list {
            List::Messages => Self::NewMessage,
            List::Wishes => Self::NewWish,
        }
    }

    /// Validates a field as the deserialization of the form does. The problem contains only an English sentence; this
    /// error can be shown in any language.
    ///
    /// # Errors
    /// The reason why the field is not valid.
    pub fn validate(self, field: &str, value: &str) -> Result<(), ValidationError> {
        match (self, field) {
            (Self::SignUp, "username") => NewUsername::parse(value).map(drop),
            (Self::SignUp, "name") => DisplayName::parse(value).map(drop),
            (Self::SignUp, "password") => Password::parse(value).map(drop),
            (Self::NewMessage, "body") => MessageBody::parse(value).map(drop),
            (Self::NewWish, "name") => WishName::parse(value).map(drop),
            (Self::NewWish, "description") => WishDescription::parse(value).map(drop),
            (Self::NewWish, "url") => WishUrl::parse_field(value).map(drop),
            _ if value.is_empty() => Err(ValidationError::Empty),
            _ => Ok(()),
        }
    }
}
