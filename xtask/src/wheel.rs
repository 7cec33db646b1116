//! The gateway as users get it: a wheel, built and installed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::step;
use crate::venv::Venv;
use crate::workspace::Workspace;

/// Builds the wheel and installs it. Cargo knows what changed, so the second time is short.
pub(crate) fn install(workspace: &Workspace, venv: &Venv) -> Result<(), Failure> {
    let folder = workspace.target.join("wheels");
    // A wheel of an earlier version would make it ambiguous which one was just built.
    remove_all(&folder).map_err(Failure::io(folder.display()))?;
    build(workspace, venv, &folder)?;
    let wheel = only(&folder).map_err(Failure::io(folder.display()))?;
    // The version stays the same while we work on it, so pip has to be told that the content may differ.
    let quietly = [
        "install",
        "--disable-pip-version-check",
        "--no-index",
        "--no-deps",
        "--force-reinstall",
    ];
    let mut pip = venv.module(workspace, "pip", &quietly);
    step::need(workspace, "install the gateway wheel", pip.arg(wheel))
}

fn build(workspace: &Workspace, venv: &Venv, folder: &Path) -> Result<(), Failure> {
    let manifest = [
        "build",
        "--release",
        "--manifest-path",
        "crates/gateway/Cargo.toml",
    ];
    let mut maturin = venv.module(workspace, "maturin", &manifest);
    // The native tag: this wheel is for this machine, so how old a libc it would run with is not asked.
    maturin
        .args(["--compatibility", "linux", "--interpreter"])
        .arg(venv.python());
    maturin.arg("--out").arg(folder);
    step::need(workspace, "build the gateway wheel", &mut maturin)
}

fn remove_all(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    wheels(folder)?.iter().try_for_each(fs::remove_file)
}

fn only(folder: &Path) -> io::Result<PathBuf> {
    let mut wheels = wheels(folder)?;
    wheels
        .pop()
        .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no wheel was built"))
}

fn wheels(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "whl") {
            found.push(path);
        }
    }
    Ok(found)
}
