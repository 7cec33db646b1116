//! Text to tree: which bytes are text, which text is our YAML, and where everything stands.
//!
//! The subset of YAML is small on purpose: one document, text keys, no aliases, merge keys or tags, no key twice
//! and none without a value. What two tools may read differently is refused with a way out.

mod compose;
pub(crate) mod lookalike;
mod node;
mod path;
mod tabs;
mod text;
pub(crate) mod write;

pub(crate) use self::compose::{
    ANCHOR, DUPLICATE_KEY, EMPTY_FILE, KEY_NOT_TEXT, MERGE_KEY, MISSING_VALUE, SEVERAL_DOCUMENTS,
    TAB_INDENTATION, TAG, TOO_DEEP, YAML_SYNTAX, comments, compose,
};
pub(crate) use self::lookalike::{LOOK_ALIKE, look_alike};
pub(crate) use self::node::{Entry, Node, Scalar, Style, Value};
pub(crate) use self::path::KeyPath;
pub use self::text::MAX_BYTES;
pub(crate) use self::text::{
    FILE_ENCODING, SIZE_LIMIT, control_character, invalid_byte, read, too_large,
};
