//! The session cookie: exactly one cookie with the exact name and value is accepted, whatever surrounds it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestCaseResult;
use serde_json::json;

use super::check;
use super::inputs::{header_bytes, is_header_value, mutation};
use crate::support::{TestApp, TestClient};

const NAME: &str = "__Host-session";

/// An API in production mode, and a user's access token and session cookie.
struct LoggedInUser {
    app: TestApp,
    client: TestClient,
    secret: String,
}

impl LoggedInUser {
    async fn start() -> Self {
        let app = TestApp::in_production().await;
        let client = app.sign_up("ann").await;
        let secret = client.cookie().strip_prefix("__Host-session=").unwrap().to_owned();
        Self { app, client: client.without("cookie"), secret }
    }

    fn with_cookies(&self, headers: &[Vec<u8>]) -> TestClient {
        headers.iter().fold(self.app.guest(), |guest, header| guest.with("cookie", header))
    }

    async fn assert_accepted(&self, headers: &[Vec<u8>]) -> TestCaseResult {
        let reply = self.with_cookies(headers).post("/api/token", json!({})).await;
        prop_assert_eq!(reply.status, 200, "{:?}", reply);
        prop_assert_eq!(&reply.body["user"]["username"], "ann");
        Ok(())
    }

    /// Checks that these `Cookie` headers neither identify the user nor end the session.
    async fn assert_ignored(&self, headers: &[Vec<u8>]) -> TestCaseResult {
        let client = self.with_cookies(headers);
        client.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
        prop_assert!(client.get("/lite").await.html().contains("/lite/login"));
        prop_assert_eq!(client.post("/api/logout", json!({})).await.status, 204);
        prop_assert_eq!(self.client.get("/api/me").await.status, 200, "the session has ended");
        Ok(())
    }
}

/// Other cookies, and bytes that are not cookies, in any number of headers.
fn other_cookies() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let name =
        select(vec!["", "a", "__Host-device", "wishboard-session", "__host-session", "x__Host-session"]);
    let pair = (name, header_bytes()).prop_map(|(name, value)| [name.as_bytes(), b"=", &value].concat());
    vec(prop_oneof![header_bytes(), pair], 0..5)
        .prop_filter("has the name of the session cookie", |headers| !contains_session_cookie(headers))
}

/// Returns whether these bytes may contain a cookie with the name of the session cookie.
fn contains_session_cookie(headers: &[Vec<u8>]) -> bool {
    let mut parts = headers.iter().flat_map(|header| header.split(|byte| *byte == b';'));
    parts.any(|part| part.trim_ascii().starts_with(NAME.as_bytes()))
}

/// Adds a cookie to one of these headers, or as a header of its own.
fn insert(headers: &mut Vec<Vec<u8>>, place: Index, is_own_header: bool, cookie: &[u8]) {
    let place = place.index(headers.len() + 1);
    match headers.get_mut(place).filter(|_| !is_own_header) {
        Some(header) => *header = [cookie, b"; ", header.as_slice()].concat(),
        None => headers.insert(place, cookie.to_vec()),
    }
}

/// Returns the cookie with this name and value, and with white space that does not count.
fn padded(space: &str, name: &[u8], value: &[u8]) -> Vec<u8> {
    let space = space.as_bytes();
    [space, name, space, b"=", space, value, space].concat()
}

fn white_space() -> impl Strategy<Value = &'static str> {
    select(vec!["", "", " ", "\t", " \t "])
}

#[test]
fn the_exact_cookie_is_accepted_whatever_surrounds_it() {
    let inputs = (other_cookies(), any::<Index>(), any::<bool>(), white_space());
    check(inputs, LoggedInUser::start, async |ann, (mut headers, place, is_own_header, space)| {
        let cookie = padded(space, NAME.as_bytes(), ann.secret.as_bytes());
        insert(&mut headers, place, is_own_header, &cookie);
        ann.assert_accepted(&headers).await
    });
}

#[test]
fn a_changed_value_is_ignored() {
    let inputs = (other_cookies(), any::<Index>(), any::<bool>(), mutation());
    check(inputs, LoggedInUser::start, async |ann, (mut headers, place, is_own_header, mutation)| {
        let value = mutation.apply(ann.secret.as_bytes());
        let first_part = value.split(|byte| *byte == b';').next().unwrap();
        prop_assume!(is_header_value(&value) && first_part.trim_ascii() != ann.secret.as_bytes());
        insert(&mut headers, place, is_own_header, &padded("", NAME.as_bytes(), &value));
        ann.assert_ignored(&headers).await
    });
}

#[test]
fn a_changed_name_is_ignored() {
    let inputs = (other_cookies(), any::<Index>(), any::<bool>(), mutation());
    check(inputs, LoggedInUser::start, async |ann, (mut headers, place, is_own_header, mutation)| {
        let name = mutation.apply(NAME.as_bytes());
        let last_part = name.rsplit(|byte| *byte == b';').next().unwrap();
        prop_assume!(is_header_value(&name) && last_part.trim_ascii() != NAME.as_bytes());
        insert(&mut headers, place, is_own_header, &padded("", &name, ann.secret.as_bytes()));
        ann.assert_ignored(&headers).await
    });
}

#[test]
fn two_cookies_of_this_name_are_ignored() {
    let inputs = (other_cookies(), any::<[(Index, bool); 2]>(), white_space(), header_bytes(), any::<bool>());
    check(inputs, LoggedInUser::start, async |ann, (mut headers, places, space, value, is_equal)| {
        let second = if is_equal { ann.secret.as_bytes() } else { &value };
        for ((place, is_own_header), value) in places.into_iter().zip([ann.secret.as_bytes(), second]) {
            insert(&mut headers, place, is_own_header, &padded(space, NAME.as_bytes(), value));
        }
        ann.assert_ignored(&headers).await
    });
}
