//! `iisc build`: the files of each spec, application and target.
//!
//! Everything is read and checked before anything is written: of several specs either all are built or none.

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
    let compile = |job: &Job<'_>| job.compile(args, &given);
    let compiled = in_parallel(&jobs, compile);
    let compiled: Vec<Compiled> = compiled
        .into_iter()
        .collect::<Result<_, _>>()
        .map_err(faulty)?;
    match &args.archive {
        Some(archive) => pack(archive, &jobs, &compiled, args)?,
        None => write(&jobs, &compiled, args)?,
    }
    tell_unwritten(jobs.iter().map(|job| job.applications.as_slice()));
    tell_absences(&jobs, &compiled);
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
    profiles: Vec<Profiled>,
    artifacts: Vec<Artifact>,
}

impl Job<'_> {
    fn compile(&self, args: &BuildArgs, given: &Given) -> Result<Compiled, Unsayable> {
        let profiles = match args.view.profile {
            Some(_) => Vec::new(),
            None => self.spec.profiles(&args.targets, &given.values),
        };
        let artifacts = compile(self.spec, &self.applications, &profiles, args.source_map)?;
        Ok(Compiled {
            profiles,
            artifacts,
        })
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
    parallel::map(items, work, |done| progress.tick(done))
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
        layout: match spec.has_several() {
            true => Layout::ByApplication,
            false => Layout::Flat,
        },
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

/// Writes the files of each spec, all or none, and says what became of each.
fn write(jobs: &[Job<'_>], compiled: &[Compiled], args: &BuildArgs) -> Result<(), Exit> {
    let pairs: Vec<_> = jobs.iter().zip(compiled).collect();
    let write = |(job, compiled): &(&Job<'_>, &Compiled)| {
        disk::write(&job.folder, &compiled.artifacts, overwrite(args))
    };
    let written = in_parallel(&pairs, write);
    let told = pairs.iter().zip(written);
    let failures = told.filter_map(|((job, compiled), written)| tell(job, compiled, written).err());
    failures.max().map_or(Ok(()), Err)
}

fn tell(
    job: &Job<'_>,
    compiled: &Compiled,
    written: Result<Vec<Written>, DiskError>,
) -> Result<(), Exit> {
    let written = written.map_err(Exit::unusable)?;
    for (artifact, written) in compiled.artifacts.iter().zip(written) {
        tell_file(written, &job.folder.join(&artifact.path));
    }
    Ok(())
}

fn tell_file(written: Written, path: &Path) {
    out(format_args!("{:<9}  {}", written.word(), path.display()));
}

/// Writes one archive of all files.
fn pack(
    path: &Path,
    jobs: &[Job<'_>],
    compiled: &[Compiled],
    args: &BuildArgs,
) -> Result<(), Exit> {
    let placed = |(job, compiled): (&Job<'_>, &Compiled)| {
        let names = job.folder.iter().map(|name| name.to_string_lossy() + "/");
        let folder: String = names.collect();
        let placed = compiled.artifacts.iter().cloned();
        placed
            .map(|artifact| Artifact {
                path: format!("{folder}{}", artifact.path),
                ..artifact
            })
            .collect::<Vec<_>>()
    };
    let artifacts: Vec<Artifact> = jobs.iter().zip(compiled).flat_map(placed).collect();
    let bytes = iisc_compile::archive(&artifacts).map_err(|error| {
        Exit::misused(&format!(
            "--archive: {error}\n  help: build into a folder instead"
        ))
    })?;
    let written = disk::write_file(path, &bytes, overwrite(args)).map_err(Exit::unusable)?;
    tell_file(written, path);
    Ok(())
}

const fn overwrite(args: &BuildArgs) -> Overwrite {
    match args.force {
        true => Overwrite::Anything,
        false => Overwrite::OwnFiles,
    }
}

/// What specs say and no file does, so that nobody relies on it; once for all.
pub(crate) fn tell_unwritten<'a>(specs: impl IntoIterator<Item = &'a [&'a ValidSpec]>) {
    let mut told = BTreeSet::new();
    for application in specs.into_iter().flatten() {
        for key in written::unwritten(application) {
            if told.insert(key) {
                err(format_args!("note: `{key}` is checked but not written yet"));
            }
        }
    }
}

/// The files that a profile does not have; with the spec's name where there are several.
fn tell_absences(jobs: &[Job<'_>], compiled: &[Compiled]) {
    for (job, compiled) in jobs.iter().zip(compiled) {
        let of = match jobs {
            [_] => String::new(),
            _ => format!("{}: ", job.spec.checked.source.name()),
        };
        for absence in profiles::absences(&job.applications, &compiled.profiles) {
            err(format_args!("note: {of}{absence}"));
        }
    }
}
