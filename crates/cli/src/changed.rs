//! Which specs differ from a commit, by asking git.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::input::Input;

/// Files that differ from a commit: edited, added, removed, or not yet known to git.
#[derive(Debug)]
pub(crate) struct Changed {
    /// The repository, without links in its path.
    top: PathBuf,
    /// Whole paths.
    files: BTreeSet<PathBuf>,
}

impl Changed {
    /// Asks git about the repository of the current folder; an error is a line for the user.
    pub(crate) fn since(reference: &str) -> Result<Self, String> {
        let top = git(Path::new("."), &["rev-parse", "--show-toplevel"])
            .map_err(|reason| format!("--changed-since needs a git repository: {reason}"))?;
        let top = PathBuf::from(top.trim_end_matches(['\r', '\n']));
        // A reference cannot begin with `-`, and must not be taken for an option.
        let commit = format!("{reference}^{{commit}}");
        let commit = Some(commit)
            .filter(|_| !reference.starts_with('-'))
            .and_then(|commit| git(&top, &["rev-parse", "--verify", "--quiet", &commit]).ok())
            .ok_or_else(|| {
                format!(
                    "--changed-since: git knows no commit or branch `{reference}` here\n  help: a shallow clone lacks it; fetch it first"
                )
            })?;
        let commit = commit.trim_end();
        let edited = git(
            &top,
            &["diff", "--name-only", "-z", "--no-ext-diff", commit, "--"],
        )?;
        let added = git(&top, &["ls-files", "--others", "--exclude-standard", "-z"])?;
        let names = edited.split('\0').chain(added.split('\0'));
        let top = top.canonicalize().unwrap_or(top);
        let files = names.filter(|name| !name.is_empty());
        Ok(Self {
            files: files.map(|name| top.join(name)).collect(),
            top,
        })
    }

    /// True for a spec that differs, or below whose folder a Python or requirements file does.
    ///
    /// Standard input and what lies outside of the repository cannot be compared, and count as changed.
    pub(crate) fn concerns(&self, input: &Input) -> bool {
        let Input::File(path) = input else {
            return true;
        };
        let whole = path.canonicalize().unwrap_or_else(|_| path.clone());
        let Some(folder) = whole.parent().filter(|_| whole.starts_with(&self.top)) else {
            return true;
        };
        self.files.contains(&whole)
            || self
                .files
                .iter()
                .any(|file| is_of_app(file) && file.starts_with(folder))
    }
}

/// True for a file that can change what a spec refers to.
fn is_of_app(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let is = |ending| {
        file.extension()
            .is_some_and(|extension| extension == ending)
    };
    is("py") || is("txt") && name.starts_with("requirements")
}

/// What git prints, or its first line of complaint.
fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .output();
    let Output {
        status,
        stdout,
        stderr,
    } = output.map_err(|error| format!("git could not be started: {error}"))?;
    if status.success() {
        return Ok(String::from_utf8_lossy(&stdout).into_owned());
    }
    let complaint = String::from_utf8_lossy(&stderr);
    let line = complaint.lines().next().unwrap_or("git failed");
    Err(line.strip_prefix("fatal: ").unwrap_or(line).to_owned())
}
