//! `manifest.json`: what was built, from what.

use iisc_spec::{Target, ValidSpec};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::artifact::{Artifact, LineEnding};
use crate::emit;
use crate::ordered;

/// The file that a spec was read from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Its name without folders, so that the place of a checkout is not part of the output.
    pub file_name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// An application, and the files that it was compiled to.
#[derive(Debug)]
pub struct Built<'a> {
    /// The application.
    pub spec: &'a ValidSpec,
    /// Its files.
    pub artifacts: Vec<Artifact>,
}

#[derive(Serialize)]
struct Manifest<'a> {
    generator: &'static str,
    format: u32,
    spec: File<'a>,
    /// `null` for the file as it stands.
    profile: Option<&'a str>,
    applications: Vec<Application<'a>>,
}

#[derive(Serialize)]
struct Application<'a> {
    name: &'a str,
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
pub fn manifest(built: &[Built<'_>], input: &Input<'_>) -> Artifact {
    let manifest = Manifest {
        generator: crate::MARKER,
        format: 2,
        spec: File {
            path: input.file_name,
            sha256: sha256(input.bytes),
        },
        profile: built.iter().find_map(|built| built.spec.profile()),
        applications: built.iter().map(application).collect(),
    };
    // A struct of strings and numbers always has a JSON form.
    let text = serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n";
    Artifact {
        path: "manifest.json".to_owned(),
        text,
        line_ending: LineEnding::Lf,
    }
}

fn application<'a>(built: &'a Built<'_>) -> Application<'a> {
    Application {
        name: built.spec.name.as_str(),
        targets: ordered(built.spec).map(Target::name).collect(),
        files: built.artifacts.iter().map(built_file).collect(),
    }
}

fn built_file(artifact: &Artifact) -> BuiltFile<'_> {
    let bytes = artifact.bytes();
    let name = artifact.path.rsplit('/').next().unwrap_or_default();
    BuiltFile {
        file: File {
            path: &artifact.path,
            sha256: sha256(&bytes),
        },
        bytes: bytes.len(),
        purpose: emit::purpose(name),
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
