//! Changing one's name.

use futures_util::FutureExt;
use leptos::prelude::*;
use shared::account::{EditMe, Name, User};
use web_sys::HtmlFormElement;

use crate::api::{self, Request};
use crate::form::check::{Check, Faults};
use crate::form::field::Field;
use crate::form::{self, Form, Sending};
use crate::session::Session;
use crate::text;

/// The form. The new name is in the bar as soon as it is saved.
#[component]
pub fn Rename() -> impl IntoView {
    let session = Session::current();
    let check = Check::new();
    let send = move |form: &HtmlFormElement| -> Result<Sending, Faults> {
        let mut faults = Faults::default();
        let name = faults.check("name", Name::parse(&form::value(form, "name"))).ok_or(faults)?;
        let request = Request::patch("/api/me", &EditMe { name });
        let sending = async move {
            session.rename(api::call::<User>(session, request).await?);
            check.tell(text::saved().to_owned());
            Ok(())
        };
        Ok(sending.boxed_local())
    };
    let name = session.login().map(|login| login.user().name.clone()).unwrap_or_default();
    view! {
        <Form label=text::save_name() busy_label=text::saving() check fields=&["name"] send=Box::new(send)>
            <Field
                form="account"
                name="name"
                label=text::your_name()
                hint=text::name_hint()
                autocomplete="name"
                value=name.clone()
                check
            />
        </Form>
    }
}
