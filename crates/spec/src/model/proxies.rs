//! `proxies`: whose word about the client is believed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::text_type;

/// Whose word about the client is believed. By default nobody's: any client can send these headers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Proxies {
    /// Addresses of the proxies and load balancers in front of IIS. If one of them sends a request, the scheme, the
    /// host and the client's address are taken from its headers.
    #[schemars(extend("uniqueItems" = true))]
    pub trusted: Vec<Network>,

    /// The headers that they send.
    pub headers: ForwardedHeaders,

    /// Believes `X-Original-URL`, which IIS's URL Rewrite sets, and which any client can send. Set it only with
    /// a rewrite rule that always sets the header.
    pub original_url: bool,
}

/// The headers by which a proxy tells of the client.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ForwardedHeaders {
    /// `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host`.
    #[default]
    XForwarded,
    /// `Forwarded`, of RFC 7239.
    Forwarded,
}

text_type! {
    /// An IP address, or a network such as `10.0.0.0/8`.
    #[schemars(
        example = &"10.0.0.0/8",
        extend("pattern" = r"^([0-9]{1,3}(\.[0-9]{1,3}){3}(/[0-9]{1,2})?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(/[0-9]{1,3})?)$"),
        extend("patternErrorMessage" = "expected an address such as `10.0.0.5`, or a network such as `10.0.0.0/8`")
    )]
    Network
}
