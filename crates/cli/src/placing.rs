//! Where the files of each spec go, so that no two specs write into one folder.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::world::folder_of;

/// The folder that is made beside a spec.
const BESIDE: &str = "build";

/// The output folder of each spec, in their order.
///
/// A single spec is written into the folder that is given, else into `build` beside it. Of several, each has its place
/// below the folder that is given as it has it below the folder that all of them share; those of one folder get one
/// more folder each, with the spec's name.
pub(crate) fn place(specs: &[&Path], output: Option<&Path>) -> Vec<PathBuf> {
    let folders = real_folders(specs);
    let mut neighbours: BTreeMap<&Path, usize> = BTreeMap::new();
    for folder in &folders {
        *neighbours.entry(folder).or_default() += 1;
    }
    let shared = shared(&folders);
    let place = |(spec, folder): (&&Path, &PathBuf)| {
        let base = match output {
            Some(output) => output.iter().chain(names(folder).skip(shared)).collect(),
            None => spec.with_file_name(BESIDE),
        };
        match neighbours.get(folder.as_path()) {
            Some(2..) => base.join(name_of(spec)),
            Some(_) | None => base,
        }
    };
    specs.iter().zip(&folders).map(place).collect()
}

/// The folder of each spec, asked for once if it has many.
fn real_folders(specs: &[&Path]) -> Vec<PathBuf> {
    let mut known: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    let folders = specs.iter().map(|spec| {
        let folder = folder_of(spec);
        let real = known
            .entry(folder)
            .or_insert_with_key(|folder| real(folder));
        real.clone()
    });
    folders.collect()
}

/// The folder by its only name, so that two spellings of it are the same; a spec that is not there is told of when it
/// is read.
fn real(folder: &Path) -> PathBuf {
    fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf())
}

/// The names on the way to a folder, without the drive: what is joined from them stays below whatever it is joined to.
fn names(folder: &Path) -> impl Iterator<Item = &OsStr> {
    folder.components().filter_map(|component| match component {
        Component::Normal(name) => Some(name),
        Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => {
            None
        }
    })
}

/// The number of names that all ways begin with.
fn shared(folders: &[PathBuf]) -> usize {
    let Some((first, others)) = folders.split_first() else {
        return 0;
    };
    let same = |other: &PathBuf| {
        let pairs = names(first).zip(names(other));
        pairs.take_while(|(a, b)| a == b).count()
    };
    let all = names(first).count();
    others.iter().map(same).min().unwrap_or(all)
}

/// `shop` for `shop.iis.yaml`.
fn name_of(spec: &Path) -> &OsStr {
    let stem = spec.file_stem().unwrap_or_default();
    Path::new(stem).file_stem().unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(specs: &[&str], output: Option<&str>) -> Vec<String> {
        let specs: Vec<&Path> = specs.iter().map(Path::new).collect();
        let places = place(&specs, output.map(Path::new));
        let text = |path: &PathBuf| path.to_string_lossy().replace('\\', "/");
        places.iter().map(text).collect()
    }

    #[test]
    fn a_single_spec_has_the_folder_for_itself() {
        assert_eq!(placed(&["app.iis.yaml"], None), ["build"]);
        assert_eq!(placed(&["no/x.iis.yaml"], None), ["no/build"]);
        assert_eq!(placed(&["no/x.iis.yaml"], Some("out")), ["out"]);
    }

    #[test]
    fn several_specs_never_share_a_folder() {
        let apart = ["no/a/app.iis.yaml", "no/b/c/app.iis.yaml"];
        assert_eq!(placed(&apart, None), ["no/a/build", "no/b/c/build"]);
        assert_eq!(placed(&apart, Some("out")), ["out/a", "out/b/c"]);
        let together = ["no/a.iis.yaml", "no/b.iis.yml", "no/c/app.iis.yaml"];
        assert_eq!(
            placed(&together, None),
            ["no/build/a", "no/build/b", "no/c/build"]
        );
        assert_eq!(placed(&together, Some("out")), ["out/a", "out/b", "out/c"]);
    }
}
