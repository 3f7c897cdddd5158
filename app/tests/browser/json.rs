//! Reading JSON by the browser's parser: as serde_json would.

use app::json;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shared::account::LoggedIn;
use shared::problem::{Kind, Problem};
use shared::thing::{Thing, Things};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::network::{logged_in, message, wish};

/// Everything that a type here may be made of.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct All {
    text: String,
    count: u64,
    small: u8,
    yes: bool,
    maybe: Option<String>,
    many: Vec<Option<u32>>,
    nothing: (),
}

fn same<T: DeserializeOwned + Serialize>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    let read: T = json::read(&text).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}

#[wasm_bindgen_test]
fn what_was_written_is_read() {
    let all = All {
        text: "\"é\u{1f600}\n\\".to_owned(),
        count: 9_007_199_254_740_991,
        small: 255,
        yes: true,
        maybe: None,
        many: vec![Some(1), None],
        nothing: (),
    };
    assert_eq!(json::read::<All>(&json::write(&all).unwrap()), Some(all));
    same(&logged_in("ada", "first"));
    same(&Thing::from(message("1", "Hello")));
    same(&Thing::from(wish("1", "A boat")));
    let things = r#"{"wishes":[],"next":"more","new":{"since":"then"}}"#;
    assert_eq!(json::read::<Things>(things).unwrap().next.as_deref(), Some("more"));
}

#[wasm_bindgen_test]
fn a_problem_that_is_not_known_yet_is_one() {
    let text = r#"{"type":"/problems/new","title":"","status":418,"detail":"tea"}"#;
    let problem: Problem = json::read(text).unwrap();
    assert_eq!((problem.kind, problem.status), (Kind::Unknown, 418));
}

#[wasm_bindgen_test]
fn what_was_not_agreed_is_nothing() {
    for text in [
        "",
        "{",
        "null",
        "7",
        "[]",
        "{}",
        r#"{"token":7}"#,
        r#"{"token":"a","expires_at":"b","user":null}"#,
        r#"{"token":"a","expires_at":"b","user":{"username":"ada","name":"Ada"}}"#,
        r#"{"token":["a"],"expires_at":"b","user":{"username":"ada","name":"Ada","created_at":""}}"#,
    ] {
        assert!(json::read::<LoggedIn>(text).is_none(), "{text}");
    }
    for number in ["-1", "1.5", "256", "1e99", "\"1\""] {
        let all = r#"{"text":"","count":0,"small":N,"yes":true,"many":[],"nothing":null}"#;
        assert!(json::read::<All>(&all.replace('N', number)).is_none(), "{number}");
        assert!(json::read::<All>(&all.replace('N', "1")).is_some());
    }
}
