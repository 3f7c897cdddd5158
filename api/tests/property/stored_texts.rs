//! Texts of users: the API stores a valid text, and returns it in the form that the documentation describes.

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use reqwest::Method;
use serde_json::{Value, json};
use shared::messages::MessageBody;
use shared::users::DisplayName;
use shared::wishes::{WishDescription, WishName, WishUrl};
use uuid::Uuid;

use super::check;
use super::inputs::text;
use crate::support::{TestApp, TestClient};

/// An API with high rate limits, and its user `ann`.
struct Api {
    ann: TestClient,
    _app: TestApp,
}

impl Api {
    async fn start() -> Self {
        let app = TestApp::with_limit_factor(10_000).await;
        Self { ann: app.sign_up("ann").await, _app: app }
    }

    /// Creates a post, as JSON or with a form. Returns the post as the list contains it, or the status of the error.
    async fn create(&self, list: &str, fields: &[(&str, &str)], is_form: bool) -> Result<Value, u16> {
        let id = Uuid::new_v4().to_string();
        let reply = match is_form {
            true => {
                let fields = [&[("author", "ann"), ("key", id.as_str())], fields].concat();
                self.ann.submit_form(&format!("/lite/{list}"), &fields).await
            }
            false => {
                let client = self.ann.with("idempotency-key", &id);
                client.post(&format!("/api/{list}"), fields.iter().copied().collect()).await
            }
        };
        if reply.status != if is_form { 303 } else { 201 } {
            return Err(reply.status);
        }
        let page = self.ann.get(&format!("/api/{list}")).await;
        let posts = page.body[list].as_array().unwrap();
        Ok(posts.iter().find(|post| post["id"] == id).unwrap().clone())
    }
}

/// Returns a text of several lines as [`shared::validation::parse_lines`] documents it.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ").trim().to_owned()
}

/// Returns a text of one line as [`shared::validation::parse_line`] documents it.
fn line(text: &str) -> String {
    text.replace('\t', " ").trim().to_owned()
}

/// Checks that a stored text has a length in this range and no control characters except line breaks.
fn assert_is_clean(text: &Value, min_len: usize, max_len: usize) -> TestCaseResult {
    let text = text.as_str().unwrap();
    prop_assert!((min_len..=max_len).contains(&text.chars().count()));
    prop_assert!(!text.contains(|c: char| c.is_control() && c != '\n'));
    Ok(())
}

#[test]
fn a_message_is_returned_as_it_was_stored() {
    check((text(), any::<bool>()), Api::start, async |api, (text, is_form)| {
        let created = api.create("messages", &[("body", &text)], is_form).await;
        if MessageBody::parse(&text).is_err() {
            prop_assert_eq!(created, Err(422));
            return Ok(());
        }
        let body = &created.unwrap()["body"];
        assert_is_clean(body, 1, 2_000)?;
        prop_assert_eq!(body, &lines(&text));
        let again = api.create("messages", &[("body", body.as_str().unwrap())], !is_form).await.unwrap();
        prop_assert_eq!(&again["body"], body);
        Ok(())
    });
}

#[test]
fn a_wish_is_returned_as_it_was_stored() {
    let url = prop_oneof![text().prop_map(|text| format!("https://shop.example/{text}")), text()];
    check(
        (text(), text(), url, any::<bool>()),
        Api::start,
        async |api, (name, description, url, is_form)| {
            let fields = [("name", name.as_str()), ("description", &description), ("url", &url)];
            let created = api.create("wishes", &fields, is_form).await;
            let is_valid_url =
                if is_form { WishUrl::parse_field(&url).is_ok() } else { WishUrl::parse(&url).is_ok() };
            let is_valid = WishName::parse(&name).is_ok()
                && WishDescription::parse(&description).is_ok()
                && is_valid_url;
            if !is_valid {
                prop_assert_eq!(created, Err(422));
                return Ok(());
            }
            let wish = created.unwrap();
            assert_is_clean(&wish["name"], 1, 120)?;
            prop_assert_eq!(&wish["name"], &line(&name));
            assert_is_clean(&wish["description"], 0, 2_000)?;
            if wish["description"] != "" {
                prop_assert_eq!(&wish["description"], &lines(&description));
            }
            if let Some(stored) = wish["url"].as_str() {
                prop_assert!(stored.ends_with(url.trim()), "{}", stored);
                prop_assert!(
                    ["http:", "https:"]
                        .contains(&&*stored.split_inclusive(':').next().unwrap().to_lowercase())
                );
            }
            Ok(())
        },
    );
}

#[test]
fn a_display_name_is_returned_as_it_was_stored() {
    check(text(), Api::start, async |api, name| {
        let before = api.ann.get("/api/me").await.body;
        let reply =
            api.ann.send(Method::PATCH, "/api/me", |request| request.json(&json!({"name": name}))).await;
        let after = api.ann.get("/api/me").await.body;
        if DisplayName::parse(&name).is_err() {
            reply.assert_field_error("name");
            prop_assert_eq!(before, after);
            return Ok(());
        }
        prop_assert_eq!(&reply.body, &after);
        assert_is_clean(&after["name"], 1, 80)?;
        prop_assert_eq!(&after["name"], &line(&name));
        Ok(())
    });
}
