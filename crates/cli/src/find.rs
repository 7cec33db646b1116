//! Which files are specs: those that are named, and those below a folder that is named.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::disk::DiskError;
use crate::input::Input;

/// The spec that is checked if no path is given.
const USUAL: &str = "app.iis.yaml";

/// How the names of specs end.
const ENDINGS: [&str; 2] = [".iis.yaml", ".iis.yml"];

/// Folders that hold other people's files.
const FOREIGN: [&str; 2] = [".git", "node_modules"];

/// The file by which a virtual environment is known.
const VIRTUALENV_MARK: &str = "pyvenv.cfg";

/// What a search came upon.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// In the order of the arguments, below a folder by path; none twice.
    pub(crate) inputs: Vec<Input>,
    /// Folders that could not be read, and those without a spec.
    pub(crate) failures: Vec<DiskError>,
}

/// The inputs that the paths of a command line stand for; `-` is standard input under the given name.
///
/// A file that is named is an input whatever it is called, and also if it is not there: reading it will say so.
pub(crate) fn find(paths: &[PathBuf], stdin_name: Option<&Path>) -> Found {
    let usual = match Path::new(USUAL).is_file() {
        true => PathBuf::from(USUAL),
        false => PathBuf::from("."),
    };
    let default = [usual];
    let paths = if paths.is_empty() { &default } else { paths };
    let mut found = Found::default();
    for path in paths {
        if path.as_os_str() == "-" {
            found
                .inputs
                .push(Input::Stdin(stdin_name.map(Path::to_path_buf)));
        } else if path.is_dir() {
            search(path, &mut found);
        } else {
            found.inputs.push(Input::File(path.clone()));
        }
    }
    if paths.len() > 1 {
        let mut seen = BTreeSet::new();
        let is_new = |input: &Input| seen.insert(input.path().to_path_buf());
        found.inputs.retain(is_new);
    }
    found
}

/// Adds every spec below a folder. Links are not followed: they may lead in circles, or out of the project.
fn search(top: &Path, found: &mut Found) {
    let mut specs = Vec::new();
    let mut folders = vec![top.to_path_buf()];
    let before = found.failures.len();
    while let Some(folder) = folders.pop() {
        if let Err(error) = look_into(&folder, &mut specs, &mut folders) {
            found.failures.push(DiskError::io(&folder, "read", &error));
        }
    }
    if specs.is_empty() && found.failures.len() == before {
        found.failures.push(
            DiskError::new(
                top,
                "no file in it or below is named *.iis.yaml or *.iis.yml",
            )
            .with_help("name the spec itself, as a rule app.iis.yaml"),
        );
    }
    specs.sort();
    found.inputs.extend(specs.into_iter().map(Input::File));
}

fn look_into(
    folder: &Path,
    specs: &mut Vec<PathBuf>,
    folders: &mut Vec<PathBuf>,
) -> std::io::Result<()> {
    let (mut below, mut files) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (name, kind) = (entry.file_name(), entry.file_type()?);
        let text = name.to_string_lossy();
        // `./a` is `a` to everybody who reads it.
        let path = match folder == Path::new(".") {
            true => PathBuf::from(&name),
            false => folder.join(&name),
        };
        if kind.is_file() && text == VIRTUALENV_MARK {
            // Nothing in a virtual environment is the user's own.
            return Ok(());
        } else if kind.is_dir() && !FOREIGN.contains(&&*text) {
            below.push(path);
        } else if kind.is_file() && ENDINGS.iter().any(|ending| text.ends_with(ending)) {
            files.push(path);
        }
    }
    folders.extend(below);
    specs.extend(files);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(top: &Path, paths: &[&str]) -> Vec<String> {
        let paths: Vec<PathBuf> = paths.iter().map(|path| top.join(path)).collect();
        let found = find(&paths, None);
        let relative = |input: &Input| {
            let path = input.path().strip_prefix(top).unwrap_or(input.path());
            path.display().to_string().replace('\\', "/")
        };
        let failures = found.failures.iter().map(ToString::to_string);
        found.inputs.iter().map(relative).chain(failures).collect()
    }

    fn make(top: &Path, files: &[&str]) {
        for file in files {
            let path = top.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
    }

    #[test]
    fn every_spec_below_a_folder_is_found_in_order_and_once() {
        let top = tempfile::tempdir().unwrap();
        make(
            top.path(),
            &[
                "b/app.iis.yaml",
                "a/z.iis.yml",
                "a/b/app.iis.yaml",
                "a/app.yaml",
                ".git/app.iis.yaml",
                "a/node_modules/x/app.iis.yaml",
                "a/env/pyvenv.cfg",
                "a/env/app.iis.yaml",
                "a/env/lib/app.iis.yaml",
            ],
        );
        fs::create_dir(top.path().join("c.iis.yaml")).unwrap();
        assert_eq!(
            names(top.path(), &["b/app.iis.yaml", "", "a"]),
            ["b/app.iis.yaml", "a/b/app.iis.yaml", "a/z.iis.yml"]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_only_where_they_are_named() {
        let top = tempfile::tempdir().unwrap();
        make(top.path(), &["a/app.iis.yaml", "b/x.iis.yaml"]);
        std::os::unix::fs::symlink("../a", top.path().join("b/loop")).unwrap();
        std::os::unix::fs::symlink("../a/app.iis.yaml", top.path().join("b/l.iis.yaml")).unwrap();
        assert_eq!(names(top.path(), &["b"]), ["b/x.iis.yaml"]);
        assert_eq!(names(top.path(), &["b/loop"]), ["b/loop/app.iis.yaml"]);
    }

    #[test]
    fn a_folder_without_a_spec_says_what_was_looked_for() {
        let top = tempfile::tempdir().unwrap();
        make(top.path(), &["app.yaml"]);
        let names = names(top.path(), &[""]);
        assert!(
            names.len() == 1 && names[0].contains("*.iis.yaml"),
            "{names:?}"
        );
    }
}
