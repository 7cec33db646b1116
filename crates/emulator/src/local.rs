//! The server's paths, and what takes their place on this machine.
//!
//! Three places are known: the interpreter, the applications' roots and everything below them, and the rest of
//! the server's disks, which is imitated below the state folder. Only a text that is a path as a whole moves;
//! any other text stays as it is.

use std::path::{Path, PathBuf};

use iisc_gateway_core::settings::{PYTHONPATH, WSGI_LOG, WSGI_RESTART_FILE_REGEX};

/// What takes the place of the server's paths on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Local {
    /// Folder that stands for the application's physical path.
    pub root: PathBuf,
    /// Python that stands for the registered `fullPath`. Its links are kept: a virtual environment is known
    /// by the path that was called.
    pub interpreter: PathBuf,
    /// Folder that may be written: the localised `Web.config`, and whatever lies outside the root on the
    /// server, such as logs and data. It is also the working directory of the processes.
    pub state: PathBuf,
}

impl Local {
    /// The same with absolute paths: the processes have another working directory than the caller.
    pub(crate) fn absolute(self) -> Self {
        let absolute = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
        Self {
            root: absolute(self.root),
            interpreter: absolute(self.interpreter),
            state: absolute(self.state),
        }
    }

    /// The root with a separator at its end, as `APPL_PHYSICAL_PATH` has it.
    pub(crate) fn root_with_separator(&self) -> String {
        let root = self.root.to_string_lossy();
        let separator = std::path::MAIN_SEPARATOR;
        format!("{}{separator}", root.trim_end_matches(separator))
    }
}

/// The server's names for the places, beside the local ones.
#[derive(Debug, Clone)]
pub(crate) struct Places<'a> {
    pub(crate) local: &'a Local,
    /// The roots of all applications: one local folder stands for each of them, as the spec's folder does.
    pub(crate) server_roots: Vec<&'a str>,
    pub(crate) server_interpreter: &'a str,
}

/// Settings that are known to be paths. Elsewhere a text that begins with `\\` may be anything, such as a
/// regular expression, and is not taken for a share.
const PATH_SETTINGS: [&str; 2] = [WSGI_LOG, PYTHONPATH];

impl Places<'_> {
    /// A value of `appSettings`, where `;` separates the parts of a list on every system.
    pub(crate) fn app_setting(&self, name: &str, value: &str) -> String {
        self.list(name, value, ";")
    }

    /// A value of the process environment. `PYTHONPATH` is read there by the interpreter itself, which wants
    /// the separator of its own system.
    pub(crate) fn variable(&self, name: &str, value: &str) -> String {
        let separator = match name.eq_ignore_ascii_case(PYTHONPATH) {
            true if cfg!(unix) => ":",
            true | false => ";",
        };
        self.list(name, value, separator)
    }

    /// One argument of the command line.
    pub(crate) fn argument(&self, text: &str) -> String {
        self.place(text, false)
    }

    /// A folder of the server.
    pub(crate) fn folder(&self, path: &str) -> PathBuf {
        match path {
            "" => self.local.root.clone(),
            path => self.place(path, true).into(),
        }
    }

    fn list(&self, name: &str, value: &str, separator: &str) -> String {
        self.parts(name, value).join(separator)
    }

    /// The parts of a value, each in its local form.
    pub(crate) fn parts(&self, name: &str, value: &str) -> Vec<String> {
        if name == WSGI_RESTART_FILE_REGEX {
            return vec![value.to_owned()];
        }
        let is_path = PATH_SETTINGS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name));
        let parts = value.split(';').map(|part| self.place(part, is_path));
        parts.collect()
    }

    fn place(&self, text: &str, is_path: bool) -> String {
        let elsewhere = || {
            self.below_state(text)
                .filter(|_| is_path || has_drive(text))
        };
        let found = self.known(text).or_else(elsewhere);
        found.map_or_else(
            || text.to_owned(),
            |path| path.to_string_lossy().into_owned(),
        )
    }

    /// The place of the interpreter, or of a path at or below a root; of roots within each other the inner counts.
    fn known(&self, text: &str) -> Option<PathBuf> {
        if below(text, self.server_interpreter).is_some_and(|rest| rest.is_empty()) {
            return Some(self.local.interpreter.clone());
        }
        let roots = self.server_roots.iter();
        let nearest = roots
            .filter_map(|root| below(text, root))
            .min_by_key(Vec::len);
        nearest.map(|rest| join(&self.local.root, rest))
    }

    /// The place below the state folder of any other absolute path: `D:\logs\x` becomes `D/logs/x`.
    fn below_state(&self, text: &str) -> Option<PathBuf> {
        let names = absolute_names(text)?;
        Some(join(
            &self.local.state,
            names.into_iter().map(|name| name.trim_end_matches(':')),
        ))
    }
}

/// The names of `text` below `folder`; `None` if it does not lie there. Windows compares names without case.
fn below<'a>(text: &'a str, folder: &str) -> Option<Vec<&'a str>> {
    let (names, base) = (absolute_names(text)?, absolute_names(folder)?);
    let (start, rest) = names.split_at_checked(base.len())?;
    let equal = start
        .iter()
        .zip(base)
        .all(|(a, b)| a.to_lowercase() == b.to_lowercase());
    equal.then(|| rest.to_vec())
}

/// The names in an absolute Windows path, drive or share first; `None` for any other text, and for one with
/// `..`, of which only the server could say where it leads.
fn absolute_names(text: &str) -> Option<Vec<&str>> {
    if !has_drive(text) && !text.starts_with(r"\\") {
        return None;
    }
    let names: Vec<_> = text
        .split(['\\', '/'])
        .filter(|name| !name.is_empty())
        .collect();
    (!names.contains(&"..")).then_some(names)
}

fn has_drive(text: &str) -> bool {
    matches!(text.as_bytes(), [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic())
}

fn join<'a>(folder: &Path, names: impl IntoIterator<Item = &'a str>) -> PathBuf {
    let mut path = folder.to_owned();
    path.extend(names);
    path
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn with_places<T>(test: impl FnOnce(Places<'_>) -> T) -> T {
        let local = Local {
            root: "/home/me/postcards".into(),
            interpreter: "/home/me/venv/bin/python".into(),
            state: "/tmp/state".into(),
        };
        test(Places {
            local: &local,
            server_roots: vec![r"D:\Apps\postcards", r"D:\Apps\postcards\admin", ""],
            server_interpreter: r"D:\Apps\postcards\env\Scripts\python.exe",
        })
    }

    fn app_setting(name: &str, value: &str) -> String {
        with_places(|places| places.app_setting(name, value))
    }

    #[test]
    fn the_root_and_what_lies_below_it_moves_whatever_the_setting() {
        for (server, local) in [
            (r"D:\Apps\postcards", "/home/me/postcards"),
            (r"D:\Apps\postcards\", "/home/me/postcards"),
            (r"d:\APPS\PostCards\a\B.txt", "/home/me/postcards/a/B.txt"),
            ("D:/Apps/postcards/a", "/home/me/postcards/a"),
            (r"D:\Apps\postcards\Admin\a", "/home/me/postcards/a"),
            (
                r"D:\Apps\postcards\env\scripts\PYTHON.EXE",
                "/home/me/venv/bin/python",
            ),
            (
                r"D:\Apps\postcards\env\scripts\python.exe\x",
                "/home/me/postcards/env/scripts/python.exe/x",
            ),
        ] {
            assert_eq!(app_setting("ANYTHING", server), local, "{server}");
        }
    }

    #[test]
    fn other_text_stays() {
        for text in [
            "",
            "postcards.app",
            r"\\d+\.py",
            "D:postcards",
            "D:",
            r"D:\Apps\postcards\..\other",
            r"DIR=D:\Apps\postcards",
            r".*\.py$",
            r"\Apps\postcards",
            "https://host/a;b",
        ] {
            assert_eq!(app_setting("ANYTHING", text), text);
        }
    }

    #[test]
    fn lists_are_handled_part_by_part() {
        let list = r"D:\Apps\postcards\src;nothing;D:\libs\x;\\nas\share\y";
        assert_eq!(
            app_setting("ANYTHING", list),
            r"/home/me/postcards/src;nothing;/tmp/state/D/libs/x;\\nas\share\y"
        );
        assert_eq!(
            app_setting("PythonPath", list),
            "/home/me/postcards/src;nothing;/tmp/state/D/libs/x;/tmp/state/nas/share/y"
        );
    }

    #[test]
    fn the_rest_of_the_disks_is_imitated_below_the_state_folder() {
        for (server, local) in [
            (
                r"D:\logs\postcards\gateway.log",
                "/tmp/state/D/logs/postcards/gateway.log",
            ),
            (r"D:\Apps\postcardsX", "/tmp/state/D/Apps/postcardsX"),
            (r"D:\Apps", "/tmp/state/D/Apps"),
            ("e:/data", "/tmp/state/e/data"),
            ("gateway.log", "gateway.log"),
            (r"D:\..\..\etc\x", r"D:\..\..\etc\x"),
        ] {
            assert_eq!(app_setting("WSGI_LOG", server), local);
            assert_eq!(app_setting("ANYTHING", server), local);
        }
    }

    #[test]
    fn the_restart_expression_is_no_path() {
        let expression = r"D:\\Apps\\postcards\\.*\.py$";
        assert_eq!(
            app_setting("WSGI_RESTART_FILE_REGEX", expression),
            expression
        );
    }

    #[test]
    fn the_interpreter_reads_its_path_with_the_separator_of_the_system() {
        let value = r"D:\Apps\postcards\a;D:\libs";
        let variable = |name: &str| with_places(|places| places.variable(name, value));
        assert_eq!(
            variable("PYTHONPATH"),
            "/home/me/postcards/a:/tmp/state/D/libs"
        );
        assert_eq!(variable("OTHER"), "/home/me/postcards/a;/tmp/state/D/libs");
    }

    #[test]
    fn arguments_are_no_lists() {
        with_places(|places| {
            assert_eq!(
                places.argument(r"D:\Apps\postcards\w.py"),
                "/home/me/postcards/w.py"
            );
            assert_eq!(
                places.argument(r"-m;D:\Apps\postcards"),
                r"-m;D:\Apps\postcards"
            );
        });
    }

    #[test]
    fn the_root_ends_with_one_separator() {
        for root in ["/a/b", "/a/b/"] {
            let local = Local {
                root: root.into(),
                interpreter: PathBuf::new(),
                state: PathBuf::new(),
            };
            assert_eq!(local.root_with_separator(), "/a/b/");
        }
    }
}
