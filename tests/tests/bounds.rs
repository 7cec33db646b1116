//! Memory and time of `iisc check` for files made to exhaust them, most of them just below the size that is read at all.
#![cfg(target_os = "linux")]
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test writes files, and ends where it fails"
)]

use std::fmt::Write as _;
use std::fs;
use std::num::NonZero;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use iisc_spec::MAX_BYTES;
use iisc_tests::{iisc, tool};

/// Most memory that a file may cost the command beside what it holds anyway, in KiB. A release holds 4 MiB, and with
/// any file less than 64; an unoptimised build is code of twice that size.
const MOST_MEMORY: u64 = 59 * 1024;

/// Runs a command, and prints its exit code and the most memory that it held, in KiB. A process that runs on and
/// on is ended; the bound is far above any honest run. A fresh interpreter, because the system tells the memory
/// of the largest child alone.
const METER: &str = "\
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";

/// A good start, for what is only looked at in a file that is a spec.
const SPEC: &str = "name: shop\nroot: D:\\apps\\shop\npython:\n  \
    interpreter: D:\\apps\\shop\\env\\Scripts\\python.exe\n  handler: shop.app\n";

/// A file of one piece again and again between a head and a tail.
fn fill(head: &str, piece: &str, tail: &str) -> Vec<u8> {
    let room = MAX_BYTES - head.len() - tail.len();
    let body = piece.repeat(room / piece.len());
    [head, &body, tail].concat().into_bytes()
}

/// A head and numbered lines: as many as fit, but at most so many.
fn lines(head: &str, most: usize, line: impl Fn(usize) -> String) -> Vec<u8> {
    let mut text = head.to_owned();
    for number in 0..most {
        if text.len() > MAX_BYTES - 70_000 {
            break;
        }
        let _ = writeln!(text, "{}", line(number));
    }
    text.into_bytes()
}

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().cycle().take(MAX_BYTES / 2);
    units.flat_map(u16::to_le_bytes).collect()
}

fn wrong_at_the_end() -> Vec<u8> {
    let mut bytes = fill("", "x", "");
    *bytes.last_mut().unwrap() = 0xFF;
    bytes
}

/// Files that are read for longest: what is special about each, and the file.
fn quiet() -> Vec<(&'static str, Vec<u8>)> {
    let (all, long) = (usize::MAX, "x".repeat(400));
    vec![
        ("line feeds", fill(SPEC, "\n", "")),
        ("one long line", fill("name: ", "x", "")),
        ("a long block", fill("a: >\n", "  x\n\n", "")),
        ("an open quote", fill("a: '", "x\n", "")),
        ("escapes", fill("a: \"", "\\x41", "\"")),
        ("curly quotes", fill("", "\u{201C}", "")),
        ("brackets", fill("", "[", "")),
        ("deep mappings", fill("", "{a: ", "")),
        (
            "many keys",
            lines("", all, |number| format!("k{number}: v")),
        ),
        ("many items", fill(SPEC, "- a\n", "")),
        ("aliases", fill("a: &a x\nb: [", "*a,", "]")),
        (
            "good variables",
            lines(&format!("{SPEC}environment:\n"), 9_900, |number| {
                format!("  K{number}: {long}")
            }),
        ),
        (
            "huge values",
            lines("", all, |number| {
                format!("k{number}: {}", "x".repeat(65_000))
            }),
        ),
        ("items in curly quotes", fill("", "- \u{201C}x\n", "")),
        ("tabs", fill("", "\ta: b\n", "")),
        ("one key", fill("", "a: b\n", "")),
        ("items without a value", fill("", "-\n", "")),
        ("tags", fill("", "- !t x\n", "")),
        ("UTF-16", utf16("name: shop\n")),
        ("a wrong byte at the end", wrong_at_the_end()),
        ("wrong bytes", vec![0xFF; MAX_BYTES]),
    ]
}

/// As many problems as a file can have.
fn flood() -> (&'static str, Vec<u8>) {
    let path = "x/".repeat(90);
    let head = format!("{SPEC}access:\n  writable:\n");
    (
        "bad paths",
        lines(&head, 19_900, |number| format!("    - {path}{number}")),
    )
}

/// Problems that quote a long text of the file.
fn quotations() -> (&'static str, Vec<u8>) {
    let long = "x".repeat(2_000);
    (
        "unknown keys",
        lines("", 2_000, |number| format!("k{number}{long}: v")),
    )
}

/// Files that say little and come to much.
fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let named = |count: usize, line: &dyn Fn(usize) -> String| -> String {
        (0..count).map(|number| line(number) + "\n").collect()
    };
    let applications = named(1_000, &|number| {
        format!("  a{number}: {{site: {{path: /a{number}}}}}")
    });
    let profiles = named(1_000, &|number| {
        format!("  p{number}: {{streaming: false}}")
    });
    let uses = "${V}".repeat(10_000);
    vec![
        (
            "profiles over applications",
            format!("{SPEC}applications:\n{applications}profiles:\n{profiles}").into_bytes(),
        ),
        (
            "a long variable",
            lines(
                &format!(
                    "{SPEC}variables: {{V: {{default: {}}}}}\nenvironment:\n",
                    "x".repeat(60_000)
                ),
                90,
                |number| format!("  K{number}: '{uses}'"),
            ),
        ),
        (
            "half variables",
            lines(&format!("{SPEC}environment:\n"), 60, |number| {
                format!("  K{number}: '{}'", "${".repeat(30_000))
            }),
        ),
        (
            "no-break spaces in quotes",
            fill(&format!("{SPEC}a: '"), "\u{A0}", "' x\n"),
        ),
    ]
}

/// Files of IIS itself, each in a folder of its own.
fn servers() -> Vec<(&'static str, Vec<u8>)> {
    let all = usize::MAX;
    let handlers = "<configuration><system.webServer><handlers>";
    let ends = "</handlers></system.webServer></configuration>";
    vec![
        ("elements/Web.config", fill("<configuration>", "<a>", "")),
        (
            "attributes/Web.config",
            fill("<configuration><a ", "a='' ", "/></configuration>"),
        ),
        (
            "numbered attributes/Web.config",
            lines(
                "<configuration><system.webServer><httpErrors ",
                all,
                |number| format!("a{number}='b' "),
            ),
        ),
        (
            "quotes/Web.config",
            fill("<configuration><a b=\"", "\"", ""),
        ),
        (
            "references/Web.config",
            fill("<configuration><a b=\"", "&x", "\"/></configuration>"),
        ),
        (
            "handlers/Web.config",
            fill(handlers, "<add name=\"x\" path=\"*\"/>", ends),
        ),
        (
            "pools/fcgiext.ini",
            lines("[Types]\n", all, |number| {
                format!("[p{}]\nExePath=p", number % 99)
            }),
        ),
        ("sections/fcgiext.ini", fill("", "[a]\n", "")),
        ("settings/fcgiext.ini", fill("[Types]\n", "a=b\n", "")),
    ]
}

/// The names that `--format` takes, from the command's own help.
fn formats() -> Vec<String> {
    let help = Command::new(iisc())
        .args(["check", "--help"])
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let (_, values) = help.split_once("--format").unwrap();
    let values = values.lines().map(str::trim);
    let names = values
        .take_while(|line| !line.starts_with("[default"))
        .filter_map(|line| line.strip_prefix("- "));
    let names: Vec<String> = names
        .filter_map(|line| Some(line.split_once(':')?.0.to_owned()))
        .collect();
    assert!(names.contains(&"human".to_owned()), "{help}");
    names
}

/// Exit code and most memory of a check.
fn measure(python: &Path, file: &Path, format: &str) -> (i32, u64) {
    let mut meter = Command::new(python);
    meter.args(["-c", METER]).arg(iisc());
    let output = meter
        .arg("check")
        .arg(file)
        .args(["--format", format])
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let Some((code, memory)) = told.trim().split_once(' ') else {
        panic!("{}", String::from_utf8_lossy(&output.stderr));
    };
    (code.parse().unwrap(), memory.parse().unwrap())
}

/// Judges each file in each of some formats, as many at a time as there are processors.
fn judge(python: &Path, files: &[(&str, Vec<u8>)], formats: &[String]) {
    let folder = tempfile::tempdir().unwrap();
    let mut checks = Vec::new();
    for (name, bytes) in files {
        assert!(bytes.len() <= MAX_BYTES, "{name}");
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, bytes).unwrap();
        checks.extend(formats.iter().map(|format| (file.clone(), format)));
    }
    let nothing = folder.path().join("nothing.iis.yaml");
    fs::write(&nothing, "").unwrap();
    let (_, own) = measure(python, &nothing, "human");
    let queue = Mutex::new(checks.iter());
    let work = || {
        // The queue is free again before the check begins.
        let next = || queue.lock().unwrap().next();
        while let Some((file, format)) = next() {
            let (code, memory) = measure(python, file, format);
            assert!(
                matches!(code, 0 | 1),
                "{file:?} as {format}: exit code {code}"
            );
            assert!(
                memory < own + MOST_MEMORY,
                "{file:?} as {format}: {memory} KiB, of which {own} anyway"
            );
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
            scope.spawn(work);
        }
    });
}

#[test]
fn no_file_takes_more_than_64_mebibytes_or_makes_the_command_hang() {
    if let Some(python) = tool("python3") {
        let files = [quiet(), bombs(), servers()].concat();
        judge(&python, &files, &["human".to_owned()]);
        judge(&python, &[quotations()], &formats());
        // Those that take most; the others write the same, line by line.
        judge(
            &python,
            &[flood()],
            &["json", "sarif", "human"].map(str::to_owned),
        );
    }
}
