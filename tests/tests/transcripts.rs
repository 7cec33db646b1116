//! Every transcript, and the pages that show commands: the README, the guide, the formats, release pipelines.

use std::fs;

use iisc_tests::{transcript, workspace};

#[test]
fn the_readme_shows_what_happens() {
    transcript::run(&workspace().join("README.md"));
}

#[test]
fn the_page_on_formats_shows_what_happens() {
    transcript::run(&workspace().join("docs/formats.md"));
}

#[test]
fn the_page_on_release_pipelines_shows_what_happens() {
    transcript::run(&workspace().join("docs/deploy.md"));
}

#[test]
fn the_guide_shows_what_happens() {
    transcript::run(&workspace().join("docs/guide.md"));
}

#[test]
fn every_transcript_shows_what_happens() {
    let folder = workspace().join("tests/transcripts");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        transcript::run(&file);
    }
}
