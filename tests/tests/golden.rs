//! An example is a golden test: its spec, and the folder `expected/` with what is built from it.
#![expect(clippy::disallowed_methods, reason = "a test reads files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use iisc_compile::{Input, Layout, Project};
use iisc_spec::{Options, Scope};
use iisc_tests::{assert_golden, blessing, examples, files_below, workspace};

#[test]
fn every_example_compiles_to_its_expected_files() {
    for example in examples() {
        let bytes = fs::read(example.join("app.iis.yaml")).unwrap();
        let options = Options {
            scope: Scope::Base,
            ..Options::default()
        };
        let checked = iisc_spec::check("app.iis.yaml", &bytes, &options);
        assert!(
            checked.diagnostics.is_empty(),
            "{}: {:#?}",
            example.display(),
            checked.diagnostics
        );
        let profiles = iisc_spec::profiles("app.iis.yaml", &bytes, &options);
        let applications: Vec<_> = checked.applications.iter().collect();
        let layout = Layout::of(applications.len());
        let input = Input {
            file_name: "app.iis.yaml",
            bytes: &bytes,
        };
        let artifacts = iisc_compile::compile(&Project {
            applications: &applications,
            profiles: &profiles,
            layout,
            input,
            source_map: None,
        })
        .unwrap();
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

#[test]
fn every_example_is_listed_and_those_with_a_readme_have_a_picture() {
    let list = fs::read_to_string(workspace().join("examples/README.md")).unwrap();
    for example in examples() {
        let name = example.file_name().unwrap().to_str().unwrap();
        assert!(list.contains(&format!("| [{name}]({name}")), "{name}");
        if let Ok(readme) = fs::read_to_string(example.join("README.md")) {
            assert!(readme.contains("\n## The way of a request\n"), "{name}");
        }
    }
}

#[test]
fn an_example_shows_every_section() {
    let text = fs::read_to_string(workspace().join("examples/everything/app.iis.yaml")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&iisc_spec::schema_text()).unwrap();
    for section in schema["properties"].as_object().unwrap().keys() {
        let key = format!("{section}:");
        let shows = |line: &str| line.trim_start().starts_with(&key);
        assert!(text.lines().any(shows), "{section}");
    }
}

#[test]
fn the_published_schema_is_the_one_of_the_code() {
    assert_golden(
        &workspace().join("schemas/app.iis.schema.json"),
        iisc_spec::schema_text().as_bytes(),
    );
}
