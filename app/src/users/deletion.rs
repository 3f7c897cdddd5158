//! Deletes the account, after a dialog has asked for the password.

use futures_util::FutureExt;
use leptos::html;
use leptos::prelude::*;
use shared::users::{DeleteAccountRequest, PasswordInput};
use web_sys::HtmlFormElement;

use crate::api::{Error, Request};
use crate::form::field_errors::FieldErrors;
use crate::form::keyboard_shortcut::submit_on_shortcut;
use crate::form::password_field::CurrentPasswordField;
use crate::form::state::{FormState, Submission};
use crate::form::status::FormStatus;
use crate::form::submit_button::SubmitButton;
use crate::i18n::texts;
use crate::navigation;
use crate::router::Route;
use crate::sessions::interceptor;
use crate::sessions::state::Session;
use crate::users::current_password::{self, HiddenUsername};
use crate::view::button::Button;
use crate::view::dialog;

/// The button that opens the dialog, and the dialog.
#[component]
pub fn DeleteAccount() -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let open = move |_| _ = dialog.get_untracked().map(|dialog| dialog::open(&dialog));
    view! {
        <p>{texts().delete_account_intro}</p>
        <div class="buttons">
            <Button class="button button-danger" on_click=open>
                {texts().delete_my_account}
            </Button>
        </div>
        <DeleteAccountDialog dialog />
    }
}

#[component]
fn DeleteAccountDialog(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let session = Session::from_context();
    let state = FormState::new();
    let close = move |_| _ = dialog.get_untracked().map(|dialog| dialog::close(&dialog));
    let form = NodeRef::<html::Form>::new();
    let submit = move |form: &HtmlFormElement| -> Result<Submission, FieldErrors> {
        let mut errors = FieldErrors::default();
        let password = errors.check("password", current_password::parse(form, "password")).ok_or(errors)?;
        Ok(delete_account(session, state, password).boxed_local())
    };
    // Clears the password when the user cancels.
    let on_close = move |_| {
        state.clear();
        _ = form.get_untracked().map(|form| form.reset());
    };
    view! {
        <dialog
            class="dialog"
            aria-labelledby="delete-heading"
            node_ref=dialog
            on:close=on_close
        >
            <form
                class="form danger"
                node_ref=form
                novalidate
                on:submit=move |event| state.submit(&event, &["password"], &submit)
                on:keydown=submit_on_shortcut
            >
                <h2 id="delete-heading">{texts().delete_account_question}</h2>
                <p>{texts().delete_account_detail}</p>
                <p>{texts().delete_account_username}</p>
                <HiddenUsername />
                <CurrentPasswordField form="delete" name="password" label=texts().shared.password state />
                <FormStatus state />
                <div class="dialog-buttons">
                    <Button class="button" on_click=close>{texts().cancel}</Button>
                    <SubmitButton label=texts().delete busy_label=texts().deleting state />
                </div>
            </form>
        </dialog>
    }
}

/// Repeats the request until everything is deleted. The API deletes a limited number of posts per request, and responds
/// with 202 while there are more. After an error, the next attempt continues the deletion.
async fn delete_account(session: Session, state: FormState, password: PasswordInput) -> Result<(), Error> {
    let Some(credentials) = session.credentials() else { return Err(Error::SessionExpired) };
    let body = DeleteAccountRequest { password: Some(password) };
    loop {
        let request = Request::post("/api/me/delete", &body);
        let response = interceptor::call_raw(session, request).await?;
        // If another user has logged in, the next request would delete that user's account.
        if !session.is_same_user(&credentials) {
            return Err(Error::UserChanged);
        }
        if response.status != 202 {
            break;
        }
        state.set_status(texts().account_partly_deleted.to_owned());
    }
    session.on_account_deleted();
    navigation::go(&Route::Messages);
    Ok(())
}
