//! `manifest.json`: what was built, from what.

use iisc_spec::Target;
use iisc_spec::model::AppSpec;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::artifact::{Artifact, LineEnding};
use crate::emit::EMITTERS;
use crate::ordered;

/// The file that a spec was read from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Its name without folders, so that the place of a checkout is not part of the output.
    pub file_name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Manifest<'a> {
    generator: &'static str,
    format: u32,
    application: &'a str,
    spec: File<'a>,
    targets: Vec<&'static str>,
    files: Vec<BuiltFile<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    sha256: String,
}

#[derive(Serialize)]
struct BuiltFile<'a> {
    #[serde(flatten)]
    file: File<'a>,
    bytes: usize,
    purpose: &'static str,
}

/// The manifest of a build.
#[must_use]
pub fn manifest(spec: &AppSpec, input: &Input<'_>, artifacts: &[Artifact]) -> Artifact {
    let manifest = Manifest {
        generator: crate::MARKER,
        format: 1,
        application: spec.name.as_str(),
        spec: File {
            path: input.file_name,
            sha256: sha256(input.bytes),
        },
        targets: ordered(spec).map(Target::name).collect(),
        files: artifacts.iter().map(built_file).collect(),
    };
    // A struct of strings and numbers always has a JSON form.
    let text = serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n";
    Artifact {
        path: "manifest.json".to_owned(),
        text,
        line_ending: LineEnding::Lf,
    }
}

fn built_file(artifact: &Artifact) -> BuiltFile<'_> {
    let bytes = artifact.bytes();
    let name = artifact.path.rsplit('/').next().unwrap_or_default();
    let emitter = EMITTERS.iter().find(|emitter| emitter.name == name);
    BuiltFile {
        file: File {
            path: &artifact.path,
            sha256: sha256(&bytes),
        },
        bytes: bytes.len(),
        purpose: emitter.map_or("", |emitter| emitter.purpose),
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
