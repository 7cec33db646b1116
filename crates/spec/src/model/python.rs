//! `python`: the interpreter, and what it runs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::text_type;
use super::{Packages, WinPath};

/// Which Python runs, and which object in it answers requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Python {
    /// The `python.exe` that serves the application: as a rule the one in the `Scripts` folder of its
    /// virtual environment.
    #[schemars(example = &r"D:\apps\shop\env\Scripts\python.exe")]
    pub interpreter: WinPath,

    /// The web application: the dotted path of an object, `shop.app`, or of a function that returns one,
    /// `shop.make_app()`. The spelling of other servers, `shop:app`, means the same.
    pub handler: Handler,

    /// The convention by which the application is called. `auto` looks at the object: Flask and Django are WSGI,
    /// FastAPI and Starlette are ASGI.
    #[serde(default)]
    pub interface: Interface,

    /// Folder of the virtual environment. By default the folder above `Scripts` that holds the interpreter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("examples" = [r"D:\apps\shop\env"]))]
    pub virtualenv: Option<WinPath>,

    /// The `python.exe` that the virtual environment was made from. The one in `Scripts` only starts it, so the
    /// account of the pool must be able to run both; named here, its folder gets that permission too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("examples" = [r"C:\Program Files\Python312\python.exe"]))]
    pub base_interpreter: Option<WinPath>,

    /// What is installed into the virtual environment.
    #[serde(default)]
    pub packages: Packages,

    /// Folders in which Python looks for modules beside the root of the application (`PYTHONPATH`).
    #[serde(default)]
    #[schemars(extend("uniqueItems" = true, "examples" = [[r"D:\apps\shared"]]))]
    pub pythonpath: Vec<WinPath>,

    /// Folders in which extension modules find their DLLs, such as those of a database client. A service has
    /// the `PATH` of the machine, not that of your command prompt.
    #[serde(default)]
    #[schemars(extend("uniqueItems" = true, "examples" = [[r"C:\Program Files\instantclient"]]))]
    pub dll_directories: Vec<WinPath>,
}

text_type! {
    /// Dotted path of the web application, as `WSGI_HANDLER` takes it.
    #[schemars(example = &"shop.app", example = &"shop.make_app()")]
    Handler
}

/// The convention by which an application is called.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Interface {
    /// Whatever the object turns out to be.
    #[default]
    Auto,
    /// A callable that takes `environ` and `start_response`.
    Wsgi,
    /// A coroutine function that takes `scope`, `receive` and `send`.
    Asgi,
}

impl Handler {
    /// The handler with dots only: `shop.app` for `shop:app`.
    #[must_use]
    pub fn dotted(&self) -> String {
        self.as_str().replacen(':', ".", 1)
    }
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
