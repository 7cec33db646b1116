//! Where sections may stand: what a server's `configSections` say of each.

use std::collections::BTreeMap;

use iisc_gateway_core::xml::Element;

use super::{File, Schema};

/// The sections that a server registers, by their paths.
#[derive(Debug, Clone, Default)]
pub struct Registrations(BTreeMap<String, Registration>);

/// What a server says of a section.
#[derive(Debug, Clone, Copy)]
pub struct Registration {
    /// The files that it may stand in.
    pub definition: Definition,
    /// Whether files below `applicationHost.config` may change it.
    pub mode: Mode,
    /// It may stand in a `location`.
    pub in_location: bool,
}

/// `allowDefinition`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Definition {
    /// No file that is looked at here.
    MachineOnly,
    /// `applicationHost.config`, for the whole server.
    AppHostOnly,
    /// That, and the folder of an application.
    MachineToApplication,
    /// Every file.
    Everywhere,
}

/// `overrideMode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Deeper files may change the section.
    Allow,
    /// They may not.
    Deny,
}

impl Registrations {
    /// The registrations of an `applicationHost.config`, and those of .NET's files further up, which nobody has put
    /// beside the project: they let the sections of .NET stand everywhere.
    ///
    /// # Panics
    /// If a registration is not written as IIS documents it.
    #[must_use]
    pub fn read(host: &File, dotnet: &Schema) -> Self {
        let everywhere = Registration {
            definition: Definition::Everywhere,
            mode: Mode::Allow,
            in_location: true,
        };
        let paths = dotnet.paths().map(|path| (path.to_owned(), everywhere));
        let mut registrations = Self(paths.collect());
        for sections in host.root.children_named("configSections") {
            registrations.group(sections, "");
        }
        registrations
    }

    fn group(&mut self, group: &Element, prefix: &str) {
        for child in &group.children {
            let path = format!("{prefix}{}", child.attribute("name").unwrap_or_default());
            match child.name.as_str() {
                "sectionGroup" => self.group(child, &format!("{path}/")),
                "section" => drop(self.0.insert(path, Registration::read(child))),
                other => panic!("line {}: `{other}` in `configSections`", child.line),
            }
        }
    }

    /// The registration of a section.
    #[must_use]
    pub fn of(&self, path: &str) -> Option<Registration> {
        self.0.get(path).copied()
    }

    /// The paths of all sections.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl Registration {
    fn read(section: &Element) -> Self {
        let definition = match section.attribute("allowDefinition") {
            None | Some("Everywhere") => Definition::Everywhere,
            Some("MachineOnly") => Definition::MachineOnly,
            Some("AppHostOnly") => Definition::AppHostOnly,
            Some("MachineToApplication") => Definition::MachineToApplication,
            Some(other) => panic!("line {}: allowDefinition=\"{other}\"", section.line),
        };
        Self {
            definition,
            mode: match section.attribute("overrideModeDefault") {
                None | Some("Allow") => Mode::Allow,
                Some("Deny") => Mode::Deny,
                Some(other) => panic!("line {}: overrideModeDefault=\"{other}\"", section.line),
            },
            in_location: section.attribute("allowLocation") != Some("false"),
        }
    }
}
