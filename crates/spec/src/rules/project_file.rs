//! Files and folders that a spec names, looked up in the project.

use std::collections::BTreeSet;

use crate::model::ProjectPath;
use crate::suggest;
use crate::world::World;

/// True unless a path is surely not in the project: Windows takes `A.txt` for `a.txt`, and what version control
/// leaves out is made later.
pub(crate) fn may_exist(world: &dyn World, path: &ProjectPath) -> bool {
    let path = path.posix();
    if path.split('/').any(|name| name == "..") || world.kind(&path).is_some() {
        return true;
    }
    let lower = path.to_lowercase();
    let folder = format!("{lower}/");
    let is_it = |file: &String| {
        let file = file.to_lowercase();
        file == lower || file.starts_with(&folder)
    };
    world.files().iter().any(is_it) || is_ignored(world, &path)
}

/// True for a path that a line of `.gitignore` may be about.
fn is_ignored(world: &dyn World, path: &str) -> bool {
    let text = world.read(".gitignore").unwrap_or_default();
    text.lines().any(|line| {
        let pattern = line.trim().trim_end_matches('/');
        let last = pattern.rsplit('/').next().unwrap_or_default();
        let ending = last.rsplit('*').next().unwrap_or_default();
        let is_meant = |name: &str| match last.contains('*') {
            true => name.ends_with(ending),
            false => name == last,
        };
        !last.is_empty() && !line.starts_with('#') && path.split('/').any(is_meant)
    })
}

/// The file of the project that is probably meant: of a similar path, or of the same name elsewhere.
pub(crate) fn near_file(world: &dyn World, path: &ProjectPath) -> Option<String> {
    let path = path.posix();
    let name = path.rsplit('/').next().unwrap_or_default();
    let files = world.files();
    let near = suggest::nearest(&path, files.iter().map(String::as_str));
    let mut same = files
        .iter()
        .filter(|file| file.rsplit('/').next() == Some(name));
    let only = same.next().filter(|_| same.next().is_none());
    near.or(only.map(String::as_str)).map(str::to_owned)
}

/// The folder of the project that is probably meant.
pub(crate) fn near_folder(world: &dyn World, path: &ProjectPath) -> Option<String> {
    let files = world.files();
    let folders: BTreeSet<&str> = files
        .iter()
        .flat_map(|file| file.match_indices('/').filter_map(|(at, _)| file.get(..at)))
        .collect();
    suggest::nearest(&path.posix(), folders.into_iter()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;

    #[test]
    fn what_is_left_out_of_version_control_may_exist() {
        let ignored = "# build\n/dist/\n*.whl\nbuild/out\n\n";
        let world = MemoryWorld::new([(".gitignore", ignored), ("shop/Static/a.css", "")]);
        for (path, expected) in [
            ("dist/a.zip", true),
            ("wheels/a.whl", true),
            ("web/out", true),
            ("shop/static", true),
            (r"SHOP\static\A.css", true),
            ("../other", true),
            ("build", false),
            ("shop/statics", false),
            ("requirements.txt", false),
        ] {
            assert_eq!(
                may_exist(&world, &ProjectPath::new(path)),
                expected,
                "{path}"
            );
        }
    }

    #[test]
    fn a_near_name_is_found() {
        let files = [
            ("requirements/base.txt", ""),
            ("a/x.whl", ""),
            ("shop/static/a", ""),
        ];
        let world = MemoryWorld::new(files);
        let file = |path| near_file(&world, &ProjectPath::new(path));
        assert_eq!(
            file("requirement/base.txt").as_deref(),
            Some("requirements/base.txt")
        );
        assert_eq!(file("wheels/x.whl").as_deref(), Some("a/x.whl"));
        assert_eq!(file("none.cfg"), None);
        let folder = |path| near_folder(&world, &ProjectPath::new(path));
        assert_eq!(folder("shop/statc").as_deref(), Some("shop/static"));
        assert_eq!(folder("dist"), None);
    }
}
