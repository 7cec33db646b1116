//! `python.packages`: what is installed into the virtual environment.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ProjectPath;
use super::text::text_type;

/// What is installed into the virtual environment. Files are named from the root on, which for all applications of a
/// file is the root of the first one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Packages {
    /// The file that lists what the application needs, for `pip install -r`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"requirements.txt")]
    pub requirements: Option<ProjectPath>,

    /// The file that pins versions without asking for packages, for `pip install -c`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"constraints.txt")]
    pub constraints: Option<ProjectPath>,

    /// Packages beside those of the requirements file, as `pip install` takes them: drivers and other binary
    /// packages that only the server needs, such as `pyodbc` and `pywin32==306`.
    #[schemars(extend("uniqueItems" = true))]
    pub extra: Vec<Requirement>,

    /// Wheels that are part of the project, for a server that reaches no package index.
    #[schemars(extend("uniqueItems" = true, "examples" = [["wheels/driver-1.0-py3-none-any.whl"]]))]
    pub wheels: Vec<ProjectPath>,

    /// Lets the virtual environment see the packages of the base interpreter.
    pub system_site_packages: bool,

    /// Options for every call of pip, one item each: `--no-index`, `--find-links=wheels`.
    #[schemars(extend("uniqueItems" = true))]
    pub pip_options: Vec<PipOption>,
}

text_type! {
    /// A package and maybe its version, as `pip install` takes it.
    #[schemars(
        example = &"pyodbc", example = &"pywin32==306",
        extend("pattern" = r"^[A-Za-z0-9][A-Za-z0-9._-]*(\[[A-Za-z0-9._, -]*\])? ?([=<>!~][A-Za-z0-9=<>!~.,*+ -]*)?$"),
        extend("patternErrorMessage" = "expected the name of a package, and maybe a version: `pyodbc` or \
            `pywin32==306`")
    )]
    Requirement
}

text_type! {
    /// An option of pip.
    #[schemars(
        example = &"--no-index",
        extend("pattern" = r#"^(--[A-Za-z][A-Za-z0-9-]*(=[^\x00-\x1F\x7F-\x9F\uFFFE\uFFFF"%]*)?|-[A-Za-z][^\x00-\x20\x7F-\x9F\uFFFE\uFFFF"%]*)$"#),
        extend("patternErrorMessage" = "expected an option of pip that begins with `-`, its value behind `=`, \
            without quotes and `%`")
    )]
    PipOption
}
