//! XML to tree, as far as it can be read: a mistake is told at its place, and reading goes on behind it.
//!
//! ```text
//! text ─straighten→ text of the same length ─read→ Element
//!          └── look-alikes ──┴── mistakes ──→ Diagnostics
//! ```

mod between;
mod element;
mod read;
mod reference;
mod repair;
mod tag;

pub(crate) use self::element::{Attribute, Element};
pub(crate) use self::read::{DOCUMENT_TYPE, XML_SYNTAX, read};
