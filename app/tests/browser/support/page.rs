//! The app under test. Tests use it like a user, by visible texts and by the names of buttons and fields.

use std::any::Any;

use app::app::App;
use app::i18n::current_language;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlLabelElement, KeyboardEvent,
    KeyboardEventInit,
};

use crate::support::fixtures::logged_in;
use crate::support::network::Network;
use crate::support::responses::json;
use crate::support::text_changes::TextChanges;
use crate::support::wait::{drawn, next_frame, wait_until};
use crate::support::web_storage;

/// The app, mounted in the test page. Dropping it clears web storage and resets the address.
///
/// Chromium ignores changes of the address if there are more than 200 in ten seconds. The tests exceed this limit, so
/// webdriver.json disables it with `--disable-ipc-flooding-protection`.
pub struct Page {
    root: HtmlElement,
    app: Option<Box<dyn Any>>,
    text_changes: TextChanges,
    /// The scripted network that the app uses.
    pub network: Network,
}

impl Page {
    /// A guest opens the app at a path.
    pub async fn open(path: &str, network: Network) -> Self {
        let history = window().history().unwrap();
        history.replace_state_with_url(&JsValue::NULL, "", Some(path)).unwrap();
        // A test that panics does not drop its page.
        if let Some(remains) = document().get_element_by_id("under-test") {
            remains.remove();
            web_storage::clear();
        }
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        root.set_id("under-test");
        document().body().unwrap().append_child(&root).unwrap();
        let mut page = Self { text_changes: TextChanges::observe(&root), root, app: None, network };
        page.mount().await;
        page
    }

    /// Ada opens the app at a path and logs in. Her access token is `first`.
    pub async fn open_as_ada(path: &str, network: Network) -> Self {
        network.respond("POST /api/login", json(200, &logged_in("ada", "first")));
        next_frame().await; // the page of the previous test may still move the focus in this frame
        let page = Self::open(path, network).await;
        page.log_in("ada", "right horse").await;
        // The app moves the focus to the menu or the heading. A test that clicks earlier would lose the focus again.
        wait_until("focus after the login", || matches!(&*focused().tag_name(), "SUMMARY" | "H1")).await;
        page
    }

    /// Opens the login form in the navigation bar, and submits it.
    pub async fn log_in(&self, username: &str, password: &str) {
        self.click("Log in").await;
        // If the page of the previous test has just moved the focus, the menu has closed again.
        if self.find("details[open]").is_empty() {
            self.click("Log in").await;
        }
        self.submit_login(username, password).await;
    }

    /// Fills in and submits the visible login form.
    pub async fn submit_login(&self, username: &str, password: &str) {
        self.fill("Username", username).await;
        self.fill("Password", password).await;
        self.submit("Log in").await;
    }

    /// Fills in and submits the sign-up form.
    pub async fn submit_sign_up(&self, username: &str, name: &str, password: &str) {
        self.fill("Username", username).await;
        self.fill("Name", name).await;
        self.fill("Password", password).await;
        self.submit("Sign up").await;
    }

    /// Ada logs out.
    pub async fn log_out_ada(&self) {
        self.click("Ada").await;
        self.click("Log out").await;
    }

    /// Opens the editor for a new message, and types a text.
    pub async fn write_message(&self, text: &str) {
        self.click("Post a message").await;
        self.fill("Message", text).await;
    }

    /// Reloads the page. Everything except web storage is lost.
    pub async fn reload(&mut self) {
        self.app.take();
        self.root.set_text_content(None);
        self.mount().await;
    }

    /// Does what `app::start` does, apart from replacing the page of `start.js`.
    async fn mount(&mut self) {
        current_language::load_preferred().await;
        self.app = Some(Box::new(leptos::mount::mount_to(self.root.clone(), || view! { <App /> })));
    }

    /// Waits until a text is visible.
    pub async fn wait_for(&self, text: &str) {
        wait_until(text, || self.shows(text)).await;
    }

    /// Whether a text is visible now.
    pub fn shows(&self, text: &str) -> bool {
        self.root.inner_text().contains(text)
    }

    /// Clicks the visible button, link or summary with this text.
    pub async fn click(&self, name: &str) {
        self.press("button, a, summary", name).await;
    }

    /// Clicks the visible submit button with this text.
    pub async fn submit(&self, name: &str) {
        self.press("button[type=submit]", name).await;
    }

    async fn press(&self, selector: &str, name: &str) {
        let mut found = None;
        wait_until(&format!("{selector} with the text {name}"), || {
            found = self.find(selector).into_iter().find(|element| element.inner_text().trim() == name);
            found.is_some()
        })
        .await;
        let found = found.unwrap();
        found.focus().unwrap(); // a real click also moves the focus
        found.click();
        drawn().await;
    }

    /// The visible elements that match a selector.
    pub fn find(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.root.query_selector_all(selector).unwrap();
        let elements = (0..found.length()).map(|at| found.get(at).unwrap().unchecked_into::<HtmlElement>());
        let hidden = |element: &HtmlElement| {
            element.offset_width() == 0
                || element.closest("details:not([open]) > :not(summary)").unwrap().is_some()
        };
        elements.filter(|element| !hidden(element)).collect()
    }

    /// Waits until no dialog is open.
    pub async fn dialog_closes(&self) {
        wait_until("no open dialog", || self.find("dialog").is_empty()).await;
    }

    /// The values of all fields, including hidden ones.
    pub fn all_values(&self) -> Vec<String> {
        let fields = self.root.query_selector_all("textarea, input").unwrap();
        (0..fields.length())
            .map(|at| fields.get(at).unwrap().unchecked_into::<HtmlInputElement>().value())
            .collect()
    }

    /// The field with this label.
    pub async fn field(&self, label: &str) -> HtmlInputElement {
        let mut found = None;
        wait_until(&format!("a field with the label {label}"), || {
            found = self.find("label").into_iter().find(|element| element.inner_text() == label);
            found.is_some()
        })
        .await;
        // The element may also be a `<textarea>`. Tests use only properties that both elements have.
        found.unwrap().unchecked_into::<HtmlLabelElement>().control().unwrap().unchecked_into()
    }

    /// Types into a field.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.autofill(label, text).await;
        let init = EventInit::new();
        init.set_bubbles(true);
        field.dispatch_event(&Event::new_with_event_init_dict("input", &init).unwrap()).unwrap();
    }

    /// Dispatches the `change` event of a user who leaves a field after typing into it.
    pub async fn leave_field(&self, label: &str) {
        self.field(label).await.dispatch_event(&Event::new("change").unwrap()).unwrap();
        drawn().await;
    }

    /// The hint of a field.
    pub async fn hint(&self, label: &str) -> String {
        let described = self.field(label).await.get_attribute("aria-describedby").unwrap();
        let hint = described.split(' ').next().and_then(|id| document().get_element_by_id(id));
        hint.unwrap().text_content().unwrap()
    }

    /// Fills a field without an event, as password managers do.
    pub async fn autofill(&self, label: &str, text: &str) -> HtmlInputElement {
        let field = self.field(label).await;
        js_sys::Reflect::set(&field, &"value".into(), &text.into()).unwrap();
        field
    }

    /// The value of a field.
    pub async fn value(&self, label: &str) -> String {
        let field = self.field(label).await;
        js_sys::Reflect::get(&field, &"value".into()).unwrap().as_string().unwrap()
    }

    /// The error of a field, if the field is marked as invalid.
    pub async fn field_error(&self, label: &str) -> Option<String> {
        let field = self.field(label).await;
        field.get_attribute("aria-invalid").filter(|invalid| invalid == "true")?;
        let described = field.get_attribute("aria-describedby").unwrap();
        let mut texts = described.split(' ').filter_map(|id| document().get_element_by_id(id));
        texts.next_back()?.text_content()
    }

    /// Presses a key in the focused element.
    pub async fn press_key(&self, key: &str) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        focused().dispatch_event(&event).unwrap();
        drawn().await;
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.text_changes.expect_none();
        self.app.take();
        self.root.remove();
        web_storage::clear();
        let history = window().history().unwrap();
        history.replace_state_with_url(&JsValue::NULL, "", Some("/")).unwrap();
    }
}

/// The focused element.
pub fn focused() -> Element {
    document().active_element().unwrap()
}
