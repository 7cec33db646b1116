//! `iisc build`: the files of each spec, application and target.
//!
//! Everything is read and checked before anything is written: if one of several specs has an error, none is built.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use iisc_compile::{Artifact, Input, Layout, Project, Unsayable, profiles, written};
use iisc_spec::{Profiled, ValidSpec};

use crate::args::BuildArgs;
use crate::disk::{self, DiskError, Overwrite, Written};
use crate::exit::Exit;
use crate::find::find;
use crate::given::Given;
use crate::load::{Loaded, Spec, settings};
use crate::parallel;
use crate::placing::place;
use crate::progress::Progress;
use crate::terminal::{err, out};

pub(crate) fn run(args: &BuildArgs) -> Exit {
    build(args).map_or_else(|exit| exit, |()| Exit::Clean)
}

fn build(args: &BuildArgs) -> Result<(), Exit> {
    let given = Given::of(&args.view)?;
    let specs = load(&find_specs(args)?, args, &given)?;
    let jobs = jobs(&specs, args)?;
    let notes = match &args.archive {
        Some(archive) => pack(archive, &jobs, args, &given)?,
        None => write(&jobs, args, &given)?,
    };
    tell_unwritten(notes.iter().flat_map(|notes| &notes.unwritten));
    tell_absences(&jobs, &notes);
    Ok(())
}

/// A spec that is built, and where to.
struct Job<'a> {
    spec: &'a Spec,
    applications: Vec<&'a ValidSpec>,
    folder: PathBuf,
}

/// What a spec was compiled to.
struct Compiled {
    artifacts: Vec<Artifact>,
    notes: Notes,
}

/// What no file says.
struct Notes {
    /// The keys that are not written yet.
    unwritten: Vec<&'static str>,
    /// The files that a profile does not have, in words.
    absences: Vec<String>,
}

impl Job<'_> {
    fn compile(&self, args: &BuildArgs, given: &Given) -> Result<Compiled, Unsayable> {
        let profiles = match args.view.profile {
            Some(_) => Vec::new(),
            None => self.spec.profiles(&args.targets, &given.values),
        };
        let artifacts = compile(self.spec, &self.applications, &profiles, args.source_map)?;
        let absences = profiles::absences(&self.applications, &profiles);
        Ok(Compiled {
            artifacts,
            notes: Notes {
                unwritten: unwritten(&self.applications),
                absences: absences.iter().map(ToString::to_string).collect(),
            },
        })
    }

    /// Compiles the spec and writes its files, and says what became of each. The files of thousands of specs are never in
    /// memory at once.
    fn build(&self, args: &BuildArgs, given: &Given) -> Result<Built, Failure> {
        let Compiled { artifacts, notes } = self.compile(args, given)?;
        let written = disk::write(&self.folder, &artifacts, overwrite(args))?;
        let line = |(artifact, written): (&Artifact, Written)| {
            line(written, &self.folder.join(&artifact.path))
        };
        let lines: Vec<String> = artifacts.iter().zip(written).map(line).collect();
        Ok(Built {
            report: lines.join("\n"),
            notes,
        })
    }
}

/// What a spec was built into.
struct Built {
    /// A line for each file.
    report: String,
    notes: Notes,
}

/// Why a spec was not built.
enum Failure {
    Compile(Unsayable),
    Write(DiskError),
}

impl From<Unsayable> for Failure {
    fn from(error: Unsayable) -> Self {
        Self::Compile(error)
    }
}

impl From<DiskError> for Failure {
    fn from(error: DiskError) -> Self {
        Self::Write(error)
    }
}

impl From<Failure> for Exit {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Compile(error) => faulty(error),
            Failure::Write(error) => Self::unusable(error),
        }
    }
}

/// The specs that the command line names, or that lie below its folders.
fn find_specs(args: &BuildArgs) -> Result<Vec<PathBuf>, Exit> {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Exit::misused("a spec is built from a file, not from `-`"));
    }
    let found = find(&args.paths, None);
    let failures = found.failures.into_iter().map(Exit::unusable);
    match failures.max() {
        Some(exit) => Err(exit),
        None => Ok(found
            .inputs
            .iter()
            .map(|input| input.path().to_path_buf())
            .collect()),
    }
}

/// Reads and checks specs, and shows what was found in each.
fn load(paths: &[PathBuf], args: &BuildArgs, given: &Given) -> Result<Vec<Spec>, Exit> {
    let settings = settings(&args.targets, &args.view, given);
    let loaded = in_parallel(paths, |path| Loaded::read(path, &settings));
    let shown = loaded.into_iter().map(|loaded| match loaded {
        Ok(loaded) => loaded.shown(),
        Err(error) => Err(Exit::unusable(error)),
    });
    let (specs, failures): (Vec<_>, Vec<_>) = shown.partition(Result::is_ok);
    // What could not be read goes before what is wrong, as everywhere.
    let failures = failures.into_iter().filter_map(Result::err);
    if let Some(exit) = failures.max() {
        return Err(exit);
    }
    let specs: Vec<Spec> = specs.into_iter().flatten().collect();
    given.refuse_undeclared(specs.iter().map(|spec| &spec.checked))?;
    Ok(specs)
}

/// Chooses applications and places.
fn jobs<'a>(specs: &'a [Spec], args: &BuildArgs) -> Result<Vec<Job<'a>>, Exit> {
    let paths: Vec<&Path> = specs.iter().map(|spec| spec.path.as_path()).collect();
    // An archive has the folders that `--output` would fill.
    let output = args.archive.as_ref().map(|_| Path::new(""));
    let folders = place(&paths, output.or(args.output.as_deref()));
    let mut taken = BTreeSet::new();
    let job = |(spec, folder): (&'a Spec, PathBuf)| {
        if !taken.insert(folder.clone()) {
            return Err(Exit::misused(&format!(
                "two specs would be built into {}; one of them is {}\n  help: build them one at a time, each with its own -o",
                folder.display(),
                spec.path.display()
            )));
        }
        Ok(Job {
            spec,
            applications: spec.applications(&args.applications)?,
            folder,
        })
    };
    specs.iter().zip(folders).map(job).collect()
}

fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let mut progress = Progress::new(items.len());
    let results = parallel::map(items, work, |done| progress.tick(done));
    progress.end();
    results
}

/// Compiles applications of a spec.
pub(crate) fn compile(
    spec: &Spec,
    applications: &[&ValidSpec],
    profiles: &[Profiled],
    source_map: bool,
) -> Result<Vec<Artifact>, Unsayable> {
    iisc_compile::compile(&Project {
        applications,
        profiles,
        layout: Layout::of(spec.checked.applications.len()),
        input: Input {
            file_name: &spec.path.file_name().unwrap_or_default().to_string_lossy(),
            bytes: &spec.bytes,
        },
        source_map: source_map.then_some(&spec.checked.source),
    })
}

/// Says that a value got past the checks.
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` calls")]
pub(crate) fn faulty(error: Unsayable) -> Exit {
    err(format_args!(
        "iisc: {error}\nThis is a bug in iisc: its checks should have refused that value. Please report it."
    ));
    Exit::Internal
}

/// Builds each spec, all of its files or none, and says what became of each.
fn write(jobs: &[Job<'_>], args: &BuildArgs, given: &Given) -> Result<Vec<Notes>, Exit> {
    let built = in_parallel(jobs, |job| job.build(args, given));
    let told = built.into_iter().map(|built| match built {
        Ok(built) => {
            out(format_args!("{}", built.report));
            Ok(built.notes)
        }
        Err(failure) => Err(Exit::from(failure)),
    });
    let (notes, failures): (Vec<_>, Vec<_>) = told.partition(Result::is_ok);
    match failures.into_iter().filter_map(Result::err).max() {
        Some(exit) => Err(exit),
        None => Ok(notes.into_iter().flatten().collect()),
    }
}

fn line(written: Written, path: &Path) -> String {
    format!("{:<9}  {}", written.word(), path.display())
}

/// Writes one archive of all files.
fn pack(
    path: &Path,
    jobs: &[Job<'_>],
    args: &BuildArgs,
    given: &Given,
) -> Result<Vec<Notes>, Exit> {
    let compiled = in_parallel(jobs, |job| job.compile(args, given));
    let (mut artifacts, mut notes) = (Vec::new(), Vec::new());
    for (job, compiled) in jobs.iter().zip(compiled) {
        let compiled = compiled.map_err(faulty)?;
        let names = job.folder.iter().map(|name| name.to_string_lossy() + "/");
        let folder: String = names.collect();
        let placed = compiled.artifacts.into_iter().map(|artifact| Artifact {
            path: format!("{folder}{}", artifact.path),
            ..artifact
        });
        artifacts.extend(placed);
        notes.push(compiled.notes);
    }
    let bytes = iisc_compile::archive(&artifacts).map_err(|error| {
        Exit::misused(&format!(
            "--archive: {error}\n  help: build into a folder instead"
        ))
    })?;
    let written = disk::write_file(path, &bytes, overwrite(args)).map_err(Exit::unusable)?;
    out(format_args!("{}", line(written, path)));
    Ok(notes)
}

const fn overwrite(args: &BuildArgs) -> Overwrite {
    match args.force {
        true => Overwrite::Anything,
        false => Overwrite::OwnFiles,
    }
}

/// The keys of applications that no file says yet.
pub(crate) fn unwritten(applications: &[&ValidSpec]) -> Vec<&'static str> {
    let keys = applications.iter().map(|spec| written::unwritten(spec));
    keys.flatten().collect()
}

/// Names keys that no file says yet, so that nobody relies on them; each once for all.
pub(crate) fn tell_unwritten<'a>(keys: impl IntoIterator<Item = &'a &'static str>) {
    let mut told = BTreeSet::new();
    for key in keys {
        if told.insert(key) {
            err(format_args!("note: `{key}` is checked but not written yet"));
        }
    }
}

/// Names the files that a profile does not have; with the spec's name where there are several.
fn tell_absences(jobs: &[Job<'_>], notes: &[Notes]) {
    for (job, notes) in jobs.iter().zip(notes) {
        let of = match jobs {
            [_] => String::new(),
            _ => format!("{}: ", job.spec.checked.source.name()),
        };
        for absence in &notes.absences {
            err(format_args!("note: {of}{absence}"));
        }
    }
}
