//! An attribute of a `Web.config`, by the names and keys on the way to it.

use crate::text::xml::Element;
use crate::text::xpath;

/// Where an attribute stands. The names are fixed; a key may come from anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    steps: Vec<Step>,
    attribute: &'static str,
}

/// A child element, and the attribute that tells it from its siblings.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    name: &'static str,
    key: Option<(&'static str, String)>,
}

impl Step {
    fn is(&self, element: &Element) -> bool {
        let key = self.key.as_ref();
        element.name() == self.name
            && key.is_none_or(|(key, value)| element.value(key) == Some(value.as_str()))
    }

    fn xpath(&self) -> Option<String> {
        let Some((key, value)) = &self.key else {
            return Some(self.name.to_owned());
        };
        Some(format!("{}[@{key}={}]", self.name, xpath::literal(value)?))
    }
}

impl Place {
    /// The value of a key of `appSettings`.
    pub(super) fn setting(key: &str) -> Self {
        Self {
            steps: vec![
                Step {
                    name: "appSettings",
                    key: None,
                },
                Step {
                    name: "add",
                    key: Some(("key", key.to_owned())),
                },
            ],
            attribute: "value",
        }
    }

    /// The interpreter and arguments of a handler.
    pub(super) fn script_processor(handler: &str) -> Self {
        Self {
            steps: vec![
                Step {
                    name: "system.webServer",
                    key: None,
                },
                Step {
                    name: "handlers",
                    key: None,
                },
                Step {
                    name: "add",
                    key: Some(("name", handler.to_owned())),
                },
            ],
            attribute: "scriptProcessor",
        }
    }

    /// As an XPath expression; `None` if a key has no form in XPath.
    pub(super) fn xpath(&self) -> Option<String> {
        let steps: Option<Vec<String>> = self.steps.iter().map(Step::xpath).collect();
        Some(format!(
            "/configuration/{}/@{}",
            steps?.join("/"),
            self.attribute
        ))
    }

    /// What stands there; `None` if there is no such attribute, or more than one.
    pub(super) fn value<'a>(&self, configuration: &'a Element) -> Option<&'a str> {
        let start = vec![configuration];
        let found = self.steps.iter().fold(start, |found, step| {
            let children = found.into_iter().flat_map(Element::elements);
            children.filter(|child| step.is(child)).collect()
        });
        match found.as_slice() {
            [element] => element.value(self.attribute),
            _ => None,
        }
    }
}
