//! A JSON parser that rejects objects with duplicate keys.
//!
//! RFC 8259, section 4, does not define the meaning of duplicate keys, and `serde_json` keeps the last value. A
//! firewall or a log that keeps the first value would interpret the request differently.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Parses JSON text.
///
/// # Errors
/// If the text is not JSON, is nested more than 127 levels deep, or contains an object with duplicate keys. Keys are
/// compared after unescaping.
pub fn parse(json: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice::<UniqueKeys>(json).map(|value| value.0)
}

/// A value without duplicate keys at any depth.
struct UniqueKeys(Value);

impl<'de> Deserialize<'de> for UniqueKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UniqueKeysVisitor).map(Self)
    }
}

struct UniqueKeysVisitor;

impl<'de> Visitor<'de> for UniqueKeysVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(UniqueKeys(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((key, UniqueKeys(value))) = entries.next_entry::<String, UniqueKeys>()? {
            if object.insert(key, value).is_some() {
                return Err(A::Error::custom("an object repeats a key"));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_without_duplicate_keys_is_parsed() {
        let text =
            r#"{"a": [null, true, -1, 18446744073709551615, 1.5, "\u00e4", {"a": {"a": []}}, {"a": {}}]}"#;
        let value = json!({"a": [null, true, -1, u64::MAX, 1.5, "ä", {"a": {"a": []}}, {"a": {}}]});
        assert_eq!(parse(text.as_bytes()).unwrap(), value);
    }

    #[test]
    fn a_duplicate_key_is_an_error_at_any_depth() {
        for text in [
            r#"{"a": 1, "a": 1}"#,
            r#"{"a": 1, "\u0061": 2}"#,
            r#"{"\u0061": 1, "b": 2, "a": 1}"#,
            r#"{"": 1, "": 2}"#,
            r#"{"\ud83d\ude00": 1, "😀": 2}"#,
            r#"[[{"a": {"b": null, "b": 1}}]]"#,
        ] {
            let error = parse(text.as_bytes()).unwrap_err();
            assert!(error.to_string().starts_with("an object repeats a key"), "{text}: {error}");
        }
    }

    #[test]
    fn deep_nesting_and_text_after_the_value_are_errors() {
        for text in ["[".repeat(60_000), r#"{"a":"#.repeat(10_000), "{} {}".to_owned()] {
            assert!(parse(text.as_bytes()).is_err());
        }
    }
}
