//! What IIS knows in the sections that hosting Python has to do with: how it is described, and where it is found.
//!
//! An element that is not in here is none of our business: a module may have brought its own section along.

use super::known::NAMED;
pub(crate) use super::known::{COMPLETE, INI_PROPERTIES, KNOWN};

/// An element that IIS knows.
#[derive(Debug)]
pub(crate) struct Known {
    /// Names from below `configuration` on, with `/` between them.
    pub(crate) path: &'static str,
    pub(crate) attributes: &'static [Property],
    /// The attributes that no two elements of one collection may have in common; empty for a single element.
    pub(crate) key: &'static [&'static str],
    /// True if values of the key are compared with case.
    pub(crate) is_case_sensitive: bool,
}

/// An attribute that IIS knows, or a property of `fcgiext.ini`.
#[derive(Debug)]
pub(crate) struct Property {
    pub(crate) name: &'static str,
    pub(crate) form: Form,
    pub(crate) is_required: bool,
}

/// What a value looks like.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Form {
    /// Anything.
    Text,
    /// Anything but nothing.
    Filled,
    /// `true` or `false`.
    Bool,
    /// One of these.
    One(&'static [&'static str]),
    /// Some of these, with commas between them.
    Some(&'static [&'static str]),
    /// A whole number from the first to the second.
    Number(i64, i64),
    /// A whole number outside of these bounds.
    NumberExcept(i64, i64),
    /// `[d.]hh:mm:ss` from the first to the second number of seconds, a multiple of the third.
    Time(u64, u64, u64),
}

/// The element at a path.
pub(crate) fn known(path: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.path == path)
}

/// The path of a child, if a rule or the table knows it.
pub(crate) fn child(parent: &str, name: &str) -> Option<&'static str> {
    let is_child = |path: &&str| match parent {
        "" => *path == name,
        _ => {
            path.strip_prefix(parent)
                .and_then(|rest| rest.strip_prefix('/'))
                == Some(name)
        }
    };
    paths().find(is_child)
}

/// Every path that a rule or the table knows.
pub(crate) fn paths() -> impl Iterator<Item = &'static str> {
    let named = NAMED.iter().copied();
    named.chain(KNOWN.iter().map(|known| known.path))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::super::known::{ANY_TIME, UINT};
    use super::super::xml::{Element, read};
    use super::*;

    /// The schema files of IIS, which lie beside the project where somebody has put them.
    #[expect(
        clippy::disallowed_methods,
        reason = "reads files that are no part of the project, in tests only"
    )]
    fn schema(name: &str) -> Option<Element> {
        let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        let mut files = folders.map(|folder| folder.join("shared/iis-schema").join(name));
        let text = std::fs::read_to_string(files.find(|file| file.is_file())?).ok()?;
        read(text.trim_start_matches('\u{FEFF}')).0
    }

    /// What a schema says about an attribute, in the words of this table.
    fn described(attribute: &Element) -> String {
        let names = |kind: &str| -> Vec<String> {
            let found = attribute
                .children
                .iter()
                .filter(|child| child.name() == kind);
            found.map(|child| child.text("name").to_owned()).collect()
        };
        let range = attribute.text("validationParameter");
        let form = match (attribute.text("type"), attribute.text("validationType")) {
            ("bool", _) => "Bool".to_owned(),
            ("enum", _) => format!("One({:?})", names("enum")),
            ("flags", _) => format!("Some({:?})", names("flag")),
            ("uint", "") => format!("{UINT:?}"),
            ("uint" | "int", _) => match range.strip_suffix(",exclude") {
                Some(range) => format!("NumberExcept({})", range.replace(',', ", ")),
                None => format!("Number({})", range.replace(',', ", ")),
            },
            ("timeSpan", "") => format!("{ANY_TIME:?}"),
            ("timeSpan", _) => format!("Time({})", range.replace(',', ", ")),
            (_, "nonEmptyString") => "Filled".to_owned(),
            _ => "Text".to_owned(),
        };
        let needed = attribute.text("required") == "true";
        format!("{form} {needed}")
    }

    type Elements = BTreeMap<String, BTreeMap<String, String>>;

    /// The attributes of an element and of all below it, by path.
    fn collect(path: &str, element: &Element, found: &mut Elements) {
        let attributes = element.children_named("attribute");
        let described =
            attributes.map(|attribute| (attribute.text("name").to_owned(), described(attribute)));
        found.entry(path.to_owned()).or_default().extend(described);
        for child in element.children_named("element") {
            collect(&format!("{path}/{}", child.text("name")), child, found);
        }
        for child in element.children_named("collection") {
            collect(
                &format!("{path}/{}", child.text("addElement")),
                child,
                found,
            );
        }
    }

    #[test]
    fn the_table_says_what_the_schemas_of_iis_say() {
        let mut found = Elements::new();
        for name in [
            "IIS_schema.xml",
            "httpplatform_schema.v2.xml",
            "httpplatform_schema.xml",
        ] {
            let Some(root) = schema(name) else {
                eprintln!("SKIPPED: no `{name}` to compare the table of IIS's attributes with");
                return;
            };
            for section in root.children_named("sectionSchema") {
                collect(section.text("name"), section, &mut found);
            }
        }
        let platform = found.get_mut("system.webServer/httpPlatform");
        let seconds = "Time(0, 2592000, 1) false".to_owned();
        platform
            .unwrap()
            .insert("requestTimeout".to_owned(), seconds);
        for known in KNOWN {
            // What takes entries out has the key of what adds them, and stands in no line of its own.
            if matches!(known.path.rsplit('/').next(), Some("remove" | "clear")) {
                continue;
            }
            let expected = found
                .get(known.path)
                .unwrap_or_else(|| panic!("{}", known.path));
            let own = known.attributes.iter().map(|property| {
                (
                    property.name.to_owned(),
                    format!("{:?} {}", property.form, property.is_required),
                )
            });
            assert_eq!(&own.collect::<BTreeMap<_, _>>(), expected, "{}", known.path);
        }
    }

    #[test]
    fn every_path_is_found_from_the_path_above_it() {
        for path in paths() {
            let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
            assert_eq!(child(parent, name), Some(path));
            assert!(
                parent.is_empty() || paths().any(|other| other == parent),
                "{path}"
            );
        }
    }
}
