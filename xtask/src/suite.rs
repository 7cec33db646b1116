//! `cargo xtask test`: every check and test, counted.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use crate::debian::{self, Package};
use crate::editor;
use crate::failure::Failure;
use crate::fuzz;
use crate::step::{self, Ran, seconds};
use crate::tally::{Runner, Tally};
use crate::venv::{self, Venv};
use crate::wheel;
use crate::workspace::Workspace;

/// Set for all tests of a full run: whoever reads it may not skip anything.
const FULL: &str = "IISC_FULL";

/// A cargo command that stands for itself.
struct RustStep {
    title: &'static str,
    /// As it would be typed after `cargo`; no argument holds a blank.
    cargo: &'static str,
    runner: Runner,
}

const RUST: [RustStep; 4] = [
    RustStep {
        title: "format",
        cargo: "fmt --all --check",
        runner: Runner::Check,
    },
    RustStep {
        title: "format of the fuzz targets",
        cargo: "fmt --manifest-path fuzz/Cargo.toml --check",
        runner: Runner::Check,
    },
    RustStep {
        title: "lints",
        cargo: "clippy --workspace --all-targets -- -D warnings",
        runner: Runner::Check,
    },
    RustStep {
        title: "Rust tests",
        // The gateway links into a Python process; its tests are the Python ones below.
        cargo: "test --workspace --exclude iisc-gateway --no-fail-fast",
        runner: Runner::Cargo,
    },
];

/// Tests in Python, run in a folder so that what lies there can be imported.
struct PythonStep {
    title: &'static str,
    folder: &'static str,
    tests: &'static str,
}

const PYTHON: [PythonStep; 9] = [
    PythonStep {
        title: "gateway tests",
        folder: "crates/gateway",
        tests: "tests",
    },
    PythonStep {
        title: "tests of examples/flask",
        folder: "examples/flask",
        tests: "tests",
    },
    PythonStep {
        title: "tests of examples/django",
        folder: "examples/django",
        tests: "tests",
    },
    PythonStep {
        title: "tests of examples/sub-application",
        folder: "examples/sub-application",
        tests: "tests",
    },
    PythonStep {
        title: "tests of examples/two-apps",
        folder: "examples/two-apps",
        tests: "tests",
    },
    PythonStep {
        title: "tests of examples/tutorial",
        folder: "examples/tutorial",
        tests: "tests",
    },
    PythonStep {
        title: "tests of examples/streaming",
        folder: "examples/streaming",
        tests: "tests",
    },
    PythonStep {
        title: "tests of examples/windows-auth",
        folder: "examples/windows-auth",
        tests: "tests",
    },
    PythonStep {
        title: "Python tests",
        folder: "tests",
        tests: "python",
    },
];

/// The last step, which takes the whole way.
const DEMO: &str = "demo --once";

/// A test run so far.
struct Suite<'a> {
    workspace: &'a Workspace,
    full: bool,
    total: Tally,
    failed: Vec<&'static str>,
}

/// Runs everything; what fails does not keep the rest from running. The last line is the sum.
pub(crate) fn run(workspace: &Workspace, full: bool) -> Result<ExitCode, Failure> {
    let started = Instant::now();
    let mut suite = Suite {
        workspace,
        full,
        total: Tally::default(),
        failed: Vec::new(),
    };
    if full {
        suite.install_packages();
        suite.install_editor();
    }
    suite.test_rust();
    suite.fuzz();
    suite.test_python();
    println!("\n{} in all", seconds(started.elapsed()));
    Ok(suite.close())
}

impl Suite<'_> {
    fn install_packages(&mut self) {
        let missing = debian::missing();
        if missing.is_empty() {
            return;
        }
        for Package { name, reason, .. } in &missing {
            println!("missing: {name}, {reason}");
        }
        let mut command = debian::install(self.workspace, &missing);
        self.step("system packages", Runner::Check, &mut command);
    }

    /// Installs the language server; a plain run leaves out the test that needs it.
    fn install_editor(&mut self) {
        const TITLE: &str = "language server";
        match editor::install(self.workspace) {
            Ok(None) => {}
            Ok(Some((mut npm, stamp))) => {
                if self.attempt(TITLE, &mut npm) && stamp.set().is_err() {
                    println!("   it will be installed again next time");
                }
            }
            Err(failure) => {
                println!("   {failure}");
                self.count(TITLE, Tally::check(false));
            }
        }
    }

    fn test_rust(&mut self) {
        for step in &RUST {
            let mut cargo = self.workspace.cargo(step.cargo);
            self.step(step.title, step.runner, &mut cargo);
        }
        if self.full {
            let mut doc = self.workspace.cargo("doc --workspace --no-deps");
            doc.env("RUSTDOCFLAGS", "-D warnings");
            self.step("documentation", Runner::Check, &mut doc);
        }
    }

    /// Fuzzes each target, where the fuzzer can be built: it is C++ and not for every system.
    fn fuzz(&mut self) {
        const BUILD: &str = "build the fuzz targets";
        if !self.attempt(BUILD, &mut fuzz::build(self.workspace)) {
            return;
        }
        for target in &fuzz::TARGETS {
            match fuzz::run(self.workspace, target) {
                Ok(mut command) => self.step(target.title, Runner::Check, &mut command),
                Err(failure) => {
                    println!("   {failure}");
                    self.count(target.title, Tally::check(false));
                }
            }
        }
    }

    fn test_python(&mut self) {
        let workspace = self.workspace;
        let venv = Venv::ready(workspace, &venv::TEST)
            .and_then(|venv| wheel::install(workspace, &venv).map(|()| venv))
            .map_err(|failure| println!("   {failure}"));
        self.count("gateway wheel", Tally::check(venv.is_ok()));
        for step in &PYTHON {
            let folder = workspace.root.join(step.folder);
            if folder.join(step.tests).is_dir() {
                let venv = venv.as_ref().ok();
                let pytest = venv.map(|venv| pytest(workspace, venv, &folder, step.tests));
                self.step_if(step.title, Runner::Pytest, pytest);
            }
        }
        self.step_if(DEMO, Runner::Check, venv.ok().and_then(|_| demo(workspace)));
    }

    /// Runs a step that needs the wheel. Without it the step counts as failed: it was not shown to work.
    fn step_if(&mut self, title: &'static str, runner: Runner, command: Option<Command>) {
        match command {
            Some(mut command) => self.step(title, runner, &mut command),
            None => {
                println!("== {title}\n   not run, as the gateway wheel is missing");
                self.count(title, Tally::check(false));
            }
        }
    }

    fn step(&mut self, title: &'static str, runner: Runner, command: &mut Command) {
        if self.full {
            command.env(FULL, "1");
        }
        let tally = match step::run(self.workspace, title, command) {
            Ok(ran) => self.judge(runner, &ran),
            Err(failure) => {
                println!("   {failure}");
                Tally::check(false)
            }
        };
        self.count(title, tally);
    }

    /// Prepares what not every machine can do; where it fails, a plain run counts it as skipped.
    fn attempt(&mut self, title: &'static str, command: &mut Command) -> bool {
        let problem = match step::run(self.workspace, title, command) {
            Ok(ran) if ran.success => {
                println!("   ok, {}", seconds(ran.took));
                return true;
            }
            Ok(ran) => ran.output,
            Err(failure) => format!("   {failure}"),
        };
        println!("{problem}\n   SKIPPED: {title}: it failed, see above");
        let tally = Tally::left_out();
        self.count(title, if self.full { tally.strict() } else { tally });
        false
    }

    /// Counts what ran, and shows whatever somebody has to act on.
    fn judge(&self, runner: Runner, ran: &Ran) -> Tally {
        let tally = Tally::of(runner, ran.success, &ran.output);
        let tally = if self.full { tally.strict() } else { tally };
        if tally.failed > 0 {
            println!("{}", ran.output);
        } else {
            ran.output
                .lines()
                .filter(|line| line.starts_with("SKIPPED"))
                .for_each(|line| println!("   {line}"));
        }
        println!("   {tally}, {}", seconds(ran.took));
        tally
    }

    /// Prints what went wrong, and the sum as the very last line.
    fn close(&self) -> ExitCode {
        let Tally {
            passed: _,
            failed,
            skipped,
        } = self.total;
        if failed > 0 {
            println!("failed: {}", self.failed.join(", "));
        }
        if skipped > 0 {
            println!("{skipped} skipped; with --full they count as failed");
        }
        println!("{}", self.total);
        ExitCode::from(u8::from(failed > 0))
    }

    fn count(&mut self, title: &'static str, tally: Tally) {
        self.total += tally;
        if tally.failed > 0 {
            self.failed.push(title);
        }
    }
}

fn pytest(workspace: &Workspace, venv: &Venv, folder: &Path, tests: &str) -> Command {
    // Reasons of skipped tests are shown; nothing is written into the source tree.
    let arguments = ["-q", "-rs", "-p", "no:cacheprovider", tests];
    let mut pytest = venv.module(workspace, "pytest", &arguments);
    pytest.current_dir(folder);
    pytest.env("PYTHONDONTWRITEBYTECODE", "1");
    pytest
}

/// This same program as another process: its output is kept like that of any step.
fn demo(workspace: &Workspace) -> Option<Command> {
    let mut demo = workspace.command(&std::env::current_exe().ok()?);
    demo.args(["demo", "--once"]);
    Some(demo)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tests_of_every_example_are_run() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let examples = std::fs::read_dir(root.join("examples")).unwrap();
        let folders = examples.map(|entry| entry.unwrap().path());
        let tested = folders.filter(|folder| folder.join("tests").is_dir());
        let tested: Vec<_> = tested.collect();
        let steps = PYTHON.iter().map(|step| root.join(step.folder));
        let steps: Vec<_> = steps.collect();
        assert!(tested.len() > 1);
        for folder in tested {
            assert!(steps.contains(&folder), "{}", folder.display());
        }
    }
}
