//! The JSON deserializer. It reads JSON that serde_json has written, and rejects JSON of another shape.

use app::api::json;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shared::posts::{Post, PostPage};
use shared::problem::{Problem, ProblemType};
use shared::sessions::TokenResponse;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::{logged_in, message, wish};

/// A field of each type that the API uses.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct AllTypes {
    text: String,
    count: u64,
    small: u8,
    yes: bool,
    maybe: Option<String>,
    many: Vec<Option<u32>>,
    unit: (),
}

fn assert_round_trip<T: DeserializeOwned + Serialize>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    let deserialized: T = json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&deserialized).unwrap(), text);
}

#[wasm_bindgen_test]
fn a_serialized_value_deserializes_to_the_same_value() {
    let all = AllTypes {
        text: "\"é\u{1f600}\n\\".to_owned(),
        count: 9_007_199_254_740_991,
        small: 255,
        yes: true,
        maybe: None,
        many: vec![Some(1), None],
        unit: (),
    };
    assert_eq!(json::from_str::<AllTypes>(&json::to_string(&all).unwrap()), Some(all));
    assert_round_trip(&logged_in("ada", "first"));
    assert_round_trip(&Post::from(message("1", "Hello")));
    assert_round_trip(&Post::from(wish("1", "A boat")));
    let page = r#"{"wishes":[],"next":"more","new":{"since":"then"}}"#;
    assert_eq!(json::from_str::<PostPage>(page).unwrap().next.as_deref(), Some("more"));
}

#[wasm_bindgen_test]
fn an_unknown_problem_type_is_accepted() {
    let text = r#"{"type":"/problems/new","title":"","status":418,"detail":"tea"}"#;
    let problem: Problem = json::from_str(text).unwrap();
    assert_eq!((problem.kind, problem.status), (ProblemType::Unknown, 418));
}

#[wasm_bindgen_test]
fn json_of_another_shape_is_rejected() {
    for text in [
        "",
        "{",
        "null",
        "7",
        "[]",
        "{}",
        r#"{"token":7}"#,
        r#"{"token":"a","expires_at":"2026-11-20T10:00:00.000Z","user":null}"#,
        r#"{"token":"a","expires_at":"2026-11-20T10:00:00.000Z","user":{"username":"ada","name":"Ada"}}"#,
        r#"{"token":["a"],"expires_at":"2026-11-20T10:00:00.000Z","user":{"username":"ada","name":"Ada","created_at":"2026-11-20T10:00:00.000Z"}}"#,
    ] {
        assert!(json::from_str::<TokenResponse>(text).is_none(), "{text}");
    }
    for number in ["-1", "1.5", "256", "1e99", "\"1\""] {
        let all = r#"{"text":"","count":0,"small":N,"yes":true,"many":[],"unit":null}"#;
        assert!(json::from_str::<AllTypes>(&all.replace('N', number)).is_none(), "{number}");
        assert!(json::from_str::<AllTypes>(&all.replace('N', "1")).is_some());
    }
}
