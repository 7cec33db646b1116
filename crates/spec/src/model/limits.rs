//! `limits`: how much a client may ask for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Bytes;

/// How much a client may ask for. Each limit is set in every layer that has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Limits {
    /// Largest body of a request, such as an upload (`maxAllowedContentLength`). IIS answers a larger one with 404.13.
    #[schemars(extend("x-min" = "0B", "x-max" = "4095MB"))]
    pub body: Bytes,

    /// Longest path of a URL, in characters (`maxUrl`). IIS answers a longer one with 404.14.
    #[schemars(range(min = 16, max = 65_535))]
    pub url: u32,

    /// Longest query string, in characters (`maxQueryString`). IIS answers a longer one with 404.15.
    #[schemars(range(max = 65_535))]
    pub query: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: Bytes(30_000_000),
            url: 4_096,
            query: 2_048,
        }
    }
}
