//! `cargo xtask bench`: whole processes of `iisc check` and of what people use without it, in one run.
//!
//! What all of them do is read a spec and say what is wrong: yamllint about its text, check-jsonschema about its
//! shape too. The cost of a process is told apart from that of each further spec, as each has a different one.
//! `iisc build` stands below `iisc check` of the same specs: what it takes more is what compiling and writing take.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::step;
use crate::venv::{self, Venv};
use crate::workspace::Workspace;

/// Specs that iisc checks in one process.
const MANY: usize = 10_000;
/// Specs that iisc builds in one process.
const BUILT: usize = 1_000;
/// Specs that a slower tool checks in one process.
const FEWER: usize = 500;
/// How often each command is run; odd, so that one of the times is the median.
const ROUNDS: usize = 11;

/// What lies beside a spec in a project, and may be looked at too.
const PROJECT: [(&str, &str); 2] = [
    (
        "shop.py",
        "def app(environ, start_response):\n    return []\n",
    ),
    ("requirements.txt", "iisc-gateway\n"),
];

/// A way to check specs, or to build them.
struct Tool {
    name: &'static str,
    /// Checks one spec.
    one: Command,
    /// Checks many.
    many: Command,
    /// How many those are.
    count: usize,
    /// The folder that both write into, if it is to be gone before each run.
    output: Option<PathBuf>,
    /// What each took, round by round.
    times: (Vec<Duration>, Vec<Duration>),
}

/// Folders with a project each.
struct Projects {
    root: PathBuf,
    specs: Vec<PathBuf>,
}

/// Builds and fetches all, measures, and prints.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let mut build = workspace.cargo("build --release --package iisc");
    step::need(workspace, "build iisc", &mut build)?;
    let venv = Venv::ready(workspace, &venv::BENCH)?;
    println!("== write {MANY} specs, alone and in projects");
    let alone = Projects::write(workspace, "alone", MANY, &[])?;
    let whole = Projects::write(workspace, "whole", MANY, &PROJECT)?;
    let fewer = Projects::write(workspace, "built", BUILT, &[])?;
    let checkers = tools(workspace, &venv, &alone, &whole);
    let mut tools: Vec<Tool> = checkers.into_iter().collect();
    tools.extend(builders(workspace, &fewer));
    println!("== run each {ROUNDS} times, by turns");
    for _ in 0..ROUNDS {
        for tool in &mut tools {
            tool.clear()?;
            tool.times.0.push(time(&mut tool.one)?);
            tool.clear()?;
            tool.times.1.push(time(&mut tool.many)?);
        }
    }
    show(&tools);
    Ok(())
}

impl Projects {
    /// Writes a spec into each folder, and other files beside it.
    fn write(
        workspace: &Workspace,
        name: &str,
        count: usize,
        others: &[(&str, &str)],
    ) -> Result<Self, Failure> {
        let root = workspace.target.join("bench").join(name);
        let write = |number: usize| {
            let folder = root.join(format!("shop-{number:05}"));
            fs::create_dir_all(&folder)?;
            for (other, text) in others {
                fs::write(folder.join(other), text)?;
            }
            let file = folder.join("app.iis.yaml");
            fs::write(&file, spec(number))?;
            Ok(file)
        };
        let specs: io::Result<Vec<_>> = (0..count).map(write).collect();
        let specs = specs.map_err(Failure::io(root.display()))?;
        Ok(Self { root, specs })
    }
}

fn spec(number: usize) -> String {
    format!(
        "name: shop-{number:05}\nroot: D:\\apps\\shop\npython:\n  \
         interpreter: D:\\apps\\shop\\env\\Scripts\\python.exe\n  handler: shop.app\ntargets: [iis10]\n"
    )
}

fn tools(workspace: &Workspace, venv: &Venv, alone: &Projects, whole: &Projects) -> [Tool; 4] {
    let own = |name, projects: &Projects| {
        let check = |place: &Path| {
            let mut command = workspace.command(&workspace.iisc("release"));
            command.arg("check").arg(place);
            command
        };
        let one = projects.specs.first().unwrap_or(&projects.root);
        Tool::new(name, check(one), check(&projects.root), MANY)
    };
    let other = |name, options: &[&str]| {
        let check = |count| {
            let mut command = workspace.command(&venv.program(name));
            command.args(options);
            command.args(alone.specs.iter().take(count));
            command
        };
        Tool::new(name, check(1), check(FEWER), FEWER)
    };
    let schema = ["--schemafile", "schemas/app.iis.schema.json"];
    [
        own("iisc", alone),
        own("iisc, in projects", whole),
        other("yamllint", &["--no-warnings"]),
        other("check-jsonschema", &schema),
    ]
}

/// `check` and `build` of the same specs: into a new folder each time, and over the files of the run before.
fn builders(workspace: &Workspace, projects: &Projects) -> [Tool; 3] {
    let tool = |name, arguments: &[&Path]| {
        let command = |place: &Path| {
            let mut command = workspace.command(&workspace.iisc("release"));
            command.args(arguments).arg(place);
            command
        };
        let one = projects.specs.first().unwrap_or(&projects.root);
        Tool::new(name, command(one), command(&projects.root), BUILT)
    };
    let bench = workspace.target.join("bench");
    let (new, again) = (bench.join("new"), bench.join("again"));
    let build = |name, output: &Path| tool(name, &["build".as_ref(), "-o".as_ref(), output]);
    [
        tool("iisc, the same", &["check".as_ref()]),
        Tool {
            output: Some(new.clone()),
            ..build("iisc build", &new)
        },
        build("iisc build again", &again),
    ]
}

/// Runs a command to its end; that it finds nothing wrong is part of the task.
fn time(command: &mut Command) -> Result<Duration, Failure> {
    let started = Instant::now();
    let ran = command.stdin(Stdio::null()).output();
    let took = started.elapsed();
    let program = command.get_program().display().to_string();
    let output = ran.map_err(Failure::io(format!("`{program}` did not run")))?;
    if output.status.success() {
        return Ok(took);
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(Failure::new(format!("`{program}` failed\n{said}")))
}

impl Tool {
    fn new(name: &'static str, one: Command, many: Command, count: usize) -> Self {
        let times = (Vec::new(), Vec::new());
        Self {
            name,
            one,
            many,
            count,
            output: None,
            times,
        }
    }

    fn clear(&self) -> Result<(), Failure> {
        match &self.output {
            Some(output) if output.exists() => {
                fs::remove_dir_all(output).map_err(Failure::io(output.display()))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn costs(&self) -> Costs {
        let (one, many) = (median(&self.times.0), median(&self.times.1));
        let further = (many - one) / (self.count - 1) as f64;
        Costs { one, many, further }
    }
}

/// Median times, in milliseconds.
#[derive(Debug, PartialEq)]
struct Costs {
    one: f64,
    many: f64,
    /// One spec more, in a process that runs anyway.
    further: f64,
}

/// The time in the middle, in milliseconds.
fn median(times: &[Duration]) -> f64 {
    let mut times = times.to_vec();
    times.sort();
    let middle = times.get(times.len() / 2).copied().unwrap_or_default();
    middle.as_secs_f64() * 1000.0
}

/// Prints a line for each tool: its times, and how many times as long as the first tool's they are.
fn show(tools: &[Tool]) {
    let Some(first) = tools.first().map(Tool::costs) else {
        return;
    };
    println!(
        "                    one spec             many specs             each further spec            each second"
    );
    for tool in tools {
        let Costs { one, many, further } = tool.costs();
        println!(
            "{:<18} {one:>7.1} ms {:>5.1} x   {many:>7.0} ms for {:>6}   {further:>9.3} ms {:>6.1} x   {:>7.0} specs",
            tool.name,
            one / first.one,
            tool.count,
            further / first.further,
            1000.0 * tool.count as f64 / many,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_further_spec_costs_what_the_process_does_not() {
        let mut tool = Tool::new("", Command::new(""), Command::new(""), 11);
        tool.times.0 = [9, 2, 3].map(Duration::from_millis).to_vec();
        tool.times.1 = [23, 1, 99].map(Duration::from_millis).to_vec();
        let (one, many, further) = (3.0, 23.0, 2.0);
        assert_eq!(tool.costs(), Costs { one, many, further });
    }
}
