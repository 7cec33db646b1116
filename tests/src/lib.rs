//! What the tests of whole files share: where things are, how a golden file is compared, how a transcript runs.
//!
//! - `tests/golden.rs` compiles every `examples/<name>/app.iis.yaml` and compares byte by byte with its
//!   `expected/` folder, and what is generated (`schemas/`) with its source.
//! - `tests/reference` makes the pages of `docs/` that come from the code.
//! - `tests/transcripts.rs` runs `tests/transcripts/*.md`, the README, the guide, the pages on formats and pipelines: files and
//!   commands go in, output and exit codes are compared.
//! - `tests/contract.rs` holds what a transcript cannot show: strange files, rewriting, failures half-way.
//! - `tests/bounds.rs` measures memory and time for files made to exhaust them.
//! - `tests/editor.rs` opens an example in the language server of editors, and looks at what people see.
//! - `tests/fcgiext.rs` resolves requests by every `fcgiext.ini`, as IIS 6 would; `tests/iis6` sets up an IIS 6 that is a
//!   value, and runs the script of its set-up under Wine.
//! - `tests/dev.rs` serves static files with `iisc dev`, from the spec to their bytes.
//! - `tests/artifacts.rs` reads artifacts back with parsers that are not the writer's.
//! - `tests/wine` runs the scripts of set-up in Wine's `cmd.exe`, with `wine/standin.c` for the programs that they call.
//! - `tests/web_deploy` applies transforms and parameters as Web Deploy would, and compares with what was to come of it.
//! - `python` serves the examples from their golden files; `cargo xtask test` runs it, since it needs the gateway.
//! - `tests/iis_schema` holds artifacts, those of generated specs too, against IIS's own schema ([`iis_schema`]).
//!
//! `IISC_BLESS=1 cargo test -p iisc-tests` rewrites the golden files and transcripts from what the code does now;
//! read the difference before committing it. `IISC_FULL=1` forbids skipping a check whose tool is absent.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where it fails"
)]
#![expect(
    clippy::indexing_slicing,
    reason = "what a JSON value does not have reads as null"
)]

pub mod fcgiext;
pub mod iis_schema;
pub mod lsp;
pub mod transcript;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The folder of the workspace.
#[must_use]
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ lies in the workspace")
        .to_path_buf()
}

/// The `iisc` command, built from the sources as they are now.
#[must_use]
pub fn iisc() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let status = Command::new(cargo)
            .args(["build", "--quiet", "--package", "iisc"])
            .current_dir(workspace())
            .status();
        assert!(
            status.expect("cargo starts").success(),
            "building iisc failed"
        );
        profile()
            .join("iisc")
            .with_extension(std::env::consts::EXE_EXTENSION)
    })
}

/// The folder of everything that is made.
///
/// # Panics
/// If the test program lies elsewhere.
#[must_use]
pub fn target() -> PathBuf {
    profile()
        .parent()
        .expect("it lies below the target folder")
        .to_path_buf()
}

/// The folder of the programs that cargo makes: a test program lies in `<target>/<profile>/deps`.
fn profile() -> PathBuf {
    let program = std::env::current_exe().expect("the test program has a path");
    program
        .ancestors()
        .nth(2)
        .expect("it lies in deps/")
        .to_path_buf()
}

/// True if golden files are to be rewritten instead of compared.
#[must_use]
pub fn blessing() -> bool {
    std::env::var_os("IISC_BLESS").is_some()
}

/// Compares bytes with a golden file, or rewrites the file when blessing.
///
/// # Panics
/// If they differ, with both texts.
pub fn assert_golden(path: &Path, actual: &[u8]) {
    if blessing() {
        fs::create_dir_all(path.parent().expect("a golden file lies in a folder"))
            .expect("the folder is made");
        return fs::write(path, actual).expect("the golden file is written");
    }
    let expected = fs::read(path).unwrap_or_default();
    assert!(
        expected == actual,
        "{} differs; IISC_BLESS=1 rewrites it\n--- expected\n{}\n--- actual\n{}",
        path.display(),
        String::from_utf8_lossy(&expected),
        String::from_utf8_lossy(actual),
    );
}

/// The program, if the machine has it. Says loudly that a check is skipped if not, and fails if none may be.
///
/// # Panics
/// Under `IISC_FULL`, if the program is absent.
#[must_use]
pub fn tool(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file());
    if found.is_none() {
        skip(name);
    }
    found
}

/// Says loudly that a check is skipped as something is not installed, or fails if none may be skipped.
///
/// # Panics
/// Under `IISC_FULL`.
pub fn skip(name: &str) {
    assert!(
        std::env::var_os("IISC_FULL").is_none(),
        "`{name}` is not installed, and IISC_FULL forbids skipping"
    );
    // Not with a macro: the output of those is kept from a test that passes.
    let _ = writeln!(std::io::stderr(), "\nSKIPPED: `{name}` is not installed");
}

/// The folders of the examples, by name.
///
/// # Panics
/// If there is none.
#[must_use]
pub fn examples() -> Vec<PathBuf> {
    let folder = workspace().join("examples");
    let mut examples: Vec<PathBuf> = fs::read_dir(folder)
        .expect("there are examples")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("app.iis.yaml").is_file())
        .collect();
    examples.sort();
    assert!(!examples.is_empty());
    examples
}

/// The files in a folder and the folders below it.
///
/// # Panics
/// If the folder cannot be read.
#[must_use]
pub fn files_below(folder: &Path) -> BTreeSet<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let paths = entries.map(|entry| entry.expect("so can its entries").path());
    paths
        .flat_map(|path| match path.is_dir() {
            true => files_below(&path),
            false => BTreeSet::from([path]),
        })
        .collect()
}
