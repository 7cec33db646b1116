//! What the command promises and a transcript cannot show: strange files, rewriting, failures half-way.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads files, and ends where it fails"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::SystemTime;

use iisc_tests::{examples, iisc, tool};

const SPEC: &str = "name: shop\nroot: D:\\apps\\shop\npython:\n  interpreter: D:\\apps\\shop\\env\\Scripts\\python.exe\n  handler: shop.app\ntargets: [iis6, iis10]\n";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(iisc())
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// Exit code, and the number of diagnostics in the short format.
fn check(name: &str, bytes: &[u8]) -> (Option<i32>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    let output = run(folder.path(), &["check", name, "--format", "short"]);
    let text = String::from_utf8(output.stderr).unwrap();
    let found = text
        .lines()
        .filter(|line| line.contains("error[IISC"))
        .map(str::to_owned)
        .collect();
    (output.status.code(), found)
}

#[test]
fn a_strange_file_gets_one_clear_message() {
    let utf16: Vec<u8> = "\u{feff}name: shop\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let utf16_without_mark: Vec<u8> = "name: shop\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..9 {
        let inner = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
    }
    for (what, bytes) in [
        ("UTF-16", utf16),
        ("UTF-16 without a mark", utf16_without_mark),
        ("an empty file", Vec::new()),
        ("a file of comments", b"# nothing\n\n".to_vec()),
        ("5,000 brackets", "[".repeat(5_000).into_bytes()),
        ("an alias bomb", bomb.into_bytes()),
        ("invalid UTF-8", b"name: sh\xffop\n".to_vec()),
        ("a NUL", b"name: sh\0op\n".to_vec()),
        ("too many bytes", vec![b'#'; 5 * 1024 * 1024]),
    ] {
        let (code, found) = check("app.iis.yaml", &bytes);
        assert_eq!(code, Some(1), "{what}: {found:#?}");
        assert_eq!(found.len(), 1, "{what}: {found:#?}");
    }
}

#[test]
fn a_byte_order_mark_is_no_problem() {
    assert_eq!(
        check("app.iis.yaml", format!("\u{feff}{SPEC}").as_bytes()),
        (Some(0), Vec::new())
    );
}

#[test]
fn a_folder_and_a_missing_file_are_reading_errors() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("sub")).unwrap();
    for name in ["sub", "missing.yaml", "sub/missing.yaml"] {
        let output = run(folder.path(), &["check", name]);
        assert_eq!(output.status.code(), Some(3), "{name}");
        assert!(
            String::from_utf8(output.stderr)
                .unwrap()
                .starts_with(&format!("iisc: {name}: ")),
            "{name}"
        );
    }
}

#[test]
fn a_command_line_without_sense_is_a_usage_error() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["frobnicate"][..],
        &["check", "--update-baseline"],
        &["check", "--deny", "nothing"],
        &["check", "--stdin-filename", "a.yaml"],
        &["check", "-", "--fix", "--format", "json"],
        &["check", "--set", "NAME"],
        &["build", "a.yaml", "--target", "iis9"],
        &[],
    ] {
        assert_eq!(
            run(folder.path(), arguments).status.code(),
            Some(2),
            "{arguments:?}"
        );
    }
}

/// Each file below a folder with its bytes and the time it was last written.
fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>, SystemTime)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let modified = fs::metadata(&path).unwrap().modified().unwrap();
                files.push((
                    path.display().to_string(),
                    fs::read(&path).unwrap(),
                    modified,
                ));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn a_second_build_gives_the_same_bytes_and_touches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("app.iis.yaml"), SPEC).unwrap();
    let output = run(folder.path(), &["build", "app.iis.yaml"]);
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8(output.stdout).unwrap();
    let first = snapshot(folder.path());
    // The spec itself lies there too.
    assert_eq!(first.len(), told.lines().count() + 1, "{told}");
    let output = run(folder.path(), &["build", "app.iis.yaml"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        !String::from_utf8(output.stdout)
            .unwrap()
            .contains("written")
    );
    assert_eq!(snapshot(folder.path()), first);
}

#[test]
fn the_output_does_not_depend_on_where_the_spec_lies() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let bytes = |folder: &Path| {
        fs::write(folder.join("app.iis.yaml"), SPEC).unwrap();
        assert_eq!(
            run(folder, &["build", "app.iis.yaml", "-o", "out"])
                .status
                .code(),
            Some(0)
        );
        snapshot(&folder.join("out"))
            .into_iter()
            .map(|(_, bytes, _)| bytes)
            .collect::<Vec<_>>()
    };
    assert_eq!(bytes(one.path()), bytes(two.path()));
}

/// What Python and `unzip` say of an archive, as far as they are installed: the names in it, and whether it is whole.
fn archived(archive: &Path) -> Option<Vec<String>> {
    let run = |program: &Path, arguments: &[&str]| {
        let mut command = Command::new(program);
        let output = command.args(arguments).arg(archive).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    if let Some(unzip) = tool("unzip") {
        run(&unzip, &["-tqq"]);
    }
    let list = "import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
for info in archive.infolist():
    assert info.date_time == (1980, 1, 1, 0, 0, 0) and info.external_attr == 0o100644 << 16, info
    print(info.filename, archive.read(info).hex())";
    let listed = run(&tool("python3")?, &["-c", list]);
    Some(listed.lines().map(str::to_owned).collect())
}

#[test]
fn an_archive_holds_what_the_folder_would_and_is_the_same_everywhere() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let built = |folder: &Path, arguments: &[&str]| {
        fs::write(folder.join("app.iis.yaml"), SPEC).unwrap();
        let all = [&["build", "app.iis.yaml"], arguments].concat();
        let output = run(folder, &all);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let archive = ["--archive", "out/shop.zip"];
    assert!(built(one.path(), &archive).starts_with("written    "));
    assert!(!one.path().join("build").exists());
    built(two.path(), &archive);
    let path = one.path().join("out/shop.zip");
    let bytes = fs::read(&path).unwrap();
    assert_eq!(bytes, fs::read(two.path().join("out/shop.zip")).unwrap());
    assert!(built(one.path(), &archive).starts_with("unchanged  "));
    let paths = built(one.path(), &[]);
    let Some(listed) = archived(&path) else {
        return;
    };
    let paths = paths.lines().map(|line| {
        let path = line.trim_start_matches("written").trim_start();
        let hex = fs::read(one.path().join(path)).unwrap();
        let hex: String = hex.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{} {hex}", path.trim_start_matches("build/"))
    });
    assert_eq!(listed, paths.collect::<Vec<_>>());
}

#[test]
fn an_archive_does_not_take_the_place_of_another_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("app.iis.yaml"), SPEC).unwrap();
    let path = folder.path().join("shop.zip");
    fs::write(&path, "theirs").unwrap();
    let build = ["build", "app.iis.yaml", "--archive", "shop.zip"];
    assert_eq!(run(folder.path(), &build).status.code(), Some(3));
    assert_eq!(fs::read(&path).unwrap(), b"theirs");
    let forced = [&build[..], &["--force"]].concat();
    assert_eq!(run(folder.path(), &forced).status.code(), Some(0));
    assert_eq!(run(folder.path(), &build).status.code(), Some(0));
    let both = [&build[..], &["-o", "out"]].concat();
    assert_eq!(run(folder.path(), &both).status.code(), Some(2));
}

#[test]
fn a_failing_build_leaves_the_old_files_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("app.iis.yaml");
    fs::write(&spec, SPEC).unwrap();
    assert_eq!(
        run(folder.path(), &["build", "app.iis.yaml"]).status.code(),
        Some(0)
    );
    let before = snapshot(&folder.path().join("build"));

    fs::write(&spec, SPEC.replace("shop.app", "shop")).unwrap();
    assert_eq!(
        run(folder.path(), &["build", "app.iis.yaml"]).status.code(),
        Some(1)
    );
    assert_eq!(
        snapshot(&folder.path().join("build")),
        before,
        "a problem in the spec"
    );

    // A folder stands where the last artifact of a changed spec is to go.
    fs::write(&spec, SPEC.replace("shop.app", "shop.other")).unwrap();
    let manifest = folder.path().join("build/manifest.json");
    fs::remove_file(&manifest).unwrap();
    fs::create_dir(&manifest).unwrap();
    assert_eq!(
        run(folder.path(), &["build", "app.iis.yaml"]).status.code(),
        Some(3)
    );
    let without_manifest: Vec<_> = before
        .into_iter()
        .filter(|file| !file.0.ends_with("manifest.json"))
        .collect();
    assert_eq!(
        snapshot(&folder.path().join("build")),
        without_manifest,
        "an obstacle on the disk"
    );
}

#[test]
fn a_file_of_somebody_else_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("app.iis.yaml"), SPEC).unwrap();
    fs::create_dir_all(folder.path().join("build/iis10")).unwrap();
    let theirs = folder.path().join("build/iis10/Web.config");
    fs::write(&theirs, "<configuration/>").unwrap();
    assert_eq!(
        run(folder.path(), &["build", "app.iis.yaml"]).status.code(),
        Some(3)
    );
    assert_eq!(fs::read_to_string(&theirs).unwrap(), "<configuration/>");
    assert!(
        !folder.path().join("build/iis6").exists(),
        "nothing else was written either"
    );
    assert_eq!(
        run(folder.path(), &["build", "app.iis.yaml", "--force"])
            .status
            .code(),
        Some(0)
    );
    assert!(fs::read_to_string(&theirs).unwrap().contains("shop.app"));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("app.iis.yaml"), SPEC).unwrap();
    fs::create_dir_all(folder.path().join("elsewhere")).unwrap();
    fs::create_dir_all(folder.path().join("build")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", folder.path().join("build/iis10")).unwrap();
    assert_eq!(
        run(folder.path(), &["build", "app.iis.yaml"]).status.code(),
        Some(3)
    );
    assert_eq!(
        fs::read_dir(folder.path().join("elsewhere"))
            .unwrap()
            .count(),
        0
    );
}

#[test]
fn the_examples_pass_their_own_check() {
    for example in examples() {
        let output = run(&example, &["check", "app.iis.yaml"]);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(output.stderr.is_empty());
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_schema_that_could_not_be_written_is_no_success() {
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = Command::new(iisc())
        .arg("schema")
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("standard output")
    );
}

#[test]
fn no_folder_stands_for_the_root_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("app.iis.yaml"), SPEC).unwrap();
    for root in ["nowhere", "app.iis.yaml"] {
        let output = run(folder.path(), &["dev", "app.iis.yaml", "--root", root]);
        assert_eq!(output.status.code(), Some(2), "{root}");
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains("there is no such folder"), "{text}");
    }
}

#[test]
fn nothing_is_written_unless_every_application_can_be_built() {
    let folder = tempfile::tempdir().unwrap();
    let broken = "applications:\n  admin:\n    root: D:\\apps\\admin\n    site: {path: /admin}\n    log: {file: x}\n";
    let spec = format!("{SPEC}{broken}");
    fs::write(folder.path().join("app.iis.yaml"), &spec).unwrap();
    let arguments = ["build", "app.iis.yaml", "--application", "shop"];
    assert_eq!(run(folder.path(), &arguments).status.code(), Some(1));
    assert!(!folder.path().join("build").exists());
    fs::write(
        folder.path().join("app.iis.yaml"),
        spec.replace("file: x", "file: 'D:\\logs\\admin\\a.log'"),
    )
    .unwrap();
    assert_eq!(run(folder.path(), &arguments).status.code(), Some(0));
    assert!(folder.path().join("build/shop/iis10/Web.config").is_file());
    assert!(!folder.path().join("build/admin").exists());
}
