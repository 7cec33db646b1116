//! `request-filtering`: requests that IIS refuses before the application sees them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::text_type;

/// Requests that IIS refuses before the application sees them. IIS's own lists stay in force beside these.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct RequestFiltering {
    /// Lets paths through in which a `%` is escaped twice, such as `%252B`, or that contain `+` (404.11).
    pub double_escaping: bool,

    /// Names of folders that IIS hides and the application uses in its URLs, such as `bin` (404.8).
    #[schemars(extend("uniqueItems" = true))]
    pub show_segments: Vec<Segment>,

    /// Names of folders and files that are hidden as well (404.8).
    #[schemars(extend("uniqueItems" = true))]
    pub hide_segments: Vec<Segment>,

    /// Extensions that IIS refuses and the application uses in its URLs, such as `.config` (404.7).
    #[schemars(extend("uniqueItems" = true))]
    pub allow_extensions: Vec<Extension>,

    /// Methods that are allowed. Without any all are, and the application decides.
    #[schemars(extend("uniqueItems" = true))]
    pub methods: Vec<Method>,
}

text_type! {
    /// One name within a URL path.
    #[schemars(
        example = &"bin",
        extend("pattern" = r#"^[^/\\?*:<>|"%\x00-\x20\x7F-\x9F\uFFFE\uFFFF]+$"#),
        extend("patternErrorMessage" = "expected one name without slashes, such as `bin`")
    )]
    Segment
}

text_type! {
    /// An extension with its dot.
    #[schemars(
        example = &".config",
        extend("pattern" = r"^\.[A-Za-z0-9_-]+$"),
        extend("patternErrorMessage" = "expected a dot and letters or digits, such as `.config`")
    )]
    Extension
}

text_type! {
    /// A method of HTTP, in capitals.
    #[schemars(
        example = &"GET",
        extend("pattern" = "^[A-Z][A-Z-]{0,31}$"),
        extend("patternErrorMessage" = "expected a method in capitals, such as `GET` or `POST`")
    )]
    Method
}
