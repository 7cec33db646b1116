//! Variables that come from outside a spec: the environment, files, the command line.
//!
//! A value may be a secret, so no message contains one.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use crate::disk::{self, DiskError};

/// How the name of a variable begins in the environment.
const PREFIX: &str = "IISC_VAR_";

/// Variables with their values.
pub(crate) type Variables = BTreeMap<String, String>;

/// Adds the variables of an environment, or says which of them has a value that is no text.
pub(crate) fn from_environment(
    environment: impl Iterator<Item = (OsString, OsString)>,
    variables: &mut Variables,
) -> Result<(), String> {
    for (key, value) in environment {
        let Some(name) = key.to_str().and_then(|key| key.strip_prefix(PREFIX)) else {
            continue;
        };
        let name = named(name).ok_or_else(|| format!("{PREFIX}{name}: {NAMES}"))?;
        let value = value
            .into_string()
            .map_err(|_| format!("{PREFIX}{name}: its value is not UTF-8"))?;
        variables.insert(name.to_owned(), value);
    }
    Ok(())
}

/// Adds the variables of a file: one `NAME=VALUE` a line, the value as it stands; `#` begins a line of comment.
pub(crate) fn from_file(path: &Path, variables: &mut Variables) -> Result<(), DiskError> {
    let bytes = disk::read_spec(path)?;
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let text = std::str::from_utf8(body).map_err(|_| DiskError::new(path, "it is not UTF-8"))?;
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |reason| DiskError::new(path, format!("line {}: {reason}", index + 1));
        add(line, variables).map_err(wrong)?;
    }
    Ok(())
}

/// Adds the variables of the command line; a later one takes the place of an earlier.
pub(crate) fn from_arguments(pairs: &[String], variables: &mut Variables) -> Result<(), String> {
    let mut added = pairs.iter().map(|pair| add(pair, variables));
    added.try_for_each(|added| added.map_err(|reason| format!("--set: {reason}")))
}

const NAMES: &str = "a name is made of letters, digits and `_`, and does not begin with a digit";

fn add(pair: &str, variables: &mut Variables) -> Result<(), &'static str> {
    let (name, value) = pair
        .split_once('=')
        .ok_or("there is no `=` in it; write NAME=VALUE")?;
    let name = named(name.trim()).ok_or(NAMES)?;
    variables.insert(name.to_owned(), value.to_owned());
    Ok(())
}

fn named(name: &str) -> Option<&str> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let begins = !name.starts_with(|c: char| c.is_ascii_digit());
    (!name.is_empty() && begins && name.chars().all(fits)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_goes_before_files_and_those_before_the_environment() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "\u{feff}# two\r\n\r\nB=file\r\nC = x=y \r\n").unwrap();
        let environment = [("IISC_VAR_A", "env"), ("IISC_VAR_B", "env"), ("PATH", "x")];
        let environment = environment.map(|(key, value)| (key.into(), value.into()));
        let mut variables = Variables::new();
        from_environment(environment.into_iter(), &mut variables).unwrap();
        from_file(file.path(), &mut variables).unwrap();
        from_arguments(&["D=1".into(), "D=".into()], &mut variables).unwrap();
        let pairs: Vec<String> = variables
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(pairs, ["A=env", "B=file", "C= x=y ", "D="]);
    }

    #[test]
    fn what_is_no_variable_is_refused_without_its_value() {
        let mut variables = Variables::new();
        for pair in [
            "hunter2",
            "=hunter2",
            "1a=hunter2",
            "a-b=hunter2",
            "é=hunter2",
        ] {
            let reason = from_arguments(&[pair.to_owned()], &mut variables).unwrap_err();
            assert!(!reason.contains("hunter2"), "{reason}");
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "A=1\nhunter2\n").unwrap();
        let reason = from_file(file.path(), &mut variables)
            .unwrap_err()
            .to_string();
        assert!(
            reason.contains("line 2") && !reason.contains("hunter2"),
            "{reason}"
        );
    }
}
