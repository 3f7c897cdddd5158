//! Bodies of requests, as JSON and as forms: arbitrary bytes are accepted or rejected with a 4xx, never with a 5xx.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseResult;
use reqwest::Method;
use serde_json::{Map, Value, json};

use super::check;
use super::inputs::{Mutation, json, mutation, text};
use crate::support::client::FORM;
use crate::support::{Reply, TestApp, TestClient, UUID};

const JSON: &str = "application/json";

/// A route with a body.
#[derive(Clone, Copy, Debug)]
struct Route {
    method: &'static str,
    path: &'static str,
    media_type: &'static str,
    /// The fields, with values that are valid, or wrong passwords.
    fields: &'static [(&'static str, &'static str)],
}

const USERNAME: (&str, &str) = ("username", "eve");
const PASSWORD: (&str, &str) = ("password", "not the password");
const AUTHOR: (&str, &str) = ("author", "ann");
const KEY: (&str, &str) = ("key", UUID);
const BODY: (&str, &str) = ("body", "hello");
const WISH: [(&str, &str); 3] =
    [("name", "a bicycle"), ("description", "a red one"), ("url", "https://shop.example/x")];

const ROUTES: [Route; 11] = [
    Route::json("POST", "/api/login", &[USERNAME, PASSWORD]),
    Route::json("POST", "/api/signup", &[USERNAME, PASSWORD, ("name", "Eve")]),
    Route::json("PATCH", "/api/me", &[("name", "Ann")]),
    Route::json("PUT", "/api/me/password", &[("current", "not the password"), ("new", "ten grey cups sing")]),
    Route::json("POST", "/api/me/delete", &[PASSWORD]),
    Route::json("POST", "/api/messages", &[BODY]),
    Route::json("POST", "/api/wishes", &WISH),
    Route::form("/lite/login", &[USERNAME, PASSWORD]),
    Route::form("/lite/signup", &[USERNAME, PASSWORD, ("name", "Eve")]),
    Route::form("/lite/messages", &[AUTHOR, KEY, BODY]),
    Route::form("/lite/wishes", &[AUTHOR, KEY, WISH[0], WISH[1], WISH[2]]),
];

impl Route {
    const fn json(
        method: &'static str,
        path: &'static str,
        fields: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { method, path, media_type: JSON, fields }
    }

    const fn form(path: &'static str, fields: &'static [(&'static str, &'static str)]) -> Self {
        Self { method: "POST", path, media_type: FORM, fields }
    }

    fn encode(self, fields: Vec<(String, Value)>) -> Vec<u8> {
        if self.media_type == JSON {
            return Value::Object(Map::from_iter(fields)).to_string().into_bytes();
        }
        let mut form = form_urlencoded::Serializer::new(String::new());
        for (name, value) in fields {
            form.append_pair(&name, value.as_str().unwrap_or(&value.to_string()));
        }
        form.finish().into_bytes()
    }

    fn has_field(self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| *field == name)
    }
}

/// A body for any route.
#[derive(Clone, Debug)]
enum Body {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A valid body with these changes.
    Changed(Vec<Mutation>),
    /// Some fields of the route with these values, and fields with other names.
    Fields(Vec<(Index, Value)>, Vec<(String, Value)>),
}

impl Body {
    fn encode(&self, route: Route) -> Vec<u8> {
        match self {
            Self::Bytes(bytes) => bytes.clone(),
            Self::Changed(mutations) => {
                let fields = route.fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
                let valid = route.encode(fields.collect());
                mutations.iter().fold(valid, |body, mutation| mutation.apply(&body))
            }
            Self::Fields(known, other) => {
                let name = |index: &Index| index.get(route.fields).0.to_owned();
                let known = known.iter().map(|(index, value)| (name(index), value.clone()));
                route.encode(known.chain(other.iter().cloned()).collect())
            }
        }
    }
}

fn body() -> impl Strategy<Value = Body> {
    let value = || prop_oneof![json(), text().prop_map(Value::from)];
    prop_oneof![
        vec(any::<u8>(), 0..60).prop_map(Body::Bytes),
        vec(mutation(), 0..4).prop_map(Body::Changed),
        (vec((any::<Index>(), value()), 0..6), vec((text(), value()), 0..=1))
            .prop_map(|(known, other)| Body::Fields(known, other)),
    ]
}

/// An API with high rate limits, and its user `ann`.
struct Api {
    app: TestApp,
    ann: TestClient,
}

impl Api {
    async fn start() -> Self {
        let app = TestApp::with_limit_factor(10_000).await;
        let ann = app.sign_up("ann").await;
        Self { app, ann }
    }

    async fn send(&self, route: Route, body: Vec<u8>) -> Reply {
        // A login or sign-up ends the session of the cookie.
        let needs_login = !route.path.ends_with("/login") && !route.path.ends_with("/signup");
        let client = if needs_login { self.ann.clone() } else { self.app.guest() };
        client
            .send_body(
                Method::from_bytes(route.method.as_bytes()).unwrap(),
                route.path,
                route.media_type,
                body,
            )
            .await
    }
}

/// Checks that a problem names a field of the route, or a field of the body that the route does not have.
fn assert_names_a_field(reply: &Reply, route: Route) -> TestCaseResult {
    reply.assert_problem(422, reply.body["type"].as_str().unwrap().trim_start_matches("/problems/"));
    let field = reply.body["field"].as_str().unwrap();
    let is_unknown = reply.body["detail"] == format!("{field}: This request has no such field.");
    prop_assert!(route.has_field(field) != is_unknown, "{:?}", reply);
    Ok(())
}

/// Checks that a response is a success or a rejection, in the format of its route.
fn assert_accepted_or_rejected(reply: &Reply, route: Route) -> TestCaseResult {
    let is_page = reply.header("content-type").starts_with("text/html");
    match reply.status {
        200 | 201 | 204 => prop_assert!(route.media_type == JSON),
        303 => prop_assert!(route.media_type == FORM && reply.header("location").starts_with("/lite")),
        422 if route.media_type == JSON => assert_names_a_field(reply, route)?,
        400 | 401 | 403 | 409 | 422 => prop_assert!(is_page == (route.media_type == FORM), "{:?}", reply),
        _ => prop_assert!(false, "{:?}", reply),
    }
    Ok(())
}

#[test]
fn an_arbitrary_body_is_accepted_or_rejected_with_4xx() {
    check(body(), Api::start, async |api, body| {
        for route in ROUTES {
            assert_accepted_or_rejected(&api.send(route, body.encode(route)).await, route)?;
        }
        prop_assert_eq!(api.ann.get("/api/me").await.status, 200);
        Ok(())
    });
}
