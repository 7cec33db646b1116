//! An interpreter to start from.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::process::Command;

use crate::failure::Failure;

/// The oldest Python that the gateway's wheel runs on.
const OLDEST: Version = Version { major: 3, minor: 9 };

/// Names to try where nobody named one; `py` is the launcher on Windows.
const NAMES: [&str; 3] = ["python3", "python", "py"];

/// Asks an interpreter what it is: a line each, since a path may hold anything else.
const QUESTION: &str = "import importlib.util as u, platform, sys
print(sys.executable)
print(platform.python_version())
print(all(u.find_spec(name) for name in ('venv', 'ensurepip')))";

/// A Python that can make virtual environments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Python {
    /// Its real place, whatever shim or launcher led to it.
    pub(crate) program: String,
    /// Its whole version, such as `3.11.7`.
    pub(crate) version: String,
}

/// The part of a version that decides what a wheel can be used with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    major: u32,
    minor: u32,
}

impl Version {
    fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split('.');
        let major = numbers.next()?.parse().ok()?;
        // A version under development ends in letters: 3.15.0a1, 3.15+.
        let minor = numbers
            .next()?
            .split(|letter: char| !letter.is_ascii_digit())
            .next()?;
        Some(Self {
            major,
            minor: minor.parse().ok()?,
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// Finds the interpreter that `PYTHON` names, or else the first usable one.
pub(crate) fn find() -> Result<Python, Failure> {
    let named = env::var_os("PYTHON").filter(|name| !name.is_empty());
    let names = named.map_or_else(|| NAMES.map(OsString::from).to_vec(), |name| vec![name]);
    let mut refused = Vec::new();
    for name in &names {
        match ask(name) {
            Ok(python) => return Ok(python),
            Err(reason) => refused.push(format!("  `{}` {reason}", name.display())),
        }
    }
    let tried = refused.join("\n");
    let help = format!("install Python {OLDEST} or later, or name one: PYTHON=/path/to/python");
    Err(Failure::new(format!(
        "no Python to work with\n{tried}\n{help}"
    )))
}

fn ask(name: &OsStr) -> Result<Python, String> {
    let asked = Command::new(name).args(["-c", QUESTION]).output();
    let answer = asked.map_err(|error| format!("does not run: {error}"))?;
    if !answer.status.success() {
        return Err("does not run".to_owned());
    }
    judge(&String::from_utf8_lossy(&answer.stdout))
}

/// Reads the three lines of an answer; the error completes the sentence that the name begins.
fn judge(answer: &str) -> Result<Python, String> {
    let mut lines = answer.lines().map(str::trim);
    let (Some(program), Some(version), Some(venv)) = (lines.next(), lines.next(), lines.next())
    else {
        return Err("gives no answer".to_owned());
    };
    match Version::parse(version) {
        Some(found) if found >= OLDEST => {}
        Some(_) | None => return Err(format!("is Python {version}")),
    }
    if venv != "True" {
        return Err(
            "cannot make virtual environments (Debian: apt-get install python3-venv)".to_owned(),
        );
    }
    Ok(Python {
        program: program.to_owned(),
        version: version.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        for old in ["2.7.18", "3.8.20", "3.1.4", "3"] {
            assert!(
                Version::parse(old).is_none_or(|version| version < OLDEST),
                "{old}"
            );
        }
        for new in ["3.9.0", "3.10.13", "3.15.0a1", "3.15+", "4.0.0"] {
            assert!(
                Version::parse(new).is_some_and(|version| version >= OLDEST),
                "{new}"
            );
        }
        for strange in ["", "three.nine", "3.x", "."] {
            assert_eq!(Version::parse(strange), None, "{strange}");
        }
    }

    #[test]
    fn a_usable_interpreter_is_taken_with_its_real_place() {
        let python = judge("/opt/my python/bin/python3\r\n3.11.7\r\nTrue\r\n").unwrap();
        assert_eq!(python.program, "/opt/my python/bin/python3");
        assert_eq!(python.version, "3.11.7");
    }

    #[test]
    fn a_refusal_says_why() {
        assert_eq!(
            judge("/usr/bin/python\n2.7.18\nFalse\n"),
            Err("is Python 2.7.18".to_owned())
        );
        let bare = judge("/usr/bin/python3\n3.11.2\nFalse\n").unwrap_err();
        assert!(bare.contains("python3-venv"), "{bare}");
        assert_eq!(judge(""), Err("gives no answer".to_owned()));
    }
}
