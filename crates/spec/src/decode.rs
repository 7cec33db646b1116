//! Tree to model: a serde deserializer that lets the target type read each scalar.
//!
//! A field of type `String` gets `3.10`, `on` and `012` as they are written. After the shape check nothing fails
//! here; should the model and its schema ever differ, the error still has a place.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use crate::source::Span;
use crate::syntax::{Entry, Node, Scalar, Value};

/// Reads a tree as a value of the model.
pub(crate) fn decode<T: DeserializeOwned>(tree: &Node) -> Result<T, DecodeError> {
    T::deserialize(tree).map_err(|error: DecodeError| error.or_at(tree.span))
}

/// Why a tree is no such value, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DecodeError {
    pub(crate) message: String,
    pub(crate) span: Option<Span>,
}

impl DecodeError {
    /// The innermost place is the exact one.
    fn or_at(self, span: Span) -> Self {
        Self {
            span: self.span.or(Some(span)),
            ..self
        }
    }
}

impl de::Error for DecodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self {
            message: message.to_string(),
            span: None,
        }
    }
}

impl std::error::Error for DecodeError {}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Node {
    fn scalar(&self) -> Result<&Scalar, DecodeError> {
        match &self.value {
            Value::Scalar(scalar) => Ok(scalar),
            Value::List(_) | Value::Mapping(_) => Err(self.expected("a single value")),
        }
    }

    fn expected(&self, what: &str) -> DecodeError {
        DecodeError {
            message: format!("expected {what}"),
            span: Some(self.span),
        }
    }

    fn integer(&self) -> Result<i64, DecodeError> {
        let number = self
            .scalar()?
            .as_integer()
            .and_then(|number| i64::try_from(number).ok());
        number.ok_or_else(|| self.expected("a whole number"))
    }
}

macro_rules! integers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
            visitor.visit_i64(self.integer()?).map_err(|error: DecodeError| error.or_at(self.span))
        })*
    };
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = DecodeError;

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match &self.value {
            Value::Scalar(scalar) => visitor.visit_borrowed_str(&scalar.text),
            Value::List(items) => visitor.visit_seq(Items(items.iter())),
            Value::Mapping(entries) => visitor.visit_map(Entries {
                rest: entries.iter(),
                value: None,
            }),
        }
        .map_err(|error: DecodeError| error.or_at(self.span))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let value = self.scalar()?.as_bool();
        visitor.visit_bool(value.ok_or_else(|| self.expected("`true` or `false`"))?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        let name: StrDeserializer<'_, DecodeError> =
            self.scalar()?.text.as_str().into_deserializer();
        visitor
            .visit_enum(name)
            .map_err(|error| error.or_at(self.span))
    }

    forward_to_deserialize_any! {
        i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map
        struct identifier ignored_any
    }
}

/// The items of a list that are still to be read.
struct Items<'de>(std::slice::Iter<'de, Node>);

impl<'de> de::SeqAccess<'de> for Items<'de> {
    type Error = DecodeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, DecodeError> {
        let read = |node: &'de Node| {
            seed.deserialize(node)
                .map_err(|error| error.or_at(node.span))
        };
        self.0.next().map(read).transpose()
    }
}

/// The entries of a mapping that are still to be read.
struct Entries<'de> {
    rest: std::slice::Iter<'de, Entry>,
    value: Option<&'de Node>,
}

impl<'de> de::MapAccess<'de> for Entries<'de> {
    type Error = DecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, DecodeError> {
        let Some(entry) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some(&entry.value);
        let name: StrDeserializer<'_, DecodeError> = entry.key.as_str().into_deserializer();
        seed.deserialize(name)
            .map(Some)
            .map_err(|error| error.or_at(entry.key_span))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, DecodeError> {
        let node = self
            .value
            .take()
            .ok_or_else(|| de::Error::custom("a value without a key"))?;
        seed.deserialize(node)
            .map_err(|error| error.or_at(node.span))
    }
}
