//! Virtual environments of our own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::python::{self, Python};
use crate::stamp::Stamp;
use crate::step;
use crate::workspace::Workspace;

/// What an environment is for.
#[derive(Debug)]
pub(crate) struct Purpose {
    /// Its folder below the target folder.
    folder: &'static str,
    /// What pip installs into it.
    requirements: &'static str,
}

/// What the tests and the example need.
pub(crate) const TEST: Purpose = Purpose {
    folder: "venv",
    requirements: "xtask/requirements.txt",
};

/// What `cargo xtask bench` compares iisc with.
pub(crate) const BENCH: Purpose = Purpose {
    folder: "venv-bench",
    requirements: "xtask/bench-requirements.txt",
};

/// An environment as it lies there.
#[derive(Debug)]
pub(crate) struct Venv {
    root: PathBuf,
}

impl Venv {
    /// Makes the environment, or finds it as it was left.
    pub(crate) fn ready(workspace: &Workspace, purpose: &Purpose) -> Result<Self, Failure> {
        let venv = Self {
            root: workspace.target.join(purpose.folder),
        };
        venv.make(workspace, &python::find()?)?;
        venv.fill(workspace, purpose.requirements)?;
        Ok(venv)
    }

    /// The environment's interpreter.
    pub(crate) fn python(&self) -> PathBuf {
        self.program("python")
    }

    /// A program that was installed into the environment.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        let folder = if cfg!(windows) { "Scripts" } else { "bin" };
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        self.root.join(folder).join(file)
    }

    /// Starts a command line for a module of the environment, run in the root of the repository.
    pub(crate) fn module(&self, workspace: &Workspace, name: &str, arguments: &[&str]) -> Command {
        let mut command = workspace.command(&self.python());
        command.args(["-m", name]).args(arguments);
        command
    }

    fn make(&self, workspace: &Workspace, python: &Python) -> Result<(), Failure> {
        let Python { program, version } = python;
        let stamp = Stamp::new(&self.root, "interpreter", format!("{program} {version}\n"));
        if stamp.holds() && self.python().exists() {
            return Ok(());
        }
        let title = format!("make {} with Python {version}", workspace.shown(&self.root));
        let mut venv = workspace.command(Path::new(program));
        venv.args(["-m", "venv", "--clear"]).arg(&self.root);
        step::need(workspace, &title, &mut venv)?;
        stamp.set()
    }

    fn fill(&self, workspace: &Workspace, list: &str) -> Result<(), Failure> {
        let wanted = fs::read_to_string(workspace.root.join(list)).map_err(Failure::io(list))?;
        let stamp = Stamp::new(&self.root, "requirements", wanted);
        if stamp.holds() {
            return Ok(());
        }
        let install = [
            "install",
            "--disable-pip-version-check",
            "--requirement",
            list,
        ];
        let mut pip = self.module(workspace, "pip", &install);
        step::need(workspace, &format!("install {list}"), &mut pip)?;
        stamp.set()
    }
}
