//! The chunks in the Leptos context.

use leptos::prelude::*;

use crate::chunks::chunk::Chunk;
use crate::chunks::editing::Editing;
use crate::chunks::guest_forms::GuestForms;

/// The chunks that draw parts of the page. There is one value for the whole app, in the Leptos context.
#[derive(Clone, Copy)]
pub struct Chunks {
    /// The login form and the sign-up page.
    pub guest_forms: Chunk<&'static GuestForms>,
    /// The account page.
    pub account: Chunk<fn() -> AnyView>,
    /// What users can do with posts.
    pub editing: Chunk<&'static Editing>,
}

impl Chunks {
    /// The chunks from the context.
    pub fn from_context() -> Self {
        expect_context()
    }
}
