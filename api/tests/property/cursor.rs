//! Cursors of lists: a cursor continues the list exactly after its place. Everything else is a field error.

use api::store::Store;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use shared::messages::Message;
use shared::users::PublicUser;
use shared::wishes::Wish;
use uuid::Uuid;

use super::check;
use super::inputs::{mutation, text};
use crate::support::{Reply, TestApp};

/// The lists, with the name of the list in the response.
const LISTS: [(&str, &str); 4] = [
    ("/api/messages", "messages"),
    ("/api/wishes", "wishes"),
    ("/api/users/ann/wishes", "wishes"),
    ("/api/users/bob/wishes", "wishes"),
];

/// An API with messages and wishes of two users, and the sort keys of the posts in each list, the newest first.
struct Lists {
    app: TestApp,
    sort_keys: [Vec<String>; 4],
}

impl Lists {
    async fn start() -> Self {
        let app = TestApp::start().await;
        for username in ["ann", "bob"] {
            app.sign_up(username).await;
        }
        let mut sort_keys = [const { Vec::new() }; 4];
        for number in 0..40u8 {
            let (id, time) = place(number);
            let owner = if number % 3 == 0 { "bob" } else { "ann" };
            let sort_key = format!("{time}#{id}");
            let lists = if number % 2 == 0 {
                store_message(&app.state.store, owner, id, time).await;
                [Some(0), None]
            } else {
                store_wish(&app.state.store, owner, id, time).await;
                [Some(1), Some(if owner == "ann" { 2 } else { 3 })]
            };
            for list in lists.into_iter().flatten() {
                sort_keys[list].push(sort_key.clone());
            }
        }
        for keys in &mut sort_keys {
            keys.sort_by(|a, b| b.cmp(a));
        }
        Self { app, sort_keys }
    }

    async fn read(&self, list: usize, cursor: &str, limit: usize) -> Reply {
        self.app.guest().get(&format!("{}?{}", LISTS[list].0, query(cursor, limit))).await
    }

    /// Checks that the page contains exactly the posts after the place of its cursor, and that `next` is the place of
    /// the last one.
    fn assert_page(&self, list: usize, reply: &Reply, before: &str, limit: usize) -> TestCaseResult {
        prop_assert_eq!(reply.status, 200, "{:?}", reply);
        let posts = reply.body[LISTS[list].1].as_array().unwrap();
        let found =
            posts.iter().map(|post| format!("{}#{}", text_of(post, "created_at"), text_of(post, "id")));
        let older = self.sort_keys[list].iter().filter(|key| key.as_str() < before);
        let expected: Vec<String> = older.clone().take(limit).cloned().collect();
        prop_assert_eq!(found.collect::<Vec<_>>(), &*expected);
        let next = reply.body["next"].as_str().map(|next| BASE64_URL_SAFE_NO_PAD.decode(next).unwrap());
        let expected_next = expected.last().filter(|_| older.count() > limit);
        prop_assert_eq!(next.as_deref(), expected_next.map(String::as_bytes));
        Ok(())
    }
}

fn text_of<'a>(post: &'a serde_json::Value, name: &str) -> &'a str {
    post[name].as_str().unwrap()
}

/// Returns the id and the time of a post. Several posts have the same time.
fn place(number: u8) -> (Uuid, &'static str) {
    let times = [
        "2026-01-01T00:00:00.000Z",
        "2026-01-01T00:00:00.001Z",
        "2026-01-02T00:00:00.000Z",
        "2027-01-01T00:00:00.000Z",
    ];
    (
        Uuid::from_u128(u128::from(number.wrapping_mul(89)) << 120 | 0x4000_8000),
        times[usize::from(number) / 10 % 4],
    )
}

async fn store_message(store: &Store, owner: &str, id: Uuid, time: &str) {
    let author = PublicUser { username: owner.to_owned(), name: owner.to_owned() };
    let (body, created_at) = ("hello".to_owned(), time.to_owned().try_into().unwrap());
    let message = Message { id: id.to_string(), author, body, created_at, edited_at: None, version: 1 };
    store.create_post(id, message, String::new(), Timestamp::UNIX_EPOCH).await.unwrap();
}

async fn store_wish(store: &Store, owner: &str, id: Uuid, time: &str) {
    let wish = Wish {
        id: id.to_string(),
        owner: PublicUser { username: owner.to_owned(), name: owner.to_owned() },
        name: "a bicycle".to_owned(),
        description: String::new(),
        url: None,
        received: false,
        created_at: time.to_owned().try_into().unwrap(),
        version: 1,
    };
    store.create_post(id, wish, String::new(), Timestamp::UNIX_EPOCH).await.unwrap();
}

/// Sort keys near the posts and anywhere else.
fn sort_key() -> impl Strategy<Value = String> {
    let near = (0..40u8, 0..40u8).prop_map(|(time, id)| format!("{}#{}", place(time).1, place(id).0));
    let any_time = (-62_167_219_200_000..=253_402_207_200_999i64)
        .prop_map(|millis| format!("{:.3}", Timestamp::from_millisecond(millis).unwrap()));
    let anywhere = (any_time, any::<u128>()).prop_map(|(time, id)| format!("{time}#{}", Uuid::from_u128(id)));
    prop_oneof![near, anywhere]
}

/// Returns the sort key in a cursor, if it has the format of one.
fn decode(cursor: &str) -> Option<String> {
    const FORMAT: &str = "dddd-dd-ddTdd:dd:dd.dddZ#hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
    let sort_key = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let matches = |(c, format): (char, char)| match format {
        'd' => c.is_ascii_digit(),
        'h' => matches!(c, '0'..='9' | 'a'..='f'),
        format => c == format,
    };
    let has_format = sort_key.len() == FORMAT.len() && sort_key.chars().zip(FORMAT.chars()).all(matches);
    has_format.then_some(sort_key)
}

fn query(cursor: &str, limit: usize) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("before", cursor).append_pair("limit", &limit.to_string()).finish()
}

#[test]
fn a_list_continues_exactly_after_the_place_of_the_cursor() {
    let inputs = (0..LISTS.len(), sort_key(), 1..=20usize);
    check(inputs, Lists::start, async |lists, (list, sort_key, limit)| {
        let reply = lists.read(list, &BASE64_URL_SAFE_NO_PAD.encode(&sort_key), limit).await;
        lists.assert_page(list, &reply, &sort_key, limit)
    });
}

#[test]
fn a_changed_cursor_is_a_field_error_or_another_place() {
    let inputs = (0..LISTS.len(), sort_key(), mutation(), any::<bool>());
    check(inputs, Lists::start, async |lists, (list, sort_key, mutation, is_decoded)| {
        let cursor = match is_decoded {
            true => BASE64_URL_SAFE_NO_PAD.encode(mutation.apply(sort_key.as_bytes())),
            false => mutation.apply_to_text(&BASE64_URL_SAFE_NO_PAD.encode(&sort_key)),
        };
        let reply = lists.read(list, &cursor, 20).await;
        match decode(&cursor).filter(|_| reply.status == 200) {
            Some(sort_key) => lists.assert_page(list, &reply, &sort_key, 20)?,
            None => reply.assert_field_error("before"),
        }
        let page = lists.app.guest().get(&format!("/lite?{}", query(&cursor, 20))).await;
        prop_assert_eq!(page.status, reply.status);
        Ok(())
    });
}

#[test]
fn a_text_that_is_not_a_cursor_is_a_field_error() {
    let inputs = (0..LISTS.len(), text(), any::<bool>());
    check(inputs, Lists::start, async |lists, (list, text, is_encoded)| {
        let cursor = if is_encoded { BASE64_URL_SAFE_NO_PAD.encode(&text) } else { text };
        lists.read(list, &cursor, 20).await.assert_field_error("before");
        Ok(())
    });
}

#[test]
fn an_arbitrary_query_string_is_200_400_or_a_field_error() {
    let part = prop_oneof![
        Just("before=".to_owned()),
        Just("limit=".to_owned()),
        Just("&".to_owned()),
        Just("=".to_owned()),
        "[!-~&&[^#<>]]{0,4}",
        "%[0-9a-fA-F]{2}",
    ];
    let inputs = (0..LISTS.len(), vec(part, 0..12));
    check(inputs, Lists::start, async |lists, (list, parts)| {
        let reply = lists.app.guest().get(&format!("{}?{}", LISTS[list].0, parts.concat())).await;
        match reply.status {
            200 => prop_assert!(reply.body[LISTS[list].1].is_array()),
            400 => reply.assert_problem(400, "malformed"),
            _ => {
                reply.assert_problem(422, "invalid");
                prop_assert!(["before", "limit"].contains(&text_of(&reply.body, "field")));
            }
        }
        Ok(())
    });
}
