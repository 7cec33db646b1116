//! Finds the registration that a handler names, as IIS does, and tells why there is none.
//!
//! The two texts are compared without case and otherwise character by character: quotes, doubled blanks and
//! a blank at the end count (iis.md 6.8, P02, P05).

use std::fmt;

use super::{Handler, Registration};

/// Why a handler has no FastCGI application to go to.
///
/// IIS answers each request with 500.0 then. `Display` gives the whole explanation, of several lines, to be
/// shown in a fixed-width font.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// No handler names `FastCgiModule`.
    NoHandler,
    /// The handler's `scriptProcessor` is none of the registered applications.
    NotRegistered {
        /// Name of the handler.
        handler: String,
        /// Its `scriptProcessor`.
        script_processor: String,
        /// The registered application that is most like it, written the same way; `None` if there is none.
        nearest: Option<String>,
    },
}

/// Finds the registration and its place in the list.
pub(super) fn find<'a>(
    handler: &Handler,
    registrations: impl Iterator<Item = &'a Registration> + Clone,
) -> Result<(usize, &'a Registration), Mismatch> {
    // No Windows path holds `|`, so the first one separates.
    let text = handler.script_processor.as_str();
    let (full_path, arguments) = text.split_once('|').unwrap_or((text, ""));
    let mut entries = registrations.clone().enumerate();
    entries
        .find(|(_, entry)| entry.section == handler.section && entry.is(full_path, arguments))
        .ok_or_else(|| {
            let written = registrations.map(Registration::script_processor);
            Mismatch::NotRegistered {
                handler: handler.name.clone(),
                script_processor: text.to_owned(),
                nearest: written.max_by_key(|registered| likeness(text, registered)),
            }
        })
}

/// How many characters two texts have in common at their start and at their end.
fn likeness(a: &str, b: &str) -> usize {
    let common = |pairs: &mut dyn Iterator<Item = (char, char)>| {
        pairs.take_while(|(a, b)| same(*a, *b)).count()
    };
    common(&mut a.chars().zip(b.chars())) + common(&mut a.chars().rev().zip(b.chars().rev()))
}

fn same(a: char, b: char) -> bool {
    a == b || a.to_lowercase().eq(b.to_lowercase())
}

/// Place of the first difference, from 0, and what stands there; `None` where a text has ended.
fn first_difference(a: &str, b: &str) -> (usize, Option<char>, Option<char>) {
    let equal = a
        .chars()
        .zip(b.chars())
        .take_while(|(a, b)| same(*a, *b))
        .count();
    (equal, a.chars().nth(equal), b.chars().nth(equal))
}

/// A character as it can be named in a sentence.
fn named(character: Option<char>) -> String {
    match character {
        None => "nothing more".to_owned(),
        Some(' ') => "a blank".to_owned(),
        Some('\t') => "a tab".to_owned(),
        Some('"') => "a quote `\"`".to_owned(),
        Some(other) => format!("`{other}`"),
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHandler => write!(
                f,
                "No handler of the application names the module `FastCgiModule`; \
                 build the artifacts again with `iisc build`"
            ),
            Self::NotRegistered {
                handler,
                script_processor,
                nearest,
            } => {
                writeln!(
                    f,
                    "The handler `{handler}` names a FastCGI application that is not registered"
                )?;
                writeln!(f)?;
                writeln!(f, "  scriptProcessor  {script_processor}")?;
                match nearest {
                    Some(registered) => write_difference(f, script_processor, registered)?,
                    None => writeln!(f, "  registered       (no application at all)")?,
                }
                writeln!(f)?;
                write!(
                    f,
                    "Both texts come from one place in the spec, the interpreter: \
                     build again with `iisc build`, and edit neither file by hand"
                )
            }
        }
    }
}

fn write_difference(f: &mut fmt::Formatter<'_>, handler: &str, registered: &str) -> fmt::Result {
    let (at, in_handler, in_registration) = first_difference(handler, registered);
    writeln!(f, "  registered       {registered}")?;
    writeln!(f, "                   {:at$}^", "")?;
    writeln!(
        f,
        "  The first difference is at character {}: {} in the handler, {} in the registration",
        at + 1,
        named(in_handler),
        named(in_registration)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::StderrMode;
    use std::time::Duration;

    fn registration(full_path: &str, arguments: &str) -> Registration {
        Registration {
            section: None,
            full_path: full_path.to_owned(),
            arguments: arguments.to_owned(),
            max_instances: 1,
            instance_max_requests: 1,
            queue_length: 1,
            request_timeout: Duration::MAX,
            activity_timeout: Duration::MAX,
            idle_timeout: Duration::MAX,
            signal_before_terminate: Duration::ZERO,
            rapid_fails_per_minute: 0,
            stderr_mode: StderrMode::ReturnStdErrIn500,
            environment: Vec::new(),
        }
    }

    fn handler(script_processor: &str) -> Handler {
        Handler {
            name: "shop".to_owned(),
            ..Handler::wildcard(script_processor.to_owned())
        }
    }

    fn found(script_processor: &str, registrations: &[Registration]) -> Option<usize> {
        find(&handler(script_processor), registrations.iter())
            .ok()
            .map(|(place, _)| place)
    }

    #[test]
    fn the_pair_is_compared_without_case_and_otherwise_as_text() {
        let all = [
            registration(r"D:\p\python.exe", r#"-m x "a b""#),
            registration("é", ""),
        ];
        assert_eq!(found(r#"d:\P\PYTHON.EXE|-M X "A B""#, &all), Some(0));
        assert_eq!(found("É", &all), Some(1));
        assert_eq!(found("é|", &all), Some(1));
        for other in [
            r#"D:\p\python.exe|-m  x "a b""#,
            r#"D:\p\python.exe|-m x "a b" "#,
            r#""D:\p\python.exe"|-m x "a b""#,
            r"D:\p\python.exe|-m x a b",
            r"D:\p\python.exe",
            "D:/p/python.exe|-m x",
            "",
        ] {
            assert_eq!(found(other, &all), None, "{other}");
        }
    }

    #[test]
    fn the_explanation_points_at_the_first_difference() {
        let all = [
            registration(r"C:\other.exe", ""),
            registration(r"D:\python.exe", "-m  x"),
        ];
        let text = find(&handler(r"D:\python.exe|-m x"), all.iter())
            .unwrap_err()
            .to_string();
        let expected = r"The handler `shop` names a FastCGI application that is not registered

  scriptProcessor  D:\python.exe|-m x
  registered       D:\python.exe|-m  x
                                    ^
  The first difference is at character 18: `x` in the handler, a blank in the registration

Both texts come from one place in the spec, the interpreter: build again with `iisc build`, and edit neither file by hand";
        assert_eq!(text, expected);
    }

    #[test]
    fn one_text_may_be_the_start_of_the_other() {
        let text = find(&handler("p|-m x"), [registration("p", "-m x ")].iter())
            .unwrap_err()
            .to_string();
        assert!(
            text.contains("character 7: nothing more in the handler, a blank in the registration"),
            "{text}"
        );
        let text = find(&handler("p|-m"), [registration("p", "")].iter())
            .unwrap_err()
            .to_string();
        assert!(
            text.contains("character 2: `|` in the handler, nothing more in the registration"),
            "{text}"
        );
    }

    #[test]
    fn without_any_registration_that_is_said() {
        let text = find(&handler("p"), [].iter()).unwrap_err().to_string();
        assert!(text.contains("no application at all"), "{text}");
    }

    #[test]
    fn every_single_changed_character_is_found_at_its_place() {
        let text = r"D:\env\python.exe|-m iisc_gateway --app shop";
        for place in 0..text.len() {
            let mut changed = text.as_bytes().to_vec();
            changed[place] = b'#';
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(first_difference(&changed, text).0, place);
            assert_eq!(
                found(
                    &changed,
                    &[registration(
                        r"D:\env\python.exe",
                        "-m iisc_gateway --app shop"
                    )]
                ),
                None
            );
        }
    }
}
