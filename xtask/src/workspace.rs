//! Where things are.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;

/// The folders of this checkout; all of them absolute.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// The repository.
    pub(crate) root: PathBuf,
    /// Everything that is made, so that deleting it starts anew.
    pub(crate) target: PathBuf,
    cargo: PathBuf,
}

impl Workspace {
    /// Finds the workspace from what cargo tells a program that it runs.
    ///
    /// Asked at run time: a path compiled in would be wrong after the checkout was moved.
    pub(crate) fn find() -> Result<Self, Failure> {
        let lost = || Failure::new("run this as `cargo xtask`");
        let package = env::var_os("CARGO_MANIFEST_DIR")
            .map(PathBuf::from)
            .ok_or_else(lost)?;
        let root = package.parent().ok_or_else(lost)?.to_owned();
        let target = match env::var_os("CARGO_TARGET_DIR").filter(|folder| !folder.is_empty()) {
            Some(folder) => std::path::absolute(folder).map_err(Failure::io("CARGO_TARGET_DIR"))?,
            None => root.join("target"),
        };
        let cargo = env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
        Ok(Self {
            root,
            target,
            cargo,
        })
    }

    /// Starts a command line with the same cargo, which builds into the same folder. The arguments are
    /// separated by blanks.
    pub(crate) fn cargo(&self, arguments: &str) -> Command {
        let mut cargo = self.command(&self.cargo);
        cargo.args(arguments.split_whitespace());
        cargo
    }

    /// Starts a command line in the root of the repository.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target);
        // An interpreter that was chosen by name is also the one that the Python bindings are built for.
        if let Some(python) = env::var_os("PYTHON") {
            command.env("PYO3_PYTHON", python);
        }
        command
    }

    /// The command line tool, as `cargo build` leaves it in the folder of a profile.
    pub(crate) fn iisc(&self, profile: &str) -> PathBuf {
        self.target
            .join(profile)
            .join(format!("iisc{}", env::consts::EXE_SUFFIX))
    }

    /// Shows a path as short as possible.
    pub(crate) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root)
            .unwrap_or(path)
            .display()
            .to_string()
    }
}
