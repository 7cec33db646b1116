//! The files for Web Deploy do what they are for: a transform makes exactly the `Web.config` of its profile, and a
//! parameter finds exactly its place.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test reads files, and ends where it fails"
)]

mod library;
mod parameters;
mod specs;
mod transforms;
mod xdt;
mod xpath;

use std::path::PathBuf;

use iisc_compile::Artifact;
use iisc_gateway_core::xml::{self, Element};
use iisc_spec::ValidSpec;
use iisc_tests::{examples, files_below};

use crate::specs::{PYTHONS, SAYING, compiled, spec};

/// What a document says: no lines, and no order of attributes.
fn infoset(bytes: &[u8]) -> Element {
    sorted(xml::parse(bytes).unwrap())
}

fn sorted(mut element: Element) -> Element {
    element.line = 0;
    element.attributes.sort();
    element.children = element.children.into_iter().map(sorted).collect();
    element
}

fn file<'a>(artifacts: &'a [Artifact], path: &str) -> &'a Artifact {
    let found = artifacts.iter().find(|artifact| artifact.path == path);
    found.unwrap_or_else(|| panic!("no {path}"))
}

fn read(artifacts: &[Artifact], path: &str) -> Element {
    infoset(&file(artifacts, path).bytes())
}

/// The specs of the table, each with one of the Pythons.
fn table() -> Vec<ValidSpec> {
    let pythons = PYTHONS.iter().cycle();
    let each = SAYING.iter().zip(pythons);
    each.map(|(saying, python)| spec(python, saying)).collect()
}

/// What is done with each pair of specs of the table: the first is built, the second its profile.
fn for_each_pair(mut judge: impl FnMut(&[Artifact], Element)) {
    let specs = table();
    for second in &specs {
        let expected = read(&compiled(second, None), "iis10/Web.config");
        for first in &specs {
            judge(&compiled(first, Some(second)), expected.clone());
        }
    }
}

/// The built files of all examples whose names are such.
fn built(is_such: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let expected = examples().into_iter();
    let files = expected.flat_map(|example| files_below(&example.join("expected")));
    let files = files.filter(|path| is_such(path.file_name().unwrap().to_str().unwrap()));
    let files: Vec<PathBuf> = files.collect();
    assert!(!files.is_empty());
    files
}
