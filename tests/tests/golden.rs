//! An example is a golden test: its spec, and the folder `expected/` with what is built from it.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads files, and ends where it fails"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use iisc_compile::{Input, Layout};
use iisc_spec::{Options, Scope};
use iisc_tests::{assert_golden, blessing, examples, workspace};

#[test]
fn every_example_compiles_to_its_expected_files() {
    for example in examples() {
        let bytes = fs::read(example.join("app.iis.yaml")).unwrap();
        let checked = iisc_spec::check(
            "app.iis.yaml",
            &bytes,
            &Options {
                scope: Scope::Base,
                ..Options::default()
            },
        );
        assert!(
            checked.diagnostics.is_empty(),
            "{}: {:#?}",
            example.display(),
            checked.diagnostics
        );
        let applications: Vec<_> = checked.applications.iter().collect();
        let layout = match applications.len() {
            1 => Layout::Flat,
            _ => Layout::ByApplication,
        };
        let input = Input {
            file_name: "app.iis.yaml",
            bytes: &bytes,
        };
        let artifacts = iisc_compile::compile(&applications, layout, &input).unwrap();
        let expected = example.join("expected");
        if blessing() {
            let _ = fs::remove_dir_all(&expected);
        }
        for artifact in &artifacts {
            assert_golden(&expected.join(&artifact.path), &artifact.bytes());
        }
        let built: BTreeSet<PathBuf> = artifacts
            .iter()
            .map(|artifact| expected.join(&artifact.path))
            .collect();
        assert_eq!(
            files_below(&expected),
            built,
            "no file of {} is left over",
            expected.display()
        );
    }
}

fn files_below(folder: &Path) -> BTreeSet<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                files_below(&path)
            } else {
                BTreeSet::from([path])
            }
        })
        .collect()
}

#[test]
fn the_published_schema_is_the_one_of_the_code() {
    assert_golden(
        &workspace().join("schemas/app.iis.schema.json"),
        iisc_spec::schema_text().as_bytes(),
    );
}
