//! `fastCgi/application`: the FastCGI applications that are registered on the server.

use std::collections::BTreeSet;
use std::time::Duration;

use iisc_gateway_core::xml::Element;

use super::file::{ConfigFile, LoadError};

/// What bytes on the error stream of FastCGI do to a response (iis.md 2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StderrMode {
    /// They become a 500 that shows them; IIS's default.
    ReturnStdErrIn500,
    /// They become a 500 that does not show them.
    ReturnGeneric500,
    /// They change nothing.
    IgnoreAndReturn200,
    /// They become a 500, and the process is ended.
    TerminateProcess,
}

/// One registered FastCGI application; absent attributes have the defaults of IIS's schema (iis.md 2.2).
///
/// The pair of [`full_path`](Self::full_path) and [`arguments`](Self::arguments) is its identity from IIS 7 on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// The section of `fcgiext.ini` that registers it, which is its identity on IIS 6.
    pub section: Option<String>,
    /// The interpreter on the server.
    pub full_path: String,
    /// The rest of its command line.
    pub arguments: String,
    /// Most processes at a time; 0 lets IIS decide, by a rule that is not published. The emulator then takes
    /// the number of processors.
    pub max_instances: usize,
    /// Requests after which a process is replaced.
    pub instance_max_requests: u64,
    /// Requests that may wait for a free process.
    pub queue_length: usize,
    /// Longest time of one request, counted from when a process takes it.
    pub request_timeout: Duration,
    /// Longest time without a byte to or from the process within a request.
    pub activity_timeout: Duration,
    /// Time without a request after which a process is ended.
    pub idle_timeout: Duration,
    /// Time that a process has to leave before it is killed.
    pub signal_before_terminate: Duration,
    /// Crashes within a minute after which requests are refused; 0 refuses none.
    pub rapid_fails_per_minute: usize,
    /// What bytes on the error stream do.
    pub stderr_mode: StderrMode,
    /// Variables that the processes get on top of the server's own.
    pub environment: Vec<(String, String)>,
}

/// The longest time-out of the schema, in seconds.
const MAX_TIMEOUT: u64 = 2_592_000;

const ATTRIBUTES: [&str; 14] = [
    "fullPath",
    "arguments",
    "monitorChangesTo",
    "stderrMode",
    "maxInstances",
    "idleTimeout",
    "activityTimeout",
    "requestTimeout",
    "instanceMaxRequests",
    "signalBeforeTerminateSeconds",
    "protocol",
    "queueLength",
    "flushNamedPipe",
    "rapidFailsPerMinute",
];

/// The names of `stderrMode`, compared without case: IIS 6 writes `ReturnStderrIn500`.
pub(super) const STDERR_MODES: [(&str, StderrMode); 4] = [
    ("ReturnStdErrIn500", StderrMode::ReturnStdErrIn500),
    ("ReturnGeneric500", StderrMode::ReturnGeneric500),
    ("IgnoreAndReturn200", StderrMode::IgnoreAndReturn200),
    ("TerminateProcess", StderrMode::TerminateProcess),
];

impl Registration {
    /// The registration as `scriptProcessor` writes it: `fullPath`, and `|` with the arguments if there are any.
    #[must_use]
    pub fn script_processor(&self) -> String {
        match self.arguments.as_str() {
            "" => self.full_path.clone(),
            arguments => format!("{}|{arguments}", self.full_path),
        }
    }

    /// True if the two identify the same application to IIS, which compares without case (iis.md 6.8).
    pub(super) fn is(&self, full_path: &str, arguments: &str) -> bool {
        same(&self.full_path, full_path) && same(&self.arguments, arguments)
    }
}

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// Reads all registrations of the fragment.
pub(super) fn read(host: &ConfigFile) -> Result<Vec<Registration>, LoadError> {
    let mut registrations: Vec<Registration> = Vec::new();
    for element in host.elements(&["system.webServer", "fastCgi", "application"]) {
        let new = registration(host, element)?;
        if registrations
            .iter()
            .any(|old| old.is(&new.full_path, &new.arguments))
        {
            let message = format!("`{}` is registered twice", new.script_processor());
            let help = "remove one of the two; IIS compares them without case";
            return Err(host.error(element, message, help));
        }
        registrations.push(new);
    }
    Ok(registrations)
}

fn registration(host: &ConfigFile, element: &Element) -> Result<Registration, LoadError> {
    let attributes = host.attributes(element);
    attributes.refuse_others(&ATTRIBUTES)?;
    // FastCGI for Python is spoken over the pipe alone (iis.md 6.2).
    attributes.one_of("protocol", (), &[("NamedPipe", ())])?;
    let count = |name, default, range| attributes.number(name, default, range).map(saturate);
    let seconds = |name, default, range| {
        attributes
            .number(name, default, range)
            .map(Duration::from_secs)
    };
    Ok(Registration {
        section: None,
        full_path: attributes.required("fullPath")?.to_owned(),
        arguments: attributes.text("arguments").to_owned(),
        max_instances: count("maxInstances", 0, 0..=10_000)?,
        instance_max_requests: attributes.number("instanceMaxRequests", 200, 1..=10_000_000)?,
        queue_length: count("queueLength", 1_000, 1..=100_000_000)?,
        request_timeout: seconds("requestTimeout", 90, 10..=MAX_TIMEOUT)?,
        activity_timeout: seconds("activityTimeout", 70, 10..=MAX_TIMEOUT)?,
        idle_timeout: seconds("idleTimeout", 300, 10..=MAX_TIMEOUT)?,
        signal_before_terminate: seconds("signalBeforeTerminateSeconds", 0, 0..=60)?,
        rapid_fails_per_minute: count("rapidFailsPerMinute", 10, 0..=1_000)?,
        stderr_mode: attributes.one_of(
            "stderrMode",
            StderrMode::ReturnStdErrIn500,
            &STDERR_MODES,
        )?,
        environment: environment(host, element)?,
    })
}

/// The variables in the order of the file. The schema requires neither attribute (iis.md 2.2); a variable
/// without a name cannot be set, so it is left out. The name is a key of the list, compared without case.
fn environment(host: &ConfigFile, element: &Element) -> Result<Vec<(String, String)>, LoadError> {
    let mut variables = Vec::new();
    let mut names = BTreeSet::new();
    let lists = element.children_named("environmentVariables");
    for variable in lists.flat_map(|list| list.children_named("environmentVariable")) {
        let name = variable.attribute("name").unwrap_or_default();
        if name.is_empty() {
            continue;
        }
        if !names.insert(name.to_lowercase()) {
            let message = format!("the variable `{name}` is set twice");
            let help = "remove one of the two; IIS compares names without case";
            return Err(host.error(variable, message, help));
        }
        let value = variable.attribute("value").unwrap_or_default();
        variables.push((name.to_owned(), value.to_owned()));
    }
    Ok(variables)
}

fn saturate(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_fragment(applications: &str) -> Result<Vec<Registration>, LoadError> {
        let text = format!(
            "<configuration>\n<system.webServer>\n<fastCgi>\n{applications}\n</fastCgi></system.webServer></configuration>"
        );
        read(&ConfigFile::parse("fragment".into(), text.as_bytes()).unwrap())
    }

    #[test]
    fn absent_attributes_have_the_defaults_of_the_schema() {
        let read = read_fragment(r#"<application fullPath="D:\p.exe"/>"#).unwrap();
        assert_eq!(
            read,
            [Registration {
                section: None,
                full_path: r"D:\p.exe".to_owned(),
                arguments: String::new(),
                max_instances: 0,
                instance_max_requests: 200,
                queue_length: 1_000,
                request_timeout: Duration::from_secs(90),
                activity_timeout: Duration::from_secs(70),
                idle_timeout: Duration::from_secs(300),
                signal_before_terminate: Duration::ZERO,
                rapid_fails_per_minute: 10,
                stderr_mode: StderrMode::ReturnStdErrIn500,
                environment: Vec::new(),
            }]
        );
    }

    #[test]
    fn everything_is_read() {
        let read = read_fragment(
            r#"<application fullPath="D:\p.exe" arguments="-m x" maxInstances="4" stderrMode="terminateprocess">
                 <environmentVariables><environmentVariable name="A" value="1"/><environmentVariable name="B"/></environmentVariables>
               </application>"#,
        )
        .unwrap();
        let [one] = &read[..] else { panic!("{read:?}") };
        assert_eq!(one.script_processor(), r"D:\p.exe|-m x");
        assert_eq!(one.max_instances, 4);
        assert_eq!(one.stderr_mode, StderrMode::TerminateProcess);
        let pairs = [("A", "1"), ("B", "")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(one.environment, pairs);
    }

    #[test]
    fn what_iis_refuses_is_refused_with_line_and_help() {
        for (application, message, help) in [
            (
                "<application/>",
                "lacks the attribute `fullPath`",
                "iisc build",
            ),
            (
                r#"<application fullPath="x" idleTimeout="0"/>"#,
                "`idleTimeout` is `0`",
                "from 10 to 2592000",
            ),
            (
                r#"<application fullPath="x" maxInstances="-1"/>"#,
                "`maxInstances` is `-1`",
                "from 0",
            ),
            (
                r#"<application fullPath="x" protocol="Tcp"/>"#,
                "`protocol` is `Tcp`",
                "`NamedPipe`",
            ),
            (
                r#"<application fullPath="x" stderrMode="Log"/>"#,
                "`stderrMode` is `Log`",
                "`ReturnGeneric500`",
            ),
            (
                r#"<application fullPath="x" maxInstance="1"/>"#,
                "no attribute `maxInstance`",
                "`maxInstances`",
            ),
        ] {
            let error = read_fragment(application).unwrap_err();
            assert!(error.message().contains(message), "{error}");
            assert!(error.help().contains(help), "{error}");
            assert_eq!(error.line(), Some(4), "{error}");
        }
    }

    #[test]
    fn the_same_pair_in_another_case_is_registered_twice() {
        let error = read_fragment(
            "<application fullPath=\"D:\\P.exe\" arguments=\"-m x\"/>\n<application fullPath=\"d:\\p.EXE\" arguments=\"-M X\"/>",
        )
        .unwrap_err();
        assert!(error.message().contains("registered twice"), "{error}");
        assert_eq!(error.line(), Some(5));
    }

    #[test]
    fn a_variable_in_another_case_is_set_twice() {
        let error = read_fragment(
            "<application fullPath=\"x\"><environmentVariables><environmentVariable name=\"A\"/>\n<environmentVariable name=\"a\"/></environmentVariables></application>",
        )
        .unwrap_err();
        assert!(error.message().contains("`a` is set twice"), "{error}");
        assert_eq!(error.line(), Some(5));
    }

    #[test]
    fn the_same_interpreter_with_other_arguments_is_another_application() {
        let two = r#"<application fullPath="x" arguments="a"/><application fullPath="x" arguments="a "/>"#;
        assert_eq!(read_fragment(two).unwrap().len(), 2);
    }
}
