//! The functions at which the wasm is split: one for each chunk. Each returns what the app uses of its chunk.

use leptos::prelude::*;
use shared::posts::Post;

use crate::chunks::chunk::LoadError;
use crate::i18n::german::GERMAN;
use crate::i18n::texts::Texts;
use crate::notices::Notices;
use crate::posts::editing::{CreateButton, OwnerButtons, PageDialogs, PostDialogs};
use crate::posts::list::PostList;
use crate::posts::sharing;
use crate::sessions::log_in::{LogInMenu, LoggedInHandler};
use crate::users::account_page::AccountPage;
use crate::users::sign_up::SignUpPage;

/// Defines the async function that loads a chunk and returns its value.
macro_rules! split_point {
    ($(#[$doc:meta])* $chunk:ident -> $value:ty $body:block) => {
        $(#[$doc])*
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($chunk, wasm_split_path = leptos::wasm_split, fallible)]
        pub fn $chunk() -> Result<$value, LoadError> {
            Ok($body)
        }

        $(#[$doc])*
        #[cfg(not(feature = "split"))]
        pub async fn $chunk() -> Result<$value, LoadError> {
            Ok($body)
        }
    };
}

split_point! {
    /// Loads the German texts.
    german_texts -> &'static Texts {
        &GERMAN
    }
}

/// What guests need to become users.
pub struct GuestForms {
    /// The content of the login dropdown.
    pub log_in: fn(LoggedInHandler) -> AnyView,
    /// The sign-up page.
    pub sign_up_page: fn() -> AnyView,
}

split_point! {
    /// Loads the login form and the sign-up page.
    guest_forms -> &'static GuestForms {
        &GuestForms {
            log_in: |on_logged_in| view! { <LogInMenu on_logged_in /> }.into_any(),
            sign_up_page: || view! { <SignUpPage /> }.into_any(),
        }
    }
}

split_point! {
    /// Loads the account page.
    account -> fn() -> AnyView {
        || view! { <AccountPage /> }.into_any()
    }
}

/// What users can do with posts.
pub struct Editing {
    /// The views of the dialogs.
    pub dialogs: fn(PostList, PageDialogs) -> AnyView,
    /// The button for a new post.
    pub create_button: fn(PostList, PageDialogs) -> AnyView,
    /// The buttons of one post.
    pub owner_buttons: fn(PostList, Memo<Option<Post>>, PageDialogs) -> AnyView,
    /// Shares the address of the page.
    pub share: fn(Notices),
}

split_point! {
    /// Loads what users can do with posts.
    editing -> &'static Editing {
        &Editing {
            dialogs: |list, dialogs| view! { <PostDialogs list dialogs /> }.into_any(),
            create_button: |list, dialogs| view! { <CreateButton list dialogs /> }.into_any(),
            owner_buttons: |list, post, dialogs| view! { <OwnerButtons list post dialogs /> }.into_any(),
            share: sharing::share,
        }
    }
}
