//! A collection of IIS's configuration: `add`, `remove` and `clear`, in the order of the file.

use iisc_gateway_core::xml::Element;

use super::file::{Attributes, ConfigFile, LoadError};

/// What a collection's entries are called, and how their keys compare.
#[derive(Debug, Clone, Copy)]
pub(super) struct Collection {
    /// Name of the element that adds an entry, mostly `add`.
    pub(super) add: &'static str,
    /// The attribute that no two entries may share.
    pub(super) key: &'static str,
    /// Names of elements that stand beside the entries and are none.
    pub(super) beside: &'static [&'static str],
    /// Keys compare without case unless the schema says otherwise (section 2.1 of the IIS fact sheet).
    pub(super) is_case_sensitive: bool,
}

impl Collection {
    /// Carries out the directives of one element on the entries that outer levels have made. A key that is there
    /// already is 500.19 on the server; removing one that is not there is common, and harmless.
    pub(super) fn apply<T>(
        self,
        file: &ConfigFile,
        section: &Element,
        entries: &mut Vec<(String, T)>,
        value: impl Fn(Attributes<'_>) -> Result<T, LoadError>,
    ) -> Result<(), LoadError> {
        for element in &section.children {
            let attributes = file.attributes(element);
            match element.name.as_str() {
                "clear" => entries.clear(),
                "remove" => {
                    let key = self.folded(attributes.required(self.key)?);
                    entries.retain(|(old, _)| *old != key);
                }
                name if self.beside.contains(&name) => {}
                name if name == self.add => {
                    let key = self.folded(attributes.required(self.key)?);
                    if entries.iter().any(|(old, _)| *old == key) {
                        let message = format!("`{}` has `{key}` twice", section.name);
                        let help = "remove the key before it is added";
                        return Err(file.error(element, message, help));
                    }
                    entries.push((key, value(attributes)?));
                }
                other => {
                    let message = format!("`{}` has no `{other}`", section.name);
                    let help = format!("use `{}`, `remove` or `clear`", self.add);
                    return Err(file.error(element, message, help));
                }
            }
        }
        Ok(())
    }

    /// A key as it is compared.
    pub(super) fn folded(self, key: &str) -> String {
        match self.is_case_sensitive {
            true => key.to_owned(),
            false => key.to_lowercase(),
        }
    }
}
