//! Fuzzing for a while with what every machine has: the pinned compiler, without cargo-fuzz and its nightly.

use std::fs;
use std::process::Command;

use crate::failure::Failure;
use crate::workspace::Workspace;

/// The targets, each with a folder in `fuzz/corpus` and a dictionary.
pub(crate) const TARGETS: [Target; 2] = [
    Target {
        name: "check",
        title: "fuzz check",
    },
    Target {
        name: "iisfile",
        title: "fuzz iisfile",
    },
];

/// How long a target is fuzzed, in seconds.
const TIME: u32 = 15;
/// Seconds that one input may take.
const TIMEOUT: u32 = 5;
/// Memory that the whole fuzzer may take, in MiB.
const MEMORY: u32 = 1024;

/// What cargo-fuzz gives to the compiler under `--sanitizer none`: counters at every branch, and comparisons
/// reported. The compiler takes them as they are; only the sanitizers themselves need a nightly.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Ccodegen-units=1 \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// One fuzz target.
pub(crate) struct Target {
    /// The name of its program.
    name: &'static str,
    /// What its step is called.
    pub(crate) title: &'static str,
}

/// Makes the command that builds all targets. It needs a C++ compiler for the fuzzer itself.
pub(crate) fn build(workspace: &Workspace) -> Command {
    cargo(workspace, "build")
}

/// Makes the command that fuzzes one target. What it finds goes to `target/fuzz`, also from run to run.
pub(crate) fn run(workspace: &Workspace, target: &Target) -> Result<Command, Failure> {
    let Target { name, title: _ } = target;
    let found = workspace.target.join("fuzz").join(name);
    fs::create_dir_all(&found).map_err(Failure::io(found.display()))?;
    let fuzz = workspace.root.join("fuzz");
    let mut run = cargo(workspace, "run");
    run.args(["--quiet", "--bin", name, "--"])
        .arg(format!("-max_total_time={TIME}"))
        .arg(format!("-timeout={TIMEOUT}"))
        .arg(format!("-rss_limit_mb={MEMORY}"))
        .arg(format!("-artifact_prefix={}/", found.display()))
        .arg(format!(
            "-dict={}",
            fuzz.join(format!("{name}.dict")).display()
        ))
        .arg(&found)
        .arg(fuzz.join("corpus").join(name));
    Ok(run)
}

/// A target triple that is named keeps the flags away from build scripts and macros.
fn cargo(workspace: &Workspace, task: &str) -> Command {
    let mut cargo = workspace.cargo(task);
    cargo.args([
        "--manifest-path",
        "fuzz/Cargo.toml",
        "--locked",
        "--release",
    ]);
    cargo.args(["--target", "host-tuple"]);
    cargo.env("RUSTFLAGS", FLAGS);
    cargo
}
