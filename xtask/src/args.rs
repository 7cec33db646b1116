//! What can be typed after `cargo xtask`.

/// Shown for `help`, and after a mistake.
pub(crate) const HELP: &str = "\
cargo xtask demo [--once] [--port N]
    Serve examples/flask through the whole chain, as IIS would.
    --once     verify some pages, as IIS 10 and as IIS 6, then stop
    --port N   listen here [default: 8080, or the next free one]

cargo xtask test [--full]
    Run every check and test; the last line counts them.
    --full     install the system packages that tests need (Debian, as root), and skip nothing

cargo xtask bench
    Measure `iisc check` beside yamllint and check-jsonschema, which it fetches.

PYTHON names the interpreter to use [default: python3 or python, 3.9 or later].";

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Say what can be typed.
    Help,
    /// Serve the example.
    Demo(Demo),
    /// Run every check and test.
    Test {
        /// Nothing may be skipped.
        full: bool,
    },
    /// Measure `iisc check` beside other tools.
    Bench,
}

/// How to serve the example.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Demo {
    /// Stop after the first verified answers.
    pub(crate) once: bool,
    /// Listen here and nowhere else.
    pub(crate) port: Option<u16>,
}

/// Reads the arguments; the error says which one makes no sense.
pub(crate) fn parse(arguments: &[String]) -> Result<Task, String> {
    let mut arguments = arguments.iter().map(String::as_str);
    match arguments.next() {
        None | Some("help" | "--help" | "-h") => Ok(Task::Help),
        Some("demo") => demo(arguments).map(Task::Demo),
        Some("test") => test(arguments).map(|full| Task::Test { full }),
        Some("bench") => match arguments.next() {
            None => Ok(Task::Bench),
            Some(other) => Err(format!("`bench` has no option `{other}`")),
        },
        Some(other) => Err(format!("unknown task `{other}`")),
    }
}

fn demo<'a>(mut arguments: impl Iterator<Item = &'a str>) -> Result<Demo, String> {
    let mut demo = Demo::default();
    while let Some(argument) = arguments.next() {
        match argument {
            "--once" => demo.once = true,
            "--port" => {
                let number = arguments.next().unwrap_or_default();
                let port = number
                    .parse()
                    .map_err(|_| format!("`{number}` is not a port"))?;
                demo.port = Some(port);
            }
            other => return Err(format!("`demo` has no option `{other}`")),
        }
    }
    Ok(demo)
}

fn test<'a>(arguments: impl Iterator<Item = &'a str>) -> Result<bool, String> {
    let mut full = false;
    for argument in arguments {
        match argument {
            "--full" => full = true,
            other => return Err(format!("`test` has no option `{other}`")),
        }
    }
    Ok(full)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &str) -> Result<Task, String> {
        parse(
            &line
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn options_are_read_in_any_order() {
        let demo = Demo {
            once: true,
            port: Some(9000),
        };
        assert_eq!(typed("demo --port 9000 --once"), Ok(Task::Demo(demo)));
        assert_eq!(typed("test --full"), Ok(Task::Test { full: true }));
        assert_eq!(typed("test"), Ok(Task::Test { full: false }));
        assert_eq!(typed("bench"), Ok(Task::Bench));
        assert_eq!(typed(""), Ok(Task::Help));
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        assert_eq!(typed("demmo"), Err("unknown task `demmo`".to_owned()));
        assert_eq!(
            typed("demo --port 99999"),
            Err("`99999` is not a port".to_owned())
        );
        assert_eq!(typed("demo --port"), Err("`` is not a port".to_owned()));
        assert_eq!(
            typed("demo --full"),
            Err("`demo` has no option `--full`".to_owned())
        );
        assert_eq!(
            typed("test --once"),
            Err("`test` has no option `--once`".to_owned())
        );
        assert_eq!(
            typed("bench --full"),
            Err("`bench` has no option `--full`".to_owned())
        );
    }
}
