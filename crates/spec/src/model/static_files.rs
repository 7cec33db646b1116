//! `static`: files that IIS sends without asking Python.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::text_type;
use super::{Extension, ProjectPath, Seconds};

/// A folder of files that IIS sends without asking Python.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StaticMount {
    /// The folder, relative to the root. Everything in it can be read by every client.
    #[schemars(example = &"shop/static")]
    pub folder: ProjectPath,

    /// How long browsers keep the files. Without it they ask again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-min" = "0s", "x-max" = "3650d"))]
    pub max_age: Option<Seconds>,

    /// Content types by extension. IIS sends no file of a type that it does not know (404.3); beside its own it is
    /// taught those of today's web, such as `.woff2`, `.webp` and `.mjs`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend(
        "x-key" = "expected a dot and letters or digits, such as `.glb`",
        "examples" = [{ ".glb": "model/gltf-binary" }]
    ))]
    pub mime_types: BTreeMap<Extension, MimeType>,
}

text_type! {
    /// A content type.
    #[schemars(
        example = &"model/gltf-binary",
        extend("pattern" = r"^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}(; ?charset=[A-Za-z0-9_-]+)?$"),
        extend("patternErrorMessage" = "expected a content type such as `model/gltf-binary`")
    )]
    MimeType
}
