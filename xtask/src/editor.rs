//! The language server of editors, which the test of the schema talks to.

use std::fs;
use std::process::Command;

use crate::failure::Failure;
use crate::stamp::Stamp;
use crate::workspace::Workspace;

/// The package that npm is to install, and the versions of all that it brings.
const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// npm's name; on Windows it is a script.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Makes the command that installs the server, and what remembers that it did; nothing if it is there.
pub(crate) fn install(workspace: &Workspace) -> Result<Option<(Command, Stamp)>, Failure> {
    let (from, to) = (
        workspace.root.join("tests/editor"),
        workspace.target.join("editor"),
    );
    fs::create_dir_all(&to).map_err(Failure::io(to.display()))?;
    let mut wanted = String::new();
    for file in FILES {
        let text = fs::read_to_string(from.join(file)).map_err(Failure::io(file))?;
        fs::write(to.join(file), &text).map_err(Failure::io(file))?;
        wanted.push_str(&text);
    }
    let stamp = Stamp::new(&to, "packages", wanted);
    if stamp.holds() {
        return Ok(None);
    }
    let mut npm = workspace.command(NPM.as_ref());
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&to);
    Ok(Some((npm, stamp)))
}
