//! `handlers`: the list of a URL, put together from all levels.

use super::file::{ConfigFile, LoadError, below};
use super::handler::{self, ACCESS, Access, Handler, Kind};
use crate::refusal::Refusal;
use iisc_gateway_core::xml::Element;

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
                let new = handler::read(file, element)?;
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
