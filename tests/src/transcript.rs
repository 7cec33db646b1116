//! A Markdown file that is also a test: its code blocks are files, commands, and what they print.
//!
//! A block `yaml app.iis.yaml` (any language, any name) writes that file; one whose path begins with `build/` compares
//! a file that a command has written. A block `console` runs each line that begins with `$ iisc`, and compares
//! what follows: standard output, then standard error, then `[exit N]` unless that is 0. Blocks without a
//! name, and other commands, are prose.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{assert_golden, iisc};

/// Runs a transcript in a folder of its own and compares it with itself.
///
/// # Panics
/// If anything it shows is not so.
pub fn run(path: &Path) {
    let text = fs::read_to_string(path).expect("the transcript is readable");
    let folder = tempfile::tempdir().expect("a folder is made");
    let mut actual = String::new();
    let mut lines = text.split_inclusive('\n');
    let mut ran = false;
    while let Some(line) = lines.next() {
        actual.push_str(line);
        let Some(info) = line.trim_end().strip_prefix("```") else {
            continue;
        };
        let block: Vec<&str> = lines
            .by_ref()
            .take_while(|line| line.trim_end() != "```")
            .collect();
        actual.push_str(&replay(info, &block, folder.path(), &mut ran));
        actual.push_str("```\n");
    }
    assert!(ran, "{} runs no command", path.display());
    assert_golden(path, actual.as_bytes());
}

/// What a block should say.
fn replay(info: &str, block: &[&str], folder: &Path, ran: &mut bool) -> String {
    match info.split_once(' ') {
        None if info == "console" => console(block, folder, ran),
        Some((_, file)) if file.starts_with("build/") => read(&folder.join(file)),
        Some((_, file)) => {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().expect("a file lies in a folder"))
                .expect("the folder is made");
            fs::write(path, block.concat()).expect("the file is written");
            block.concat()
        }
        None => block.concat(),
    }
}

fn read(path: &Path) -> String {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.replace("\r\n", "\n")
}

fn console(block: &[&str], folder: &Path, ran: &mut bool) -> String {
    if !block.iter().any(|line| line.starts_with("$ iisc ")) {
        return block.concat();
    }
    *ran = true;
    let commands = block.iter().filter_map(|line| line.strip_prefix("$ iisc "));
    commands
        .map(|arguments| format!("$ iisc {arguments}{}", output(arguments, folder)))
        .collect()
}

fn output(arguments: &str, folder: &Path) -> String {
    let output = Command::new(iisc())
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .env_remove("VIRTUAL_ENV")
        .output()
        .expect("iisc starts");
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    // Lines without blanks at their ends, so that editors and reviewers see what is compared.
    let mut text: String = text
        .lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect();
    match output.status.code() {
        Some(0) => {}
        Some(code) => text.push_str(&format!("[exit {code}]\n")),
        None => panic!("`iisc {}` was ended by a signal", arguments.trim()),
    }
    text
}
