//! Deleting one's account.

use futures_util::FutureExt;
use leptos::html;
use leptos::prelude::*;
use shared::account::{DeleteMe, Typed};
use web_sys::{Event, HtmlFormElement, SubmitEvent};

use crate::account::password::{typed, whose};
use crate::api::{self, Failure, Request};
use crate::element::{button, handler};
use crate::form::check::{Check, Faults};
use crate::form::field::Field;
use crate::form::{Sending, Submit, Trouble};
use crate::route::{self, Route};
use crate::session::Session;
use crate::text;

/// The button that opens the dialog, and the dialog.
#[component]
pub fn Delete() -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let open = move || _ = dialog.get_untracked().map(|dialog| dialog.show_modal());
    view! {
        <p>{text::delete_intro()}</p>
        <div class="buttons">
            {button("button button-danger", text::delete_my_account(), open)}
        </div>
        <DeleteDialog dialog />
    }
}

#[component]
fn DeleteDialog(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let session = Session::current();
    let check = Check::new();
    let close = move || _ = dialog.get_untracked().map(|dialog| dialog.close());
    let form = NodeRef::<html::Form>::new();
    let send = move |form: &HtmlFormElement| -> Result<Sending, Faults> {
        let mut faults = Faults::default();
        let password = faults.check("password", typed(form, "password")).ok_or(faults)?;
        Ok(delete(session, check, password).boxed_local())
    };
    let on_submit = handler(move |event: SubmitEvent| check.take(&event, &["password"], &send));
    // Whoever thinks better of it leaves no password behind.
    let on_close = handler(move |_: Event| {
        check.clear();
        _ = form.get_untracked().map(|form| form.reset());
    });
    view! {
        <dialog
            class="dialog"
            aria-labelledby="delete-heading"
            node_ref=dialog
            on:close=on_close
        >
            <form class="form danger" node_ref=form novalidate on:submit=on_submit>
                <h2 id="delete-heading">{text::delete_question()}</h2>
                <p>{text::delete_detail()}</p>
                <p>{text::delete_username()}</p>
                {whose(session)}
                <Field
                    form="delete"
                    name="password"
                    kind="password"
                    label=text::password()
                    autocomplete="current-password"
                    check
                />
                <Trouble check />
                <div class="dialog-buttons">
                    {button("button", text::cancel(), close)}
                    <Submit label=text::delete() busy_label=text::deleting() check />
                </div>
            </form>
        </dialog>
    }
}

/// Asks until everything is gone. What is gone stays gone: after a failure, asking once more goes on
/// from there.
async fn delete(session: Session, check: Check, password: Typed) -> Result<(), Failure> {
    let Some(me) = session.login() else { return Err(Failure::Ended) };
    let request = DeleteMe { password: Some(password) };
    loop {
        let (status, _) = api::ask(session, Request::post("/api/me/delete", &request)).await?;
        // The next question must not be asked in somebody else's name.
        if !session.is_of(&me) {
            return Err(Failure::SomebodyElse);
        }
        if status != 202 {
            break;
        }
        check.tell(text::deleted_some().to_owned());
    }
    session.deleted();
    route::go(&Route::Board);
    Ok(())
}
