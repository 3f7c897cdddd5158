//! Random inputs that several properties share.

use http::HeaderValue;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

/// A change of a few bytes at a random place.
#[derive(Clone, Debug)]
pub enum Mutation {
    /// Keeps only the bytes before this place.
    Truncate(Index),
    /// Flips one bit.
    FlipBit(Index, u8),
    /// Replaces up to three bytes by up to three others.
    Splice(Index, usize, Vec<u8>),
    /// Adds a copy of the bytes from this place to the end.
    RepeatEnd(Index),
}

impl Mutation {
    /// Returns the changed bytes. They may be equal to the original ones.
    pub fn apply(&self, original: &[u8]) -> Vec<u8> {
        let mut bytes = original.to_vec();
        let place = |index: &Index| index.index(original.len() + 1);
        match self {
            Self::Truncate(index) => bytes.truncate(place(index)),
            Self::FlipBit(..) if bytes.is_empty() => {}
            Self::FlipBit(index, bit) => bytes[index.index(original.len())] ^= 1 << bit,
            Self::Splice(index, removed, inserted) => {
                let start = place(index);
                let end = (start + removed).min(original.len());
                bytes.splice(start..end, inserted.iter().copied());
            }
            Self::RepeatEnd(index) => bytes.extend_from_slice(&original[place(index)..]),
        }
        bytes
    }

    /// Returns the changed text. Bytes that are not UTF-8 are replaced.
    pub fn apply_to_text(&self, original: &str) -> String {
        String::from_utf8_lossy(&self.apply(original.as_bytes())).into_owned()
    }
}

/// Mutations of bytes or of a text.
pub fn mutation() -> impl Strategy<Value = Mutation> {
    let inserted = prop_oneof![
        vec(any::<u8>(), 0..=3),
        vec(select(b"\0\t\r\n \"%&*+,-./;<=>\\_{}09AZaz".as_slice()), 0..=3),
    ];
    prop_oneof![
        any::<Index>().prop_map(Mutation::Truncate),
        (any::<Index>(), 0..8u8).prop_map(|(index, bit)| Mutation::FlipBit(index, bit)),
        (any::<Index>(), 0..=3usize, inserted)
            .prop_map(|(index, removed, inserted)| Mutation::Splice(index, removed, inserted)),
        any::<Index>().prop_map(Mutation::RepeatEnd),
    ]
}

/// Bytes that a header may contain (RFC 9110, section 5.5).
pub fn header_bytes() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![8 => b' '..=b'~', 1 => Just(b'\t'), 1 => 0x80..=0xffu8];
    vec(byte, 0..40)
}

/// Returns whether a header may contain these bytes.
pub fn is_header_value(bytes: &[u8]) -> bool {
    HeaderValue::from_bytes(bytes).is_ok()
}

/// Texts of any characters, often with characters that have a meaning in a format.
pub fn text() -> impl Strategy<Value = String> {
    let special = select(
        "\0\t\r\n\u{b}\u{7f}\u{85} \u{a0}\u{200b}\u{2028}\u{202e}\u{feff}aZ0é\u{301}😀&<>\"'%+;=#?/\\.:@{}"
            .chars()
            .collect::<Vec<_>>(),
    );
    prop_oneof![
        any::<String>(),
        vec(special, 0..30).prop_map(String::from_iter),
        // The maximum lengths are 30, 80, 120, 128 and 2,000 characters.
        (any::<char>(), select(vec![30, 80, 120, 128, 2_000]), 0..3usize)
            .prop_map(|(c, length, more)| String::from_iter(vec![c; length + more - 1])),
    ]
}

/// JSON values of any shape.
pub fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(text(), inner, 0..4).prop_map(|members| members.into_iter().collect()),
        ]
    })
}
