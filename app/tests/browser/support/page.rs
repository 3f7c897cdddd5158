//! The app as a person meets it: what is to be seen, read, typed into and clicked.

use std::any::Any;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlLabelElement, KeyboardEvent, KeyboardEventInit};

use crate::network::{Network, json, logged_in};

/// The app, open in a browser. Ends with its storage and its place in the history.
///
/// Chromium ignores a page that changes its address 200 times in ten seconds, as all tests together do:
/// `--disable-ipc-flooding-protection` in webdriver.json keeps it from that.
pub struct Page {
    root: HtmlElement,
    app: Option<Box<dyn Any>>,
    /// What it talks to.
    pub network: Network,
}

impl Page {
    /// A guest opens the app at a path.
    pub fn open(path: &str, network: Network) -> Self {
        let history = window().history().unwrap();
        history.replace_state_with_url(&JsValue::NULL, "", Some(path)).unwrap();
        // A test that has failed leaves its page behind.
        if let Some(left) = document().get_element_by_id("under-test") {
            left.remove();
            forget_everything();
        }
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        root.set_id("under-test");
        document().body().unwrap().append_child(&root).unwrap();
        let app = Box::new(leptos::mount::mount_to(root.clone(), app::app::App));
        Self { root, app: Some(app), network }
    }

    /// Ada opens the app at a path, and logs in. Her token is called `first`.
    pub async fn open_as_ada(path: &str, network: Network) -> Self {
        network.answer("POST /api/login", json(200, &logged_in("ada", "first")));
        frame().await; // in which the last test's page may still move the focus
        let page = Self::open(path, network);
        page.click("Log in").await;
        page.fill("Username", "ada").await;
        page.fill("Password", "right horse").await;
        page.submit("Log in").await;
        page.sees("Ada").await;
        page
    }

    /// Reloads the page: nothing stays but what is stored.
    pub fn reload(&mut self) {
        self.app.take();
        self.root.set_text_content(None);
        self.app = Some(Box::new(leptos::mount::mount_to(self.root.clone(), app::app::App)));
    }

    /// Waits until a text can be read.
    pub async fn sees(&self, text: &str) {
        eventually(text, || self.shows(text)).await;
    }

    /// Whether a text can be read.
    pub fn shows(&self, text: &str) -> bool {
        self.root.inner_text().contains(text)
    }

    /// Clicks whatever is called this: a button, a link, a summary.
    pub async fn click(&self, name: &str) {
        self.press("button, a, summary", name).await;
    }

    /// Clicks the button of a form; there may be a summary of the same name.
    pub async fn submit(&self, name: &str) {
        self.press("button[type=submit]", name).await;
    }

    async fn press(&self, selector: &str, name: &str) {
        let mut found = None;
        eventually(&format!("a {selector} called {name}"), || {
            found = self.find(selector).into_iter().find(|element| element.inner_text().trim() == name);
            found.is_some()
        })
        .await;
        let found = found.unwrap();
        found.focus().unwrap(); // a person's click does that, too
        found.click();
        drawn().await;
    }

    /// What matches a selector and can be seen.
    pub fn find(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.root.query_selector_all(selector).unwrap();
        let elements = (0..found.length()).map(|at| found.get(at).unwrap().unchecked_into::<HtmlElement>());
        let hidden = |element: &HtmlElement| {
            element.offset_width() == 0
                || element.closest("details:not([open]) > :not(summary)").unwrap().is_some()
        };
        elements.filter(|element| !hidden(element)).collect()
    }

    /// The field with a label.
    pub async fn field(&self, label: &str) -> HtmlInputElement {
        let mut found = None;
        eventually(&format!("a field called {label}"), || {
            found = self.find("label").into_iter().find(|element| element.inner_text() == label);
            found.is_some()
        })
        .await;
        // A textarea is used here like an input: both have a value.
        found.unwrap().unchecked_into::<HtmlLabelElement>().control().unwrap().unchecked_into()
    }

    /// Types into a field.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.fill_silently(label, text).await;
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        let input = web_sys::Event::new_with_event_init_dict("input", &init).unwrap();
        field.dispatch_event(&input).unwrap();
    }

    /// Leaves a field after typing.
    pub async fn leave(&self, label: &str) {
        let changed = web_sys::Event::new("change").unwrap();
        self.field(label).await.dispatch_event(&changed).unwrap();
        drawn().await;
    }

    /// What is said about a field: its hint.
    pub async fn hint(&self, label: &str) -> String {
        let described = self.field(label).await.get_attribute("aria-describedby").unwrap();
        let hint = described.split(' ').next().and_then(|id| document().get_element_by_id(id));
        hint.unwrap().text_content().unwrap()
    }

    /// The button that shows what is in a password's field.
    pub fn reveal(&self, name: &str) -> HtmlElement {
        self.find(&format!("button[aria-label='{name}']")).remove(0)
    }

    /// Fills a field without telling anybody, as password managers do.
    pub async fn fill_silently(&self, label: &str, text: &str) -> HtmlInputElement {
        let field = self.field(label).await;
        js_sys::Reflect::set(&field, &"value".into(), &text.into()).unwrap();
        field
    }

    /// What is in a field.
    pub async fn typed(&self, label: &str) -> String {
        let field = self.field(label).await;
        js_sys::Reflect::get(&field, &"value".into()).unwrap().as_string().unwrap()
    }

    /// What is said to be wrong with a field, if it is marked as wrong.
    pub async fn fault(&self, label: &str) -> Option<String> {
        let field = self.field(label).await;
        field.get_attribute("aria-invalid").filter(|invalid| invalid == "true")?;
        let described = field.get_attribute("aria-describedby").unwrap();
        let mut texts = described.split(' ').filter_map(|id| document().get_element_by_id(id));
        texts.next_back()?.text_content()
    }

    /// Presses a key where the focus is.
    pub async fn key(&self, key: &str) {
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
        self.app.take();
        self.root.remove();
        forget_everything();
        let history = window().history().unwrap();
        history.replace_state_with_url(&JsValue::NULL, "", Some("/")).unwrap();
    }
}

/// Empties the storage.
#[expect(clippy::disallowed_methods, reason = "as a person does in the browser's settings")]
pub fn forget_everything() {
    if let Ok(Some(storage)) = window().local_storage() {
        storage.clear().unwrap();
    }
}

/// What has the focus.
pub fn focused() -> Element {
    document().active_element().unwrap()
}

/// Waits until something is so, at most ten seconds.
pub async fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    sleep(0).await; // what was begun by now has its turn, even if it is so already
    for _ in 0..1000 {
        if is_so() {
            return;
        }
        sleep(10).await;
    }
    panic!("waited in vain for {what}: {}", document().body().unwrap().inner_text());
}

/// Waits until everything that follows from the last event is drawn.
pub async fn drawn() {
    sleep(20).await;
}

async fn frame() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        request_animation_frame(move || _ = resolve.call0(&JsValue::NULL));
    });
    JsFuture::from(promise).await.unwrap();
}

async fn sleep(milliseconds: u64) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let wake = move || _ = resolve.call0(&JsValue::NULL);
        set_timeout(wake, std::time::Duration::from_millis(milliseconds));
    });
    JsFuture::from(promise).await.unwrap();
}
