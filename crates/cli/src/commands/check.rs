//! `iisc check`: every problem of every spec, and their repair.

use std::path::Path;
use std::time::Instant;

use iisc_spec::Checked;
use iisc_spec::iisfile::{self, CheckedFile};

use crate::args::{CheckArgs, Format};
use crate::baseline::Baseline;
use crate::changed::Changed;
use crate::disk::DiskError;
use crate::examine::{Profiles, Settings};
use crate::exit::Exit;
use crate::find::{Found, find};
use crate::given::Given;
use crate::input::Input;
use crate::mend::Trust;
use crate::progress::Progress;
use crate::report::Report;
use crate::terminal::{deliver, deliver_with, err, out};
use crate::visit::{Repair, Visited, visit};
use crate::watched::watched;
use crate::world::DiskWorld;
use crate::{parallel, render};

pub(crate) fn run(args: &CheckArgs) -> Exit {
    check_all(args).unwrap_or_else(|exit| exit)
}

fn check_all(args: &CheckArgs) -> Result<Exit, Exit> {
    let started = Instant::now();
    refuse_contradictions(args)?;
    let given = Given::of(&args.view)?;
    let settings = settings(args, &given);
    let mut baseline = baseline(args)?;
    let found = choose(args)?;
    let (visited, failures) = visit_all(args, &found.inputs, &settings);
    let failures = found.failures.into_iter().chain(failures).collect();
    let mut report = report(args, visited, failures)?;
    if !report.files.is_empty() && report.counts().errors == 0 {
        given.refuse_undeclared(&report.files)?;
    }
    if let Some(baseline) = &mut baseline {
        pass_over_known(args, baseline, &mut report)?;
    }
    show(args, &report)?;
    if args.show_restart {
        show_restart(&report)?;
    }
    if !args.format.is_document() {
        render::closing(&report, started.elapsed(), stdout_is_taken(args));
    }
    Ok(match (report.failures.is_empty(), report.is_denied()) {
        (false, _) => Exit::Io,
        (true, true) => Exit::Problems,
        (true, false) => Exit::Clean,
    })
}

/// What the command line's parser cannot say about options that exclude each other.
fn refuse_contradictions(args: &CheckArgs) -> Result<(), Exit> {
    let reads_stdin = args.paths.iter().any(|path| path.as_os_str() == "-");
    let prints_text = reads_stdin && args.fix && !args.diff;
    if args.stdin_filename.is_some() && !reads_stdin {
        return Err(Exit::misused(
            "--stdin-filename names what `-` reads, and no path is `-`",
        ));
    }
    if args.show_restart && reads_stdin && args.stdin_filename.is_none() {
        return Err(Exit::misused(
            "--show-restart with `-` needs --stdin-filename, whose folder holds the files",
        ));
    }
    if prints_text && (!is_for_people(args) || args.statistics || args.show_restart) {
        return Err(Exit::misused(
            "--fix with `-` prints the text, so there is no room for a report",
        ));
    }
    Ok(())
}

/// Without a profile every one is judged.
fn settings(args: &CheckArgs, given: &Given) -> Settings {
    let profile = args.view.profile.clone();
    Settings {
        targets: args.targets.clone(),
        profiles: profile.map_or(Profiles::All, Profiles::One),
        variables: given.values.clone(),
    }
}

/// The list of known problems, if one is given. Only to update it may it be missing.
fn baseline(args: &CheckArgs) -> Result<Option<Baseline>, Exit> {
    let Some(path) = &args.baseline else {
        return Ok(None);
    };
    if args.update_baseline && !path.exists() {
        return Ok(Some(Baseline::empty(path)));
    }
    Baseline::read(path).map(Some).map_err(Exit::unusable)
}

/// The inputs that the command line asks for.
fn choose(args: &CheckArgs) -> Result<Found, Exit> {
    let mut found = find(&args.paths, args.stdin_filename.as_deref());
    if let Some(reference) = &args.changed_since {
        let changed = Changed::since(reference).map_err(|reason| {
            err(format_args!("iisc: {reason}"));
            Exit::Io
        })?;
        found.inputs.retain(|input| changed.concerns(input));
        if found.inputs.is_empty() && found.failures.is_empty() && is_for_people(args) {
            out(format_args!("no spec differs from {reference}"));
        }
    }
    Ok(found)
}

fn is_for_people(args: &CheckArgs) -> bool {
    matches!(args.format, Format::Human | Format::Short)
}

fn repair(args: &CheckArgs) -> Repair {
    let trust = match args.unsafe_fixes {
        true => Trust::Any,
        false => Trust::Safe,
    };
    match (args.diff, args.fix) {
        (true, _) => Repair::Preview(trust),
        (false, true) => Repair::Apply(trust),
        (false, false) => Repair::Mention,
    }
}

fn visit_all(
    args: &CheckArgs,
    inputs: &[Input],
    settings: &Settings,
) -> (Vec<Visited>, Vec<DiskError>) {
    let mut progress = Progress::new(inputs.len());
    let repair = repair(args);
    let one = |input: &Input| {
        let mut visited = visit(input, settings, repair)?;
        if !args.show_restart {
            // A report needs none, and there may be thousands of files.
            visited.checked.applications = Vec::new();
        }
        Ok(visited)
    };
    let results = parallel::map(inputs, one, |done| progress.tick(done));
    progress.end();
    let (mut visited, mut failures) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(one) => visited.push(one),
            Err(failure) => failures.push(failure),
        }
    }
    (visited, failures)
}

/// Prints what the visits left to be printed, and takes the rest together.
fn report(
    args: &CheckArgs,
    visited: Vec<Visited>,
    failures: Vec<DiskError>,
) -> Result<Report, Exit> {
    let mut report = Report {
        files: Vec::new(),
        failures,
        fixed: 0,
        known: 0,
        deny: args.deny,
        folder: std::env::current_dir().unwrap_or_default(),
    };
    let several = visited.len() > 1;
    let mut servers = Vec::new();
    for one in visited {
        deliver_with(|out| out.write_all(&one.output)).map_err(undeliverable)?;
        if one.fixed > 0 && several && !args.format.is_document() {
            let name = one.checked.source.name();
            let name = render::in_place(name);
            err(format_args!("{name}: {} fixed", one.fixed));
        }
        report.fixed += one.fixed;
        report.failures.extend(one.failure);
        servers.extend(one.file.map(|file| (report.files.len(), file)));
        report.files.push(one.checked);
    }
    for failure in &report.failures {
        let failure = render::in_place(&failure.to_string());
        err(format_args!("iisc: {failure}"));
    }
    // Only now are all files there that may claim the same of a server, or contradict each other.
    iisc_spec::conflicts(&mut report.files);
    compare(servers, &mut report.files);
    Ok(report)
}

/// Adds what is wrong between IIS's own files, each of which comes with its index.
fn compare(servers: Vec<(usize, CheckedFile)>, files: &mut [Checked]) {
    let (indexes, mut servers): (Vec<usize>, Vec<CheckedFile>) = servers.into_iter().unzip();
    if servers.len() < 2 {
        return;
    }
    iisfile::check_together(&mut servers);
    for (index, server) in indexes.into_iter().zip(servers) {
        if let Some(file) = files.get_mut(index) {
            file.diagnostics = server.diagnostics;
        }
    }
}

fn pass_over_known(
    args: &CheckArgs,
    baseline: &mut Baseline,
    report: &mut Report,
) -> Result<(), Exit> {
    let name = args.baseline.as_deref().unwrap_or(Path::new("")).display();
    if args.update_baseline {
        baseline.update(&report.files);
        let listed = baseline.write().map_err(Exit::unusable)?;
        let listed = render::several(listed, "problem");
        err(format_args!("{name}: {listed} listed"));
    }
    let solved = baseline.solved(&report.files);
    if solved > 0 {
        let solved = render::several(solved, "problem");
        err(format_args!(
            "note: solved, but still listed in {name}: {solved}; --update-baseline shortens the list"
        ));
    }
    report.known = baseline.hide(&mut report.files);
    Ok(())
}

fn show(args: &CheckArgs, report: &Report) -> Result<(), Exit> {
    if args.statistics {
        render::statistics(report).map_err(undeliverable)
    } else if args.diff {
        Ok(())
    } else {
        render::problems(report, args.format).map_err(undeliverable)
    }
}

/// What changed files do, file by file.
fn show_restart(report: &Report) -> Result<(), Exit> {
    for checked in &report.files {
        let world = DiskWorld::of(Path::new(checked.source.name()));
        let text = world.map_or_else(String::new, |world| watched(checked, &world));
        deliver(&text).map_err(undeliverable)?;
    }
    Ok(())
}

/// True if standard output belongs to a text or to another program.
fn stdout_is_taken(args: &CheckArgs) -> bool {
    args.fix || args.diff || args.statistics || !is_for_people(args)
}

fn undeliverable(error: std::io::Error) -> Exit {
    err(format_args!("iisc: standard output: {error}"));
    Exit::Io
}
