//! Problems that a team knows of and has put off, in a file that is checked in.
//!
//! A problem is recognised by file, code and message, and not by its line, so that an edit above it changes nothing.
//! The list shrinks by itself only in the sense that a solved problem is pointed out; it never grows by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use iisc_spec::{Checked, Code, Diagnostic};
use serde::{Deserialize, Serialize};

use crate::disk::{self, DiskError};
use crate::relative::relative;

/// The version of the file's form.
const VERSION: u32 = 1;

/// File relative to the baseline's folder, code, message.
type Key = (String, String, String);

/// The known problems, and how often each may occur.
#[derive(Debug)]
pub(crate) struct Baseline {
    path: PathBuf,
    known: BTreeMap<Key, usize>,
}

/// The form of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    version: u32,
    problems: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    code: String,
    message: String,
    count: usize,
}

impl Baseline {
    /// An empty list that will be written to a file.
    pub(crate) fn empty(path: &Path) -> Self {
        Self {
            path: path.to_path_buf(),
            known: BTreeMap::new(),
        }
    }

    /// Reads the list from its file.
    pub(crate) fn read(path: &Path) -> Result<Self, DiskError> {
        let wrong = |what: String| {
            DiskError::new(path, what)
                .with_help("this is no baseline of this version of iisc; --update-baseline writes a new one if it is removed")
        };
        let bytes = disk::read(path).map_err(|error| {
            error.with_help("`iisc check --baseline FILE --update-baseline` writes it")
        })?;
        let form: Form =
            serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))?;
        if form.version != VERSION {
            return Err(wrong(format!("its version is {}", form.version)));
        }
        let mut baseline = Self::empty(path);
        for entry in form.problems {
            Code::parse(&entry.code)
                .ok_or_else(|| wrong(format!("`{}` is no code", entry.code)))?;
            let key = (entry.file, entry.code, entry.message);
            *baseline.known.entry(key).or_default() += entry.count;
        }
        Ok(baseline)
    }

    /// Takes the known problems out of what was found, and returns how many those were.
    ///
    /// Of a problem that occurs more often than the list says, the last ones stay.
    pub(crate) fn hide(&self, files: &mut [Checked]) -> usize {
        let mut left = self.known.clone();
        let mut hidden = 0;
        for checked in files {
            let file = self.file(checked);
            checked.diagnostics.retain(|found| {
                match left.get_mut(&key(&file, found)).filter(|count| **count > 0) {
                    Some(count) => {
                        *count -= 1;
                        hidden += 1;
                        false
                    }
                    None => true,
                }
            });
        }
        hidden
    }

    /// How many listed problems of these files, and of files that are gone, no longer occur.
    pub(crate) fn solved(&self, files: &[Checked]) -> usize {
        let now = self.count(files);
        let looked_at = self.looked_at(files);
        let listed = self.known.iter().filter(|(key, _)| looked_at(&key.0));
        listed
            .map(|(key, count)| count.saturating_sub(now.get(key).copied().unwrap_or_default()))
            .sum()
    }

    /// Makes the list say what was found in these files. What it says of others stays, unless they are gone.
    pub(crate) fn update(&mut self, files: &[Checked]) {
        let now = self.count(files);
        let looked_at = self.looked_at(files);
        let before = std::mem::take(&mut self.known);
        let others = before.into_iter().filter(|(key, _)| !looked_at(&key.0));
        self.known = others.chain(now).collect();
    }

    /// Writes the file, sorted, and returns how many problems it lists.
    pub(crate) fn write(&self) -> Result<usize, DiskError> {
        let problems = self
            .known
            .iter()
            .map(|((file, code, message), count)| Entry {
                file: file.clone(),
                code: code.clone(),
                message: message.clone(),
                count: *count,
            });
        let form = Form {
            version: VERSION,
            problems: problems.collect(),
        };
        // Strings and numbers always have a JSON form.
        let text = serde_json::to_string_pretty(&form).unwrap_or_default() + "\n";
        disk::replace(&self.path, text.as_bytes())?;
        Ok(self.known.values().sum())
    }

    fn count(&self, files: &[Checked]) -> BTreeMap<Key, usize> {
        let mut counts = BTreeMap::new();
        for checked in files {
            let file = self.file(checked);
            for found in &checked.diagnostics {
                *counts.entry(key(&file, found)).or_default() += 1;
            }
        }
        counts
    }

    /// True for a file that was checked, and for one that does not exist any more.
    fn looked_at(&self, files: &[Checked]) -> impl Fn(&str) -> bool + use<> {
        let folder = self.folder().to_path_buf();
        let checked: BTreeSet<String> = files.iter().map(|checked| self.file(checked)).collect();
        move |file| checked.contains(file) || !folder.join(file).exists()
    }

    fn file(&self, checked: &Checked) -> String {
        relative(Path::new(checked.source.name()), self.folder())
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

fn key(file: &str, found: &Diagnostic) -> Key {
    (
        file.to_owned(),
        found.code.to_string(),
        found.message.clone(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(name: &Path, text: &str) -> Checked {
        iisc_spec::check(
            &name.display().to_string(),
            text.as_bytes(),
            &iisc_spec::Options::default(),
        )
    }

    #[test]
    fn known_problems_are_hidden_wherever_they_move_and_more_of_them_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a.yaml"), folder.path().join("b.yaml"));
        let mut baseline = Baseline::empty(&folder.path().join("sub/../baseline.json"));
        std::fs::create_dir(folder.path().join("sub")).unwrap();
        baseline.update(&[checked(&a, "")]);
        assert_eq!(baseline.write().unwrap(), 1);
        let baseline = Baseline::read(&folder.path().join("baseline.json")).unwrap();

        let mut same = [checked(&a, "\n\n")];
        assert_eq!((baseline.solved(&same), baseline.hide(&mut same)), (0, 1));
        assert!(same[0].diagnostics.is_empty());
        let mut other = [checked(&b, "")];
        assert_eq!(baseline.hide(&mut other), 0);
        let mut twice = [checked(&a, ""), checked(&a, "")];
        assert_eq!(baseline.hide(&mut twice), 1);
        assert_eq!(
            (twice[0].diagnostics.len(), twice[1].diagnostics.len()),
            (0, 1)
        );
    }

    #[test]
    fn an_update_shrinks_what_it_looks_at_and_what_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        std::fs::write(file("there"), "").unwrap();
        let mut baseline = Baseline::empty(&file("baseline.json"));
        baseline.update(&[
            checked(&file("there"), ""),
            checked(&file("gone"), ""),
            checked(&file("a"), ""),
        ]);
        let left: Vec<&str> = baseline.known.keys().map(|key| key.0.as_str()).collect();
        assert_eq!(left, ["a", "gone", "there"]);
        assert_eq!(
            baseline.solved(&[checked(&file("a"), "")]),
            1,
            "the one that is gone"
        );
        baseline.update(&[checked(&file("a"), "")]);
        let left: Vec<&str> = baseline.known.keys().map(|key| key.0.as_str()).collect();
        assert_eq!(left, ["a", "there"]);
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("baseline.json");
        for text in [
            "",
            "[]",
            "{\"version\": 2, \"problems\": []}",
            "{\"version\": 1, \"problems\": [{\"file\": \"a\", \"code\": \"x\", \"message\": \"\", \"count\": 1}]}",
        ] {
            std::fs::write(&path, text).unwrap();
            assert!(Baseline::read(&path).is_err(), "{text}");
        }
        std::fs::remove_file(&path).unwrap();
        let error = Baseline::read(&path).unwrap_err().to_string();
        assert!(error.contains("--update-baseline"), "{error}");
    }
}
