//! `manifest.json`: what was built, from what, and what it asks of a server and changes there.
//!
//! Its form is described in `docs/manifest.md` and by `schemas/manifest.schema.json`; a change that a reader could stumble
//! over raises `FORMAT`. Secrets are in it by name only, which is all that a spec knows of them.

use iisc_spec::model::{Packages, ProjectPath, User};
use iisc_spec::{AppSpec, Target, ValidSpec};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::artifact::{Artifact, LineEnding};
use crate::emit;
use crate::plan::{Plan, WindowsFeature, effects};
use crate::text::hex::hex;

/// The version of the manifest's form.
const FORMAT: u32 = 3;

/// The file that a spec was read from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Its name without folders, so that the place of a checkout is not part of the output.
    pub file_name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// An application, and what was built of it.
#[derive(Debug)]
pub struct Built<'a> {
    /// The application.
    pub spec: &'a ValidSpec,
    /// Its targets in our order.
    pub targets: Vec<BuiltTarget>,
}

/// An application for one target.
#[derive(Debug)]
pub struct BuiltTarget {
    /// What its files say.
    pub plan: Plan,
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
#[serde(rename_all = "camelCase")]
struct Application<'a> {
    name: &'a str,
    inputs: Vec<ProjectFile>,
    local_files: Vec<LocalFile<'a>>,
    secrets: Vec<Secret<'a>>,
    passwords: Vec<Password<'a>>,
    targets: Vec<OnTarget<'a>>,
}

/// A file of the project that is used on the server.
#[derive(Serialize)]
struct ProjectFile {
    key: &'static str,
    path: String,
}

/// A file that has to be on the server and is not in the project.
#[derive(Serialize)]
struct LocalFile<'a> {
    path: String,
    description: &'a str,
    template: Option<String>,
}

#[derive(Serialize)]
struct Secret<'a> {
    name: &'a str,
    file: &'a str,
}

/// A password that is asked for when the server is set up.
#[derive(Serialize)]
struct Password<'a> {
    account: &'a str,
    variable: &'a str,
}

#[derive(Serialize)]
struct OnTarget<'a> {
    name: &'static str,
    files: Vec<BuiltFile<'a>>,
    requires: Requires<'a>,
    changes: Vec<Change>,
}

#[derive(Serialize)]
struct Requires<'a> {
    features: Vec<RequiredFeature>,
    modules: &'a [&'static str],
    extensions: &'a [&'static str],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequiredFeature {
    dism: &'static str,
    server_manager: &'static str,
    why: &'static str,
}

#[derive(Serialize)]
struct Change {
    kind: &'static str,
    name: String,
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
        format: FORMAT,
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
    let spec: &AppSpec = built.spec;
    let secret = spec.secrets.iter().map(|(name, secret)| Secret {
        name: name.as_str(),
        file: secret.file.as_str(),
    });
    Application {
        name: spec.name.as_str(),
        inputs: inputs(spec),
        local_files: local_files(spec),
        secrets: secret.collect(),
        passwords: spec.pool.user.iter().filter_map(password).collect(),
        targets: built.targets.iter().map(on_target).collect(),
    }
}

/// The files of the project that the spec names, by their paths below the spec's folder. They are used where they lie on
/// the server, and are no part of the build.
fn inputs(spec: &AppSpec) -> Vec<ProjectFile> {
    let Packages {
        requirements,
        constraints,
        wheels,
        extra: _,
        system_site_packages: _,
        pip_options: _,
    } = &spec.python.packages;
    let file = |key| {
        move |path: &ProjectPath| ProjectFile {
            key,
            path: path.posix(),
        }
    };
    let templates = spec.local_files.values();
    let templates = templates.filter_map(|local| local.template.as_ref());
    let requirements = requirements
        .iter()
        .map(file("python.packages.requirements"));
    let constraints = constraints.iter().map(file("python.packages.constraints"));
    let inputs = requirements.chain(constraints);
    inputs
        .chain(wheels.iter().map(file("python.packages.wheels")))
        .chain(templates.map(file("local-files")))
        .collect()
}

fn local_files(spec: &AppSpec) -> Vec<LocalFile<'_>> {
    let files = spec.local_files.iter();
    let files = files.map(|(path, local)| LocalFile {
        path: path.below(&spec.root).to_string(),
        description: &local.description,
        template: local.template.as_ref().map(ProjectPath::posix),
    });
    files.collect()
}

/// None for a managed account, which has no password.
fn password(user: &User) -> Option<Password<'_>> {
    Some(Password {
        account: user.name.as_str(),
        variable: user.password_from.as_ref()?.as_str(),
    })
}

fn on_target(built: &BuiltTarget) -> OnTarget<'_> {
    let plan = &built.plan;
    let feature = |feature: &WindowsFeature| RequiredFeature {
        dism: feature.dism,
        server_manager: feature.server_manager,
        why: feature.why,
    };
    let changes = effects(plan).into_iter().map(|effect| Change {
        kind: effect.kind.name(),
        name: effect.name,
    });
    OnTarget {
        name: Target::name(plan.target),
        files: built.artifacts.iter().map(built_file).collect(),
        requires: Requires {
            features: plan.requires.features.iter().map(feature).collect(),
            modules: &plan.requires.modules,
            extensions: &plan.requires.extensions,
        },
        changes: changes.collect(),
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
    hex(&Sha256::digest(bytes))
}
