//! Programs in a folder that belongs to one user (`P16`).

use super::super::View;
use crate::diag::Level;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::advice(
    1033,
    "profile-folder",
    Level::Warning,
    include_str!("profile-folder.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    for command in view.commands() {
        let Some((program, marked)) = command.program() else {
            continue;
        };
        let Some(range) = profile(program) else {
            continue;
        };
        let problem = RULE
            .problem("the program lies in the folder of one user")
            .at(marked.part(range), "an application pool may not read it")
            .help("install Python for all users, and make the virtual environment outside of this folder");
        sink.push(problem);
    }
}

/// The part of a path that leads into a user's folder.
fn profile(path: &str) -> Option<std::ops::Range<usize>> {
    let plain = path.replace('/', "\\").to_ascii_lowercase();
    [":\\users\\", ":\\documents and settings\\"]
        .iter()
        .find_map(|folder| {
            let at = plain.find(folder)?;
            let rest = plain.get(at + folder.len()..)?;
            let name = rest.split_once('\\')?.0;
            let is_shared = matches!(name, "public" | "all users" | "default");
            (at > 0 && !is_shared).then_some(at - 1..at + folder.len() + name.len())
        })
}

#[cfg(test)]
mod tests {
    use super::profile;

    #[test]
    fn the_folder_of_a_user_is_found() {
        for (path, folder) in [
            (r"C:\Users\ann\env\python.exe", Some(r"C:\Users\ann")),
            ("c:/users/ann/python.exe", Some("c:/users/ann")),
            (
                r"C:\Documents and Settings\ann\python.exe",
                Some(r"C:\Documents and Settings\ann"),
            ),
            (r"C:\Users\Public\python.exe", None),
            (r"D:\apps\Users\python.exe", None),
            (r"C:\Python\python.exe", None),
        ] {
            assert_eq!(
                profile(path).and_then(|range| path.get(range)),
                folder,
                "{path}"
            );
        }
    }
}
