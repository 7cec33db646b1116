//! `static`: files that IIS sends without asking Python.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ProjectPath, Seconds};

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
}
