//! `python`: the interpreter, and what it runs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::WinPath;
use super::text::text_type;

/// The interpreter and the object in it that answers requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Python {
    /// The `python.exe` that serves the application: as a rule the one in the `Scripts` folder of its
    /// virtual environment.
    #[schemars(example = &r"D:\apps\shop\env\Scripts\python.exe")]
    pub interpreter: WinPath,

    /// The WSGI application: the dotted path of a callable, `shop.app`, or of a function that returns one,
    /// `shop.make_app()`.
    pub handler: Handler,

    /// Folder of the virtual environment. By default the folder above `Scripts` that holds the interpreter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub virtualenv: Option<WinPath>,

    /// The `python.exe` that the virtual environment was made from. IIS's identity must be able to run it
    /// too, because the one in `Scripts` is only a launcher; name it and its folder gets that permission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_interpreter: Option<WinPath>,

    /// Folders that are added to `sys.path` (`PYTHONPATH`). The root of the application is always there.
    #[serde(default)]
    #[schemars(extend("uniqueItems" = true))]
    pub pythonpath: Vec<WinPath>,
}

text_type! {
    /// Dotted path of the WSGI application, as `WSGI_HANDLER` takes it.
    #[schemars(example = &"shop.app", example = &"shop.make_app()")]
    Handler
}

impl Python {
    /// The virtual environment's folder: the one given, else the one the interpreter lies in.
    ///
    /// `None` for an interpreter outside any `Scripts` folder, which then is an installation of its own.
    #[must_use]
    pub fn virtualenv(&self) -> Option<WinPath> {
        self.virtualenv.clone().or_else(|| {
            let scripts = self.interpreter.parent()?;
            scripts
                .file_name()?
                .eq_ignore_ascii_case("Scripts")
                .then(|| scripts.parent())?
        })
    }
}
