//! `handlers`: which module answers which URL.

use super::file::{ConfigFile, LoadError, below};
use crate::refusal::Refusal;
use iisc_gateway_core::xml::Element;

/// The module that runs FastCGI applications; the schema compares it with case (iis.md 2.3).
const FASTCGI_MODULE: &str = "FastCgiModule";
/// The module that sends files.
const STATIC_FILE_MODULE: &str = "StaticFileModule";
/// The module that answers for a folder with a file in it.
const DEFAULT_DOCUMENT_MODULE: &str = "DefaultDocumentModule";

/// One entry of `handlers`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Handler {
    pub(crate) name: String,
    /// `*`, `*.ext` or a path.
    pub(crate) path: String,
    /// `*` or a list such as `GET,HEAD`.
    pub(crate) verb: String,
    /// One module, or a list of them.
    pub(crate) modules: String,
    /// `fullPath` or `fullPath|arguments`.
    pub(crate) script_processor: String,
    /// The section of `fcgiext.ini` that takes the place of the pair's comparison on IIS 6.
    pub(crate) section: Option<String>,
    /// What must be there under the URL.
    pub(crate) resource: ResourceType,
    pub(crate) requires: Access,
    /// Bytes that are collected before the first one goes to the client; 0 streams (iis.md 6.5).
    pub(crate) response_buffer_limit: usize,
}

/// What a handler wants to be there under the URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResourceType {
    File,
    Directory,
    Either,
    Unspecified,
}

/// What is there under a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    Directory,
    Nothing,
}

impl ResourceType {
    fn fits(self, kind: impl Fn() -> Kind) -> bool {
        match self {
            Self::File => kind() == Kind::File,
            Self::Directory => kind() == Kind::Directory,
            Self::Either => kind() != Kind::Nothing,
            Self::Unspecified => true,
        }
    }
}

/// The kind of permission that a handler needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    None,
    Read,
    Write,
    Script,
    Execute,
}

const ACCESS: [(&str, Access); 5] = [
    ("None", Access::None),
    ("Read", Access::Read),
    ("Write", Access::Write),
    ("Script", Access::Script),
    ("Execute", Access::Execute),
];

const RESOURCE_TYPES: [(&str, ResourceType); 4] = [
    ("Unspecified", ResourceType::Unspecified),
    ("File", ResourceType::File),
    ("Directory", ResourceType::Directory),
    ("Either", ResourceType::Either),
];

/// The longest collected response unless the handler says otherwise.
pub(super) const RESPONSE_BUFFER_LIMIT: u64 = 4_194_304;

impl Handler {
    /// The handler that a server has behind all others: it sends files.
    fn stock() -> Self {
        Self {
            name: "StaticFile".to_owned(),
            modules: format!(
                "{STATIC_FILE_MODULE},{DEFAULT_DOCUMENT_MODULE},DirectoryListingModule"
            ),
            resource: ResourceType::Either,
            requires: Access::Read,
            ..Self::wildcard(String::new())
        }
    }

    /// A handler that takes everything for a FastCGI application.
    pub(super) fn wildcard(script_processor: String) -> Self {
        Self {
            name: "*".to_owned(),
            path: "*".to_owned(),
            verb: "*".to_owned(),
            modules: FASTCGI_MODULE.to_owned(),
            script_processor,
            section: None,
            resource: ResourceType::Unspecified,
            requires: Access::Script,
            response_buffer_limit: usize::try_from(RESPONSE_BUFFER_LIMIT).unwrap_or(usize::MAX),
        }
    }

    pub(crate) fn is_fastcgi(&self) -> bool {
        self.modules == FASTCGI_MODULE
    }

    pub(crate) fn sends_files(&self) -> bool {
        self.has_module(STATIC_FILE_MODULE)
    }

    pub(crate) fn has_default_documents(&self) -> bool {
        self.has_module(DEFAULT_DOCUMENT_MODULE)
    }

    fn has_module(&self, name: &str) -> bool {
        self.modules.split(',').any(|module| module.trim() == name)
    }

    /// True if the handler takes a request; `below` is the URL path below the application, without the
    /// leading `/`, and `kind` finds out what is there.
    fn takes(&self, method: &str, below: &str, kind: impl Fn() -> Kind) -> bool {
        let verb = self.verb == "*" || self.verb.split(',').any(|verb| verb.trim() == method);
        // A pattern without a folder is meant for the last segment, wherever it lies.
        let subject = match self.path.contains('/') {
            true => below,
            false => below.rsplit('/').next().unwrap_or_default(),
        };
        let pattern = self.path.strip_prefix('/').unwrap_or(&self.path);
        let path = || matches(&pattern.to_lowercase(), &subject.to_lowercase());
        verb && path() && self.resource.fits(kind)
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

/// The handlers of a URL, and what all of them together may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Handlers {
    /// In the order in which they are asked.
    pub(crate) list: Vec<Handler>,
    policy: Vec<Access>,
}

impl Handlers {
    /// What holds on a server where nobody has changed anything. The handlers for `TRACE` and `OPTIONS` are left out.
    pub(super) fn stock() -> Self {
        Self::of(vec![Handler::stock()])
    }

    /// These handlers, with the policy of a stock server.
    pub(super) fn of(list: Vec<Handler>) -> Self {
        Self {
            list,
            policy: vec![Access::Read, Access::Script],
        }
    }

    /// The first handler that takes a request.
    pub(crate) fn find(
        &self,
        method: &str,
        below: &str,
        kind: impl Fn() -> Kind,
    ) -> Option<&Handler> {
        let mut handlers = self.list.iter();
        handlers.find(|handler| handler.takes(method, below, &kind))
    }

    /// Refuses a handler that needs what `accessPolicy` does not give (section 3.6 of the IIS fact sheet).
    pub(crate) fn check_access(&self, handler: &Handler) -> Result<(), Refusal> {
        let (substatus, word) = match handler.requires {
            Access::Read => (2, "Read"),
            Access::Write => (3, "Write"),
            Access::Script => (1, "Script"),
            Access::Execute => (1, "Execute"),
            Access::None => return Ok(()),
        };
        if self.policy.contains(&handler.requires) {
            return Ok(());
        }
        let reason = format!(
            "The handler `{}` needs `{word}` in the `accessPolicy` of `handlers`",
            handler.name
        );
        Err(Refusal::forbidden(substatus, reason))
    }

    /// Takes over what a `system.webServer` element says. Its handlers are asked before those from further up
    /// (`mergeAppend` in section 2.3 of the IIS fact sheet), in their order.
    pub(super) fn apply(&mut self, file: &ConfigFile, server: &Element) -> Result<(), LoadError> {
        for section in below(server, &["handlers"]) {
            if let Some(policy) = section.attribute("accessPolicy") {
                self.policy = access_policy(file, section, policy)?;
            }
            let mut own = Vec::new();
            for element in &section.children {
                self.carry_out(file, element, &mut own)?;
            }
            self.list.splice(0..0, own);
        }
        Ok(())
    }

    /// Carries out one directive. Removing a name that is not there is common, and harmless.
    fn carry_out(
        &mut self,
        file: &ConfigFile,
        element: &Element,
        own: &mut Vec<Handler>,
    ) -> Result<(), LoadError> {
        match element.name.as_str() {
            "clear" => {
                own.clear();
                self.list.clear();
            }
            "remove" => {
                let name = file.attributes(element).required("name")?;
                own.retain(|handler| handler.name != name);
                self.list.retain(|handler| handler.name != name);
            }
            "add" => {
                let new = handler(file, element)?;
                if own.iter().chain(&self.list).any(|old| old.name == new.name) {
                    let message = format!("the handler `{}` is added twice", new.name);
                    return Err(file.error(element, message, "give each handler its own name"));
                }
                own.push(new);
            }
            other => {
                let message = format!("`handlers` has no `{other}`");
                return Err(file.error(element, message, "use `add`, `remove` or `clear`"));
            }
        }
        Ok(())
    }
}

/// The flags that matter here; the others restrict remote clients.
fn access_policy(
    file: &ConfigFile,
    section: &Element,
    text: &str,
) -> Result<Vec<Access>, LoadError> {
    const OTHERS: [&str; 5] = [
        "Source",
        "NoRemoteWrite",
        "NoRemoteRead",
        "NoRemoteExecute",
        "NoRemoteScript",
    ];
    let mut policy = Vec::new();
    for word in text.split(',').map(str::trim) {
        let is = |known: &&str| known.eq_ignore_ascii_case(word);
        match ACCESS.iter().find(|(known, _)| is(known)) {
            Some((_, access)) => policy.push(*access),
            None if OTHERS.iter().any(is) => {}
            None => {
                let help = "write `Read`, `Write`, `Script`, `Execute` or `Source`";
                return Err(file.attributes(section).wrong("accessPolicy", text, help));
            }
        }
    }
    Ok(policy)
}

fn handler(file: &ConfigFile, element: &Element) -> Result<Handler, LoadError> {
    let attributes = file.attributes(element);
    let limit = attributes.number(
        "responseBufferLimit",
        RESPONSE_BUFFER_LIMIT,
        0..=u32::MAX.into(),
    )?;
    Ok(Handler {
        name: attributes.required("name")?.to_owned(),
        path: attributes.required("path")?.to_owned(),
        verb: attributes.required("verb")?.to_owned(),
        modules: element
            .attribute("modules")
            .unwrap_or("ManagedPipelineHandler")
            .to_owned(),
        script_processor: attributes.text("scriptProcessor").to_owned(),
        section: None,
        resource: attributes.one_of("resourceType", ResourceType::Unspecified, &RESOURCE_TYPES)?,
        requires: attributes.one_of("requireAccess", Access::Script, &ACCESS)?,
        response_buffer_limit: usize::try_from(limit).unwrap_or(usize::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handlers(sections: &[&str]) -> Result<Handlers, LoadError> {
        let sections: String = sections
            .iter()
            .map(|section| {
                format!("<system.webServer><handlers\n{section}</handlers></system.webServer>")
            })
            .collect();
        let text = format!("<configuration>{sections}</configuration>");
        let file = ConfigFile::parse("Web.config".into(), text.as_bytes()).unwrap();
        let mut handlers = Handlers::stock();
        for server in file.web_servers("") {
            handlers.apply(&file, server)?;
        }
        Ok(handlers)
    }

    fn takes(path: &str, verb: &str, method: &str, below: &str) -> bool {
        let add = format!(r#"><add name="x" path="{path}" verb="{verb}"/>"#);
        handlers(&[&add]).unwrap().list[0].takes(method, below, || Kind::Nothing)
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

    fn names(sections: &[&str]) -> Vec<String> {
        let list = handlers(sections).unwrap().list;
        list.into_iter().map(|handler| handler.name).collect()
    }

    #[test]
    fn directives_work_in_their_order_and_the_deeper_level_is_asked_first() {
        let add = |name: &str| format!(r#"<add name="{name}" path="*" verb="*"/>"#);
        let (a, b) = (add("a"), add("b"));
        for (sections, expected) in [
            (
                vec![format!(r#"><remove name="a"/>{a}{}"#, add("A"))],
                vec!["a", "A", "StaticFile"],
            ),
            (
                vec![format!(r#">{a}{b}<remove name="a"/>"#)],
                vec!["b", "StaticFile"],
            ),
            (vec![format!(">{a}<clear/>{b}")], vec!["b"]),
            (
                vec![format!(">{a}"), format!(">{b}{}", add("c"))],
                vec!["b", "c", "a", "StaticFile"],
            ),
            (
                vec![format!(">{a}"), format!(r#"><remove name="a"/>{b}"#)],
                vec!["b", "StaticFile"],
            ),
        ] {
            let sections: Vec<_> = sections.iter().map(String::as_str).collect();
            assert_eq!(names(&sections), expected, "{sections:?}");
        }
    }

    #[test]
    fn a_handler_may_want_something_to_be_there() {
        let section = r#"><add name="x" path="*" verb="*" resourceType="File"/>"#;
        let found = |kind| {
            let handlers = handlers(&[section]).unwrap();
            let found = handlers.find("GET", "a", || kind);
            found.map(|handler| handler.name.clone())
        };
        assert_eq!(found(Kind::File).as_deref(), Some("x"));
        assert_eq!(found(Kind::Directory).as_deref(), Some("StaticFile"));
        assert_eq!(found(Kind::Nothing), None);
    }

    #[test]
    fn the_policy_must_give_what_a_handler_needs() {
        let code = |policy: &str, requires: &str| {
            let section =
                format!(r#"{policy}><add name="x" path="*" verb="*" requireAccess="{requires}"/>"#);
            let handlers = handlers(&[&section]).unwrap();
            let judged = handlers.check_access(&handlers.list[0]);
            judged.map_or_else(|refusal| refusal.code(), |()| "passes".to_owned())
        };
        assert_eq!(code("", "Script"), "passes");
        assert_eq!(code("", "Read"), "passes");
        assert_eq!(code("", "Write"), "403.3");
        assert_eq!(code(r#"accessPolicy="read, Source""#, "Script"), "403.1");
        assert_eq!(code(r#"accessPolicy="Script""#, "Read"), "403.2");
        assert_eq!(code(r#"accessPolicy="None""#, "None"), "passes");
    }

    #[test]
    fn mistakes_are_told() {
        for (directives, message) in [
            (r#"><add name="a" path="*"/>"#, "lacks the attribute `verb`"),
            (
                r#"><add name="a" path="*" verb="*"/><add name="a" path="*" verb="*"/>"#,
                "added twice",
            ),
            ("><insert/>", "no `insert`"),
            (
                r#"><add name="a" path="*" verb="*" responseBufferLimit="no"/>"#,
                "`no`",
            ),
            (
                r#"><add name="a" path="*" verb="*" resourceType="Any"/>"#,
                "`Any`",
            ),
            (r#"accessPolicy="Read Script">"#, "`Read Script`"),
        ] {
            let error = handlers(&[directives]).unwrap_err();
            assert!(error.message().contains(message), "{error}");
        }
    }
}
