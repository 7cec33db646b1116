//! `iisc completions` writes scripts that shells accept and that complete.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test writes files, and ends where it fails"
)]

use std::fs;
use std::process::Command;

use iisc_tests::{iisc, tool};

const COMMANDS: [&str; 6] = ["check", "build", "dev", "schema", "explain", "completions"];

fn script(shell: &str) -> String {
    let output = Command::new(iisc())
        .args(["completions", shell])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_shell_learns_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = script(shell);
        for command in COMMANDS {
            assert!(script.contains(command), "{command} for {shell}");
        }
    }
}

/// What bash does when somebody presses the tab key behind the last word.
const PRESS_TAB: &str = r#"
press_tab() {
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    _iisc iisc "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    echo "${COMPREPLY[@]}"
}
press_tab iisc exp
press_tab iisc check --f
press_tab iisc completions z
"#;

#[test]
fn bash_completes_a_command_and_an_option() {
    let Some(bash) = tool("bash") else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("iisc.bash");
    fs::write(&path, format!("{}\n{PRESS_TAB}", script("bash"))).unwrap();
    let output = Command::new(bash).arg(&path).output().unwrap();
    let replies = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(replies, "explain\n--fix --format\nzsh\n", "{output:?}");
}
