//! Paths as other machines understand them: relative, and with `/`.

use std::path::{Component, Path, PathBuf};

/// A path as seen from a folder. One on another drive stays as it is.
///
/// Only the text of the paths counts, so a file need not exist; both are made absolute first.
pub(crate) fn relative(path: &Path, folder: &Path) -> String {
    let (path, folder) = (plain(path), plain(folder));
    let mut ours = path.components().peekable();
    let mut theirs = folder.components().peekable();
    let mut common = 0;
    while ours.peek().is_some() && ours.peek() == theirs.peek() {
        ours.next();
        theirs.next();
        common += 1;
    }
    if common == 0 {
        return slashed(&path);
    }
    let up = theirs.map(|_| Component::ParentDir);
    slashed(&up.chain(ours).collect::<PathBuf>())
}

/// The path from the root, without `.` and `..`; the empty path is the current folder.
fn plain(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(Path::new(".").join(path));
    let absolute = absolute.unwrap_or_else(|_| path.to_path_buf());
    let mut plain = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => {
                plain.push(component);
            }
        }
    }
    plain
}

fn slashed(path: &Path) -> String {
    let text = path.display().to_string();
    if cfg!(windows) {
        text.replace('\\', "/")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_from_a_folder() {
        for (path, folder, expected) in [
            ("a/b.yaml", "", "a/b.yaml"),
            ("./a/../b.yaml", "", "b.yaml"),
            ("b.yaml", "a/c", "../../b.yaml"),
            ("a/b.yaml", "a", "b.yaml"),
            ("<stdin>", "", "<stdin>"),
        ] {
            let here = std::env::current_dir().unwrap();
            assert_eq!(relative(Path::new(path), Path::new(folder)), expected);
            assert_eq!(relative(Path::new(path), &here.join(folder)), expected);
            assert_eq!(relative(&here.join(path), Path::new(folder)), expected);
        }
    }
}
