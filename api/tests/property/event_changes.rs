//! Random changes of the events that API Gateway sends.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::inputs::{Mutation, json, mutation, text};

/// A change of a JSON document at a random place.
#[derive(Clone, Debug)]
pub enum Change {
    /// Replaces the value by this one.
    Replace(Value),
    /// Adds or replaces a member of an object.
    AddMember(String, Value),
    /// Changes a text.
    Mutate(Mutation),
}

impl Change {
    fn apply(&self, document: &mut Value, place: Index) {
        let mut pointers = Vec::new();
        collect_pointers(document, String::new(), &mut pointers);
        pointers.retain(|pointer| self.is_applicable(document.pointer(pointer).unwrap()));
        if pointers.is_empty() {
            return;
        }
        let pointer: &String = place.get(&pointers);
        match (self, document.pointer_mut(pointer).unwrap()) {
            (Self::Replace(new), value) => *value = new.clone(),
            (Self::AddMember(name, new), value) => value[name] = new.clone(),
            (Self::Mutate(mutation), value) => {
                *value = mutation.apply_to_text(value.as_str().unwrap()).into()
            }
        }
    }

    fn is_applicable(&self, value: &Value) -> bool {
        match self {
            Self::Replace(_) => true,
            Self::AddMember(..) => value.is_object(),
            Self::Mutate(_) => value.is_string(),
        }
    }
}

/// Collects the JSON pointers (RFC 6901) of a value and of all values in it.
fn collect_pointers(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.replace('~', "~0").replace('/', "~1"), value)).collect()
        }
        Value::Array(items) => items.iter().enumerate().map(|(i, value)| (i.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (name, value) in members {
        collect_pointers(value, format!("{pointer}/{name}"), pointers);
    }
    pointers.push(pointer);
}

/// Up to three changes. Members are added under names that have a meaning, or under other ones.
pub fn changes() -> impl Strategy<Value = Vec<(Index, Change)>> {
    let names =
        ["authorizer", "jwt", "claims", "principalId", "username", "sub", "host", "x-forwarded-proto"];
    let name = prop_oneof![select(names.to_vec()).prop_map(str::to_owned), text()];
    let value = || {
        prop_oneof![
            json(),
            text().prop_map(Value::from),
            Just(json!({"sub": "ann", "claims": {"sub": "ann"}}))
        ]
    };
    let change = prop_oneof![
        value().prop_map(Change::Replace),
        (name, value()).prop_map(|(name, value)| Change::AddMember(name, value)),
        mutation().prop_map(Change::Mutate),
    ];
    vec((any::<Index>(), change), 0..=3)
}

/// Applies the changes. Then removes query parameters without a value: API Gateway sends none, and `query_map` panics.
pub fn apply(changes: &[(Index, Change)], mut event: Value) -> Value {
    for (place, change) in changes {
        change.apply(&mut event, *place);
    }
    for name in ["queryStringParameters", "multiValueQueryStringParameters"] {
        if let Some(parameters) = event.get_mut(name).and_then(Value::as_object_mut) {
            parameters.retain(|_, values| *values != json!([]));
        }
    }
    event
}
