//! What a folder or file is to an application, and why somebody needs it.

use std::fmt;

/// What a folder or file is; prints as a few words without a capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// `root`.
    Root,
    /// The file of the settings, in the root.
    WebConfig,
    /// `python.virtualenv`.
    VirtualEnvironment,
    /// The folder of `python.interpreter`.
    Interpreter,
    /// The folder of `python.base-interpreter`.
    BaseInterpreter,
    /// An item of `python.pythonpath`.
    Pythonpath,
    /// An item of `python.dll-directories`.
    Dlls,
    /// The folder of `bridge.script`.
    Bridge,
    /// The folder of an item of `static`.
    StaticFiles,
    /// An item of `access.readable`.
    Readable,
    /// An item of `access.writable`.
    Writable,
    /// The folder of `log.file`.
    Log,
    /// The file of an item of `secrets`.
    Secret,
}

impl Purpose {
    /// Why somebody needs it, as a whole sentence.
    #[must_use]
    pub const fn why(self) -> &'static str {
        match self {
            Self::Root => {
                "IIS and Python read the application here, and list its folders to see what has changed."
            }
            Self::WebConfig => {
                "IIS and the gateway read their settings in it; without that right IIS answers every request with 500.19."
            }
            Self::VirtualEnvironment => "Python reads its packages and pyvenv.cfg here.",
            Self::Interpreter => "IIS starts python.exe here, as the account of the pool.",
            Self::BaseInterpreter => {
                "The virtual environment starts the Python that it was made from, and reads the standard library beside it."
            }
            Self::Pythonpath => "Python looks for modules here.",
            Self::Dlls => "Extension modules load their libraries from here.",
            Self::Bridge => "Python reads the script that connects it with IIS.",
            Self::StaticFiles => {
                "IIS sends these files itself, and opens each of them as its visitor."
            }
            Self::Readable => "The spec names it under access.readable.",
            Self::Writable => "The spec names it under access.writable.",
            Self::Log => {
                "The log is written here. It is a right to the folder, because old logs are renamed and deleted."
            }
            Self::Secret => {
                "The application reads the value of a secret from it, and nobody else should."
            }
        }
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Root => "application root",
            Self::WebConfig => "settings of the application",
            Self::VirtualEnvironment => "virtual environment",
            Self::Interpreter => "interpreter",
            Self::BaseInterpreter => "base interpreter",
            Self::Pythonpath => "PYTHONPATH folder",
            Self::Dlls => "folder of libraries",
            Self::Bridge => "folder of the bridge",
            Self::StaticFiles => "static files",
            Self::Readable => "readable folder",
            Self::Writable => "writable folder",
            Self::Log => "log folder",
            Self::Secret => "file of a secret",
        })
    }
}
