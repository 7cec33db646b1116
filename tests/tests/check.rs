//! What `iisc check` promises and a transcript cannot show: strange files, other programs' forms, git.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads and writes files, and ends where it fails"
)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use iisc_tests::{iisc, tool};
use serde_json::{Value, json};

const SPEC: &str = "name: shop\nroot: D:\\apps\\shop\npython:\n  interpreter: D:\\apps\\shop\\env\\Scripts\\python.exe\n  handler: shop.app\n";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(iisc());
    command.args(arguments).current_dir(folder);
    command.output().unwrap()
}

fn code(folder: &Path, arguments: &[&str]) -> Option<i32> {
    run(folder, arguments).status.code()
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    path
}

fn stdout(folder: &Path, arguments: &[&str]) -> String {
    String::from_utf8(run(folder, arguments).stdout).unwrap()
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&stdout(folder, arguments)).unwrap()
}

/// The schema of SARIF 2.1.0, as the crate that reads SARIF in these tests ships it.
fn sarif_schema() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--offline"])
        .current_dir(iisc_tests::workspace())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata.get("packages").unwrap().as_array().unwrap();
    let package = packages
        .iter()
        .find(|package| package.get("name").unwrap() == "serde-sarif");
    let manifest = Path::new(
        package
            .unwrap()
            .get("manifest_path")
            .unwrap()
            .as_str()
            .unwrap(),
    );
    let text = fs::read_to_string(manifest.with_file_name("src").join("schema.json")).unwrap();
    // One pattern of the official schema has a bracket too many, and is no regular expression.
    let text = text.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    serde_json::from_str(&text).unwrap()
}

/// Problems of many kinds in files with difficult names.
fn many_problems(folder: &Path) {
    write(
        folder,
        "a b/é 😀%#.iis.yaml",
        "# é😀\nname: “😀shop”\nname: b\n",
    );
    write(
        folder,
        "b.iis.yaml",
        "é😀: {a: \"\\e\"}\nstreaming: yes\ntargets: [iis6, iis6]\n",
    );
    write(folder, "c.iis.yaml", "");
    write(folder, "d.iis.yaml", SPEC);
    write(folder, "e.iis.yaml", "a: [\n");
    write(folder, "f.iis.yaml", "name: caf\u{e9}\n\tx: 1\n");
    write(folder, "g.iis.yaml", b"name: \xff\n");
}

#[test]
fn sarif_is_what_its_schema_says_and_what_others_read() {
    let folder = tempfile::tempdir().unwrap();
    many_problems(folder.path());
    let arguments = ["check", ".", "missing.yaml", "--format", "sarif"];
    let text = stdout(folder.path(), &arguments);
    let log: Value = serde_json::from_str(&text).unwrap();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&sarif_schema())
        .unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let read: serde_sarif::sarif::Sarif = serde_json::from_str(&text).unwrap();
    let run = read.runs.first().unwrap();
    assert!(run.results.as_ref().unwrap().len() > 8, "{text}");
    assert!(
        text.contains("\"a%20b/%C3%A9%20%F0%9F%98%80%25%23.iis.yaml\""),
        "{text}"
    );
    assert!(text.contains("\"relatedLocations\"") && text.contains("\"insertedContent\""));
    assert_eq!(
        log["runs"][0]["invocations"][0]["executionSuccessful"],
        false
    );
    assert!(!text.contains(&folder.path().display().to_string()));
    assert_eq!(
        text,
        stdout(folder.path(), &arguments),
        "the same bytes again"
    );
}

#[test]
fn a_document_is_alone_on_standard_output_and_nothing_is_on_standard_error() {
    let folder = tempfile::tempdir().unwrap();
    many_problems(folder.path());
    for format in ["json", "sarif", "junit"] {
        let output = run(folder.path(), &["check", "--format", format]);
        assert_eq!(output.status.code(), Some(1), "{format}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{format}");
        assert!(!output.stdout.contains(&0x1b), "{format}");
    }
}

#[test]
fn an_absolute_path_is_told_as_a_relative_one() {
    let folder = tempfile::tempdir().unwrap();
    let top = folder.path().canonicalize().unwrap();
    let path = write(&top, "sub/app.iis.yaml", "");
    let here = write(&top, "here/app.iis.yaml", "");
    let path = path.display().to_string();
    let report = json(
        here.parent().unwrap(),
        &["check", &path, "--format", "json"],
    );
    assert_eq!(report["problems"][0]["file"], "../sub/app.iis.yaml");
}

#[test]
fn files_are_told_in_the_order_of_their_paths() {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..200 {
        // Files of different length are ready at different times.
        let text = "# x\n".repeat((n * 37) % 200);
        write(
            folder.path(),
            &format!("{:02}/{n:03}.iis.yaml", n % 10),
            text,
        );
    }
    let report = json(folder.path(), &["check", "--format", "json"]);
    let problems = report["problems"].as_array().unwrap();
    let files: Vec<&str> = problems
        .iter()
        .map(|found| found["file"].as_str().unwrap())
        .collect();
    assert!(files.is_sorted() && files.len() == 200, "{files:?}");
}

#[test]
fn nothing_to_check_is_no_success() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["check"]);
    assert_eq!(output.status.code(), Some(3));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("*.iis.yaml"), "{text}");
    write(folder.path(), "app.iis.yaml", SPEC);
    write(folder.path(), "sub/app.iis.yaml", "");
    assert_eq!(
        code(folder.path(), &["check"]),
        Some(0),
        "app.iis.yaml alone"
    );
    assert_eq!(code(folder.path(), &["check", "."]), Some(1));
    assert_eq!(
        code(folder.path(), &["check", ".", "missing.yaml"]),
        Some(3)
    );
}

#[test]
fn a_fix_keeps_the_bytes_that_it_is_not_about() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        format!("{SPEC}process:\n  Max_Instances: 4 # é\nstreaming: yes\n").replace('\n', "\r\n");
    let bytes = format!("\u{feff}{text}");
    let path = write(folder.path(), "app.iis.yaml", &bytes);
    let arguments = ["check", "app.iis.yaml", "--fix"];
    let output = run(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0));
    let expected = bytes
        .replace("Max_Instances", "max-instances")
        .replace("yes", "true");
    assert_eq!(fs::read_to_string(&path).unwrap(), expected);
    let written = fs::metadata(&path).unwrap().modified().unwrap();
    assert_eq!(code(folder.path(), &arguments), Some(0));
    assert_eq!(
        fs::metadata(&path).unwrap().modified().unwrap(),
        written,
        "not touched again"
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_fix_is_not_written_through_a_link_and_the_rest_goes_on() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let bad = format!("{SPEC}streaming: yes\n");
    let linked = write(folder.path(), "elsewhere/app.iis.yaml", &bad);
    let other = write(folder.path(), "other.iis.yaml", &bad);
    fs::set_permissions(&other, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&linked, folder.path().join("link.iis.yaml")).unwrap();
    let output = run(
        folder.path(),
        &["check", "--fix", "link.iis.yaml", "other.iis.yaml"],
    );
    assert_eq!(output.status.code(), Some(3));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("link.iis.yaml: this is a link"), "{text}");
    assert_eq!(fs::read_to_string(&linked).unwrap(), bad);
    assert!(
        fs::read_to_string(&other)
            .unwrap()
            .contains("streaming: true")
    );
    assert_eq!(
        fs::metadata(&other).unwrap().permissions().mode() & 0o777,
        0o640
    );
}

#[test]
fn what_is_not_utf_8_is_not_fixed() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = b"streaming: yes\nname: \xe9\n";
    let path = write(folder.path(), "app.iis.yaml", bytes);
    assert_eq!(
        code(folder.path(), &["check", "--fix", "--unsafe-fixes"]),
        Some(1)
    );
    assert_eq!(fs::read(path).unwrap(), bytes);
}

/// Gives the command a text on standard input.
fn pipe(arguments: &[&str], text: &[u8]) -> Output {
    let mut command = Command::new(iisc());
    command.args(arguments).stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(text).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let bad = format!("\u{feff}{SPEC}streaming: yes\nnome: x\n");
    let output = pipe(
        &["check", "--fix", "-", "--stdin-filename", "src/a.yaml"],
        bad.as_bytes(),
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        bad.replace("yes", "true")
    );
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.ends_with("src/a.yaml: 1 fixed, 1 error\n"), "{text}");

    for bytes in [SPEC.as_bytes(), b"name: \xff\n"] {
        assert_eq!(
            pipe(&["check", "--fix", "-"], bytes).stdout,
            bytes,
            "as it came"
        );
    }
    let output = pipe(&["check", "-", "--format", "short"], b"");
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.starts_with("<stdin>: error[IISC0003]"), "{text}");
}

#[test]
fn a_baseline_is_sorted_and_knows_paths_from_its_own_folder() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "b/app.iis.yaml", "nome: x\nnome2: x\n");
    write(folder.path(), "a/app.iis.yaml", "");
    write(folder.path(), "ci/x", "");
    let update = ["check", "--baseline", "ci/known.json", "--update-baseline"];
    assert_eq!(code(folder.path(), &update), Some(0));
    let known = fs::read_to_string(folder.path().join("ci/known.json")).unwrap();
    let list: Value = serde_json::from_str(&known).unwrap();
    assert_eq!(
        list["problems"][0],
        json!({"file": "../a/app.iis.yaml", "code": "IISC0003", "message": "the file is empty", "count": 1})
    );
    let from_there = ["check", "../a", "../b", "--baseline", "known.json"];
    assert_eq!(code(&folder.path().join("ci"), &from_there), Some(0));
    assert_eq!(code(folder.path(), &update), Some(0));
    assert_eq!(
        fs::read_to_string(folder.path().join("ci/known.json")).unwrap(),
        known
    );
    write(
        folder.path(),
        "b/app.iis.yaml",
        "# moved\nnome: x\nnome2: x\nother: x\n",
    );
    let report = json(
        folder.path(),
        &["check", "--baseline", "ci/known.json", "--format", "json"],
    );
    assert_eq!(report["summary"]["errors"], 1, "{report:#}");
    assert_eq!(
        code(folder.path(), &["check", "--baseline", "ci/missing.json"]),
        Some(3)
    );
}

fn git(git: &Path, folder: &Path, arguments: &[&str]) {
    let identity = [
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "-c",
        "commit.gpgsign=false",
    ];
    let mut command = Command::new(git);
    command.args(identity).args(arguments).current_dir(folder);
    assert!(command.output().unwrap().status.success(), "{arguments:?}");
}

#[test]
fn only_what_differs_from_a_commit_is_checked() {
    let Some(program) = tool("git") else { return };
    let folder = tempfile::tempdir().unwrap();
    let top = folder.path();
    for name in ["a", "b", "c", "d"] {
        write(top, &format!("{name}/app.iis.yaml"), "");
        write(top, &format!("{name}/src/é x.py"), "");
    }
    git(&program, top, &["init", "-q"]);
    git(&program, top, &["add", "."]);
    git(&program, top, &["commit", "-q", "-m", "start"]);
    let arguments = ["check", "--changed-since", "HEAD", "--format", "json"];
    let changed = |folder: &Path| {
        let report = json(folder, &arguments);
        let problems = report["problems"].as_array().unwrap();
        let files = problems
            .iter()
            .map(|found| found["file"].as_str().unwrap().to_owned());
        files.collect::<Vec<_>>()
    };
    assert!(changed(top).is_empty());
    write(top, "a/app.iis.yaml", "# edited\n");
    write(top, "b/src/é x.py", "pass\n");
    write(top, "c/README.md", "no matter\n");
    write(top, "d/new.iis.yaml", "");
    assert_eq!(
        changed(top),
        ["a/app.iis.yaml", "b/app.iis.yaml", "d/new.iis.yaml"]
    );
    assert_eq!(
        changed(&top.join("b")),
        ["app.iis.yaml"],
        "from a folder below"
    );
    for reference in ["nowhere", "--output=x", ""] {
        let option = format!("--changed-since={reference}");
        let output = run(top, &["check", &option]);
        assert_eq!(output.status.code(), Some(3), "{reference}");
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains("knows no commit or branch"), "{text}");
    }
    assert!(!top.join("x").exists());
}

#[test]
fn outside_of_a_repository_nothing_can_have_changed_since() {
    let Some(_) = tool("git") else { return };
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "app.iis.yaml", SPEC);
    let mut command = Command::new(iisc());
    command
        .args(["check", "--changed-since", "HEAD"])
        .current_dir(folder.path());
    // The folder for temporary files may lie in a repository.
    command.env("GIT_CEILING_DIRECTORIES", folder.path().parent().unwrap());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("needs a git repository"), "{text}");
}

#[test]
fn variables_and_profiles_reach_the_judgement() {
    let folder = tempfile::tempdir().unwrap();
    let text = SPEC.replace("root: D:\\apps\\shop", "root: ${ROOT}");
    let rest = "variables: {ROOT: {}}\nprofiles:\n  other: {name: other}\n";
    write(folder.path(), "app.iis.yaml", text + rest);
    write(folder.path(), "vars", "ROOT=D:\\apps\\x\n");
    let exit = |arguments: &[&str]| code(folder.path(), &[&["check"], arguments].concat());
    assert_eq!(exit(&["--set", "ROOT=D:\\apps\\x"]), Some(0));
    assert_eq!(exit(&["--set-file", "vars"]), Some(0));
    assert_eq!(
        exit(&["--set-file", "vars", "--set", "ROOT=/srv/x"]),
        Some(1),
        "goes before"
    );
    assert_eq!(
        exit(&["--set-file", "vars", "--set", "RROT=x"]),
        Some(2),
        "misspelt"
    );
    assert_eq!(exit(&["--set-file", "vars", "--profile", "other"]), Some(0));
    assert_eq!(
        exit(&["--set-file", "vars", "--profile", "nowhere"]),
        Some(1)
    );
    let mut command = Command::new(iisc());
    command
        .arg("check")
        .current_dir(folder.path())
        .env("IISC_VAR_ROOT", "/srv/x");
    assert_eq!(command.output().unwrap().status.code(), Some(1));
}

#[test]
#[cfg(target_os = "linux")]
fn a_report_that_could_not_be_written_is_no_success() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "app.iis.yaml", SPEC);
    for format in ["json", "sarif", "junit"] {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let mut command = Command::new(iisc());
        command
            .args(["check", "--format", format])
            .current_dir(folder.path());
        assert_eq!(
            command.stdout(full).status().unwrap().code(),
            Some(3),
            "{format}"
        );
    }
}
