//! `handlers`: which module answers which URL.

use super::file::{ConfigFile, LoadError};
use iisc_gateway_core::xml::Element;

/// The module that runs FastCGI applications; the schema compares it with case (iis.md 2.3).
const FASTCGI_MODULE: &str = "FastCgiModule";

/// One entry of `handlers`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Handler {
    pub(crate) name: String,
    /// `*`, `*.ext` or a path.
    pub(crate) path: String,
    /// `*` or a list such as `GET,HEAD`.
    pub(crate) verb: String,
    pub(crate) modules: String,
    /// `fullPath` or `fullPath|arguments`.
    pub(crate) script_processor: String,
    /// Bytes that are collected before the first one goes to the client; 0 streams (iis.md 6.5).
    pub(crate) response_buffer_limit: usize,
}

impl Handler {
    pub(crate) fn is_fastcgi(&self) -> bool {
        self.modules == FASTCGI_MODULE
    }

    /// True if the handler takes a request; `below` is the URL path below the application, without the
    /// leading `/`.
    pub(crate) fn takes(&self, method: &str, below: &str) -> bool {
        let verb = self.verb == "*" || self.verb.split(',').any(|verb| verb.trim() == method);
        // A pattern without a folder is meant for the last segment, wherever it lies.
        let subject = match self.path.contains('/') {
            true => below,
            false => below.rsplit('/').next().unwrap_or_default(),
        };
        let pattern = self.path.strip_prefix('/').unwrap_or(&self.path);
        verb && matches(&pattern.to_lowercase(), &subject.to_lowercase())
    }
}

/// True if the text has the form of the pattern, in which `*` stands for any characters.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(text) = text.strip_prefix(start) else {
        return false;
    };
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.filter_map(|at| text.get(at..))
        .any(|tail| matches(rest, tail))
}

/// Reads the handlers of a Web.config, which IIS tries before the inherited ones, in their order.
pub(super) fn read(web: &ConfigFile) -> Result<Vec<Handler>, LoadError> {
    let mut handlers = Vec::new();
    for section in web.elements(&["system.webServer", "handlers"]) {
        for element in &section.children {
            apply(web, element, &mut handlers)?;
        }
    }
    Ok(handlers)
}

/// Carries out one directive. Removing a name that is not there is common, and harmless.
fn apply(
    web: &ConfigFile,
    element: &Element,
    handlers: &mut Vec<Handler>,
) -> Result<(), LoadError> {
    match element.name.as_str() {
        "clear" => handlers.clear(),
        "remove" => {
            let name = web.attributes(element).required("name")?;
            handlers.retain(|handler| handler.name != name);
        }
        "add" => {
            let new = handler(web, element)?;
            if handlers.iter().any(|old| old.name == new.name) {
                let message = format!("the handler `{}` is added twice", new.name);
                return Err(web.error(element, message, "give each handler its own name"));
            }
            handlers.push(new);
        }
        other => {
            let message = format!("`handlers` has no `{other}`");
            return Err(web.error(element, message, "use `add`, `remove` or `clear`"));
        }
    }
    Ok(())
}

fn handler(web: &ConfigFile, element: &Element) -> Result<Handler, LoadError> {
    let attributes = web.attributes(element);
    let limit = attributes.number("responseBufferLimit", 4_194_304, 0..=u32::MAX.into())?;
    Ok(Handler {
        name: attributes.required("name")?.to_owned(),
        path: attributes.required("path")?.to_owned(),
        verb: attributes.required("verb")?.to_owned(),
        modules: element
            .attribute("modules")
            .unwrap_or("ManagedPipelineHandler")
            .to_owned(),
        script_processor: attributes.text("scriptProcessor").to_owned(),
        response_buffer_limit: usize::try_from(limit).unwrap_or(usize::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_handlers(directives: &str) -> Result<Vec<Handler>, LoadError> {
        let text = format!(
            "<configuration><system.webServer><handlers>\n{directives}</handlers></system.webServer></configuration>"
        );
        read(&ConfigFile::parse("Web.config".into(), text.as_bytes()).unwrap())
    }

    fn takes(path: &str, verb: &str, method: &str, below: &str) -> bool {
        let add = format!(r#"<add name="x" path="{path}" verb="{verb}"/>"#);
        read_handlers(&add).unwrap()[0].takes(method, below)
    }

    #[test]
    fn verbs_are_compared_with_case() {
        assert!(takes("*", "*", "BREW", ""));
        assert!(takes("*", "GET, HEAD", "HEAD", ""));
        assert!(!takes("*", "GET,HEAD", "POST", ""));
        assert!(!takes("*", "get", "GET", ""));
    }

    #[test]
    fn patterns_take_what_iis_lets_them_take() {
        for (pattern, below, expected) in [
            ("*", "", true),
            ("*", "a/b/", true),
            ("*.py", "a/b.PY", true),
            ("*.py", "a.py/b", false),
            ("*.py", "a.pyc", false),
            ("handler.fcgi", "a/handler.fcgi", true),
            ("handler.fcgi", "a/xhandler.fcgi", false),
            ("api/*", "api/x/y", true),
            ("/api/*", "api/", true),
            ("api/*", "other/api/x", false),
            ("a*b*c", "abbc", true),
            ("a*b*c", "acb", false),
            ("*é", "xÉ", true),
        ] {
            assert_eq!(
                takes(pattern, "*", "GET", below),
                expected,
                "{pattern} {below}"
            );
        }
    }

    #[test]
    fn directives_work_in_their_order() {
        let names = |text: &str| -> Vec<String> {
            read_handlers(text)
                .unwrap()
                .into_iter()
                .map(|handler| handler.name)
                .collect()
        };
        let add = |name: &str| format!(r#"<add name="{name}" path="*" verb="*"/>"#);
        assert_eq!(
            names(&format!(r#"<remove name="a"/>{}{}"#, add("a"), add("A"))),
            ["a", "A"]
        );
        assert_eq!(
            names(&format!(r#"{}{}<remove name="a"/>"#, add("a"), add("b"))),
            ["b"]
        );
        assert_eq!(names(&format!("{}<clear/>{}", add("a"), add("b"))), ["b"]);
    }

    #[test]
    fn mistakes_are_told() {
        for (directives, message) in [
            (r#"<add name="a" path="*"/>"#, "lacks the attribute `verb`"),
            (
                r#"<add name="a" path="*" verb="*"/><add name="a" path="*" verb="*"/>"#,
                "added twice",
            ),
            ("<insert/>", "no `insert`"),
            (
                r#"<add name="a" path="*" verb="*" responseBufferLimit="no"/>"#,
                "`no`",
            ),
        ] {
            let error = read_handlers(directives).unwrap_err();
            assert!(error.message().contains(message), "{error}");
        }
    }
}
