//! Folders that only one person may look into.

use std::ops::Range;

use super::runner::runners;
use crate::model::{AppSpec, Identity, WinPath};

/// Folders directly on a drive that hold one folder per person.
const PROFILES: [&str; 2] = ["users", "documents and settings"];

/// What lies among the profiles and is everybody's.
const SHARED: [&str; 2] = ["public", "all users"];

/// What `AppData` of a profile holds, wherever the profile was moved to.
const APP_DATA: [&str; 3] = ["local", "locallow", "roaming"];

/// The Store's programs, which only the person who installed one may start.
const STORE: &str = "windowsapps";

/// The part of a path up to a folder that is one person's own (P16); `None` for a path that a service can be let into.
pub(super) fn private_part(path: &WinPath) -> Option<Range<usize>> {
    let names: Vec<String> = path.as_str().split('\\').map(str::to_lowercase).collect();
    let is_one_of = |at: usize, known: &[&str]| {
        let name = names.get(at);
        name.is_some_and(|name| known.contains(&name.as_str()))
    };
    let in_profile = names.len() > 3 && is_one_of(1, &PROFILES) && !is_one_of(2, &SHARED);
    let last = match in_profile {
        true => Some(2),
        false => (0..names.len()).find(|at| {
            let app_data = is_one_of(*at, &["appdata"]) && is_one_of(at + 1, &APP_DATA);
            app_data || is_one_of(*at, &[STORE])
        }),
    }?;
    let written = path.as_str().split('\\').take(last + 1);
    let length: usize = written.map(|name| name.len() + 1).sum();
    Some(0..length.saturating_sub(1))
}

/// The account that would have to look into one person's folder and may not; `None` if none of the targets has one.
pub(super) fn outsider(spec: &AppSpec, path: &WinPath) -> Option<String> {
    let user = spec.pool.user.as_ref().map(|user| user.name.as_str());
    let user = user.and_then(|name| name.rsplit('\\').next());
    let is_own = |name: &str| {
        path.as_str()
            .split('\\')
            .any(|it| it.eq_ignore_ascii_case(name))
    };
    match spec.pool.identity {
        Some(Identity::LocalSystem) => return None,
        Some(Identity::SpecificUser) if user.is_none_or(is_own) => return None,
        Some(
            Identity::ApplicationPool
            | Identity::NetworkService
            | Identity::LocalService
            | Identity::SpecificUser,
        )
        | None => {}
    }
    runners(spec).into_iter().next().map(|runner| runner.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_persons_folders_are_told_from_those_of_all() {
        for (path, part) in [
            (r"C:\Users\ann\env\python.exe", Some(r"C:\Users\ann")),
            (
                r"c:\documents and settings\Ann\x",
                Some(r"c:\documents and settings\Ann"),
            ),
            (
                r"D:\Profiles\ann\AppData\Local\Python\python.exe",
                Some(r"D:\Profiles\ann\AppData"),
            ),
            (
                r"C:\Program Files\WindowsApps\Python\python.exe",
                Some(r"C:\Program Files\WindowsApps"),
            ),
            (r"C:\Users\Public\env\python.exe", None),
            (r"C:\Users\env", None),
            (r"D:\apps\users\ann\env", None),
            (r"D:\AppData\shop", None),
            (r"C:\Program Files\Python312\python.exe", None),
        ] {
            let found = private_part(&WinPath::new(path));
            assert_eq!(found.and_then(|part| path.get(part)), part, "{path}");
        }
    }
}
