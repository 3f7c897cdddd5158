//! JSON, read by the browser's own parser: serde_json's, with all it says about mistakes, would be a
//! tenth of what a visitor downloads.

use std::fmt;

use js_sys::{Array, JSON, Reflect};
use serde::Serialize;
use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use wasm_bindgen::{JsCast, JsValue};

/// What a text says; nothing if it is no JSON or not a `T`.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    T::deserialize(Value(JSON::parse(text).ok()?)).ok()
}

/// A value as a text; nothing if it has no place in JSON.
pub fn write<T: Serialize>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}

/// It is not what was agreed. In which way would be for nobody to read, and weighs.
#[derive(Debug)]
struct Mismatch;

impl fmt::Display for Mismatch {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Mismatch {}

impl serde::de::Error for Mismatch {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// A value as the browser has parsed it.
struct Value(JsValue);

impl<'de> Deserializer<'de> for Value {
    type Error = Mismatch;

    /// Numbers are counts here: of what JSON has, only those are read that are whole and not
    /// negative.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let Self(value) = self;
        if let Some(text) = value.as_string() {
            visitor.visit_string(text)
        } else if let Some(number) = value.as_f64() {
            let count = number as u64;
            if count as f64 == number { visitor.visit_u64(count) } else { Err(Mismatch) }
        } else if let Some(is_so) = value.as_bool() {
            visitor.visit_bool(is_so)
        } else if value.is_null() {
            visitor.visit_unit()
        } else {
            Err(Mismatch)
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let name: StringDeserializer<Mismatch> = self.0.as_string().ok_or(Mismatch)?.into_deserializer();
        visitor.visit_enum(name)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let values: Array = self.0.dyn_into().map_err(|_| Mismatch)?;
        visitor.visit_seq(Values { values, at: 0 })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        if !self.0.is_object() {
            return Err(Mismatch);
        }
        visitor.visit_map(Fields { object: self.0, names: fields.iter(), value: JsValue::UNDEFINED })
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct tuple tuple_struct map identifier ignored_any
    }
}

/// The values of an array, one after the other.
struct Values {
    values: Array,
    at: u32,
}

impl<'de> SeqAccess<'de> for Values {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mismatch> {
        if self.at >= self.values.length() {
            return Ok(None);
        }
        let value = self.values.get(self.at);
        self.at += 1;
        seed.deserialize(Value(value)).map(Some)
    }
}

/// Those fields of an object that the type has. All others are left unread.
struct Fields {
    object: JsValue,
    names: std::slice::Iter<'static, &'static str>,
    value: JsValue,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mismatch> {
        for name in self.names.by_ref() {
            self.value = Reflect::get(&self.object, &(*name).into()).unwrap_or_default();
            if !self.value.is_undefined() {
                let name: serde::de::value::StrDeserializer<'_, Mismatch> = (*name).into_deserializer();
                return seed.deserialize(name).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mismatch> {
        seed.deserialize(Value(std::mem::take(&mut self.value)))
    }
}
