//! The configuration of a server: files and `location` elements, level by level as IIS puts them together.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use iisc_gateway_core::xml::Element;

use super::File;
use super::contents::Place;
use super::placement::{Definition, Mode, Registrations};
use super::problem::{Problem, Rule};
use super::schema::Schema;
use super::state::State;

/// What a server knows: the schema of its sections, and where they may stand.
#[derive(Debug, Clone, Copy)]
pub struct Server<'a> {
    /// The schema.
    pub schema: &'a Schema,
    /// The registrations.
    pub registrations: &'a Registrations,
}

/// A section in a file.
struct Section<'a> {
    file: &'a File,
    /// 0 for `applicationHost.config`.
    number: usize,
    element: &'a Element,
    path: String,
    location: Option<&'a Element>,
    /// The part of the server that it is for, in lower case: `` is all, `site/application` an application.
    level: String,
}

/// What holds at a level, for it and those below.
#[derive(Clone, Default)]
struct Level {
    sections: BTreeMap<String, Rc<State>>,
    /// The last word on a section's lock, and the number of the file that has it.
    modes: BTreeMap<String, (Mode, usize)>,
}

impl Server<'_> {
    /// Judges an `applicationHost.config` and `Web.config` files, each with the path of the application or folder
    /// that it lies in, such as `Default Web Site/shop`. A fragment of `applicationHost.config` will do.
    #[must_use]
    pub fn judge(&self, host: &File, webs: &[(&str, &File)]) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut sections = Vec::new();
        let mut applications = applications(&host.root);
        self.sections(host, 0, "", &mut sections, &mut problems);
        for (number, (level, file)) in webs.iter().enumerate() {
            self.sections(file, number + 1, level, &mut sections, &mut problems);
            applications.insert(level_of(level, ""));
        }
        stand_once(&sections, &mut problems);
        // IIS goes from the outside in, and at each level from the outermost file to the innermost one.
        sections.sort_by_key(|section| (depth(&section.level), section.number));
        let mut levels: BTreeMap<String, Level> = BTreeMap::new();
        for section in &sections {
            if !levels.contains_key(&section.level) {
                let inherited = inherited(&levels, &section.level);
                levels.insert(section.level.clone(), inherited);
            }
            let level = levels.get_mut(&section.level).expect("made before");
            self.section(section, &applications, level, &mut problems);
        }
        problems
    }

    /// Collects the sections of a file, and tells what is none.
    fn sections<'a>(
        &self,
        file: &'a File,
        number: usize,
        base: &str,
        found: &mut Vec<Section<'a>>,
        problems: &mut Vec<Problem>,
    ) {
        let mut tell = |element: &Element, path: &str, attribute: Option<&str>, rule| {
            problems.push(Problem {
                file: file.name.clone(),
                line: element.line,
                path: path.to_owned(),
                attribute: attribute.map(str::to_owned),
                rule,
                detail: String::new(),
            });
        };
        if file.root.name != "configuration" {
            return tell(&file.root, &file.root.name, None, Rule::Root);
        }
        let mut open: Vec<(&Element, String, Option<&Element>)> = Vec::new();
        let top = file.root.children.iter();
        open.extend(top.map(|child| (child, child.name.clone(), None)));
        open.reverse();
        while let Some((element, path, location)) = open.pop() {
            if path == "configSections" {
                continue;
            }
            if path == "location" && location.is_none() {
                for name in unknown_of_a_location(element) {
                    tell(element, &path, Some(name), Rule::KnownAttribute);
                }
                let inner = element.children.iter().rev();
                open.extend(inner.map(|child| (child, child.name.clone(), Some(element))));
                continue;
            }
            if self.is_group(&path) {
                for (name, _) in &element.attributes {
                    tell(element, &path, Some(name), Rule::KnownAttribute);
                }
                let inner = element.children.iter().rev();
                open.extend(inner.map(|it| (it, format!("{path}/{}", it.name), location)));
                continue;
            }
            let inner = location.and_then(|it| it.attribute("path"));
            found.push(Section {
                file,
                number,
                element,
                path,
                location,
                level: level_of(base, inner.unwrap_or_default()),
            });
        }
    }

    /// True if sections lie below that path, and none at it.
    fn is_group(&self, path: &str) -> bool {
        let known = self.schema.paths().chain(self.registrations.paths());
        let within = |it: &str| {
            it.strip_prefix(path)
                .is_some_and(|rest| rest.starts_with('/'))
        };
        self.schema.section(path).is_none() && known.into_iter().any(within)
    }

    fn section(
        &self,
        section: &Section<'_>,
        applications: &BTreeSet<String>,
        level: &mut Level,
        problems: &mut Vec<Problem>,
    ) {
        let names = section.location.map(|location| {
            let path = location.attribute("path").unwrap_or_default();
            format!("location[{path}]")
        });
        let names = names.into_iter().chain([section.path.clone()]);
        let mut place = Place {
            file: &section.file.name,
            path: names.collect(),
            problems,
        };
        self.place(section, applications, level, &mut place);
        if let Some(mode) = section.location.and_then(mode) {
            level
                .modes
                .insert(section.path.clone(), (mode, section.number));
        }
        let Some(shape) = self.schema.section(&section.path) else {
            return place.tell(
                section.element,
                None,
                Rule::KnownSection,
                "there is no schema",
            );
        };
        let state = level.sections.entry(section.path.clone()).or_default();
        place.section(section.element, shape, Rc::make_mut(state));
    }

    /// Judges where the section stands.
    fn place(
        &self,
        section: &Section<'_>,
        applications: &BTreeSet<String>,
        level: &Level,
        place: &mut Place<'_>,
    ) {
        let Some(registration) = self.registrations.of(&section.path) else {
            return place.tell(
                section.element,
                None,
                Rule::Registered,
                "no server registers it",
            );
        };
        let is_host = section.number == 0;
        let whole = is_host && section.level.is_empty();
        let allowed = match registration.definition {
            Definition::MachineOnly => false,
            Definition::AppHostOnly => whole,
            Definition::MachineToApplication => whole || applications.contains(&section.level),
            Definition::Everywhere => true,
        };
        if !allowed {
            let detail = format!("{:?}", registration.definition);
            place.tell(section.element, None, Rule::AllowDefinition, detail);
        }
        if section.location.is_some() && !registration.in_location {
            place.tell(
                section.element,
                None,
                Rule::AllowLocation,
                "no location may have it",
            );
        }
        let inherited = level.modes.get(&section.path);
        let (mode, setter) = inherited.copied().unwrap_or((registration.mode, 0));
        if mode == Mode::Deny && setter != section.number {
            place.tell(
                section.element,
                None,
                Rule::Override,
                "the section is locked above",
            );
        }
    }
}

/// What the nearest outer level hands down.
fn inherited(levels: &BTreeMap<String, Level>, level: &str) -> Level {
    let mut outer = level;
    while !outer.is_empty() {
        outer = outer.rsplit_once('/').map_or("", |(outer, _)| outer);
        if let Some(found) = levels.get(outer) {
            return found.clone();
        }
    }
    Level::default()
}

/// A section stands once in a file for each level: outside of a `location`, or in one.
fn stand_once(sections: &[Section<'_>], problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for section in sections {
        if !seen.insert((section.number, &section.level, &section.path)) {
            problems.push(Problem {
                file: section.file.name.clone(),
                line: section.element.line,
                path: section.path.clone(),
                attribute: None,
                rule: Rule::SectionOnce,
                detail: format!("stands in this file for `{}` already", section.level),
            });
        }
    }
}

/// The applications of a server, as levels.
fn applications(host: &Element) -> BTreeSet<String> {
    let sites = host.descendants_named("site").into_iter();
    let paths = sites.flat_map(|site| {
        let name = site.attribute("name").unwrap_or_default();
        let applications = site.children_named("application");
        applications.map(move |it| level_of(name, it.attribute("path").unwrap_or_default()))
    });
    paths.collect()
}

/// The level of a path within another one. Levels are compared without case.
fn level_of(base: &str, path: &str) -> String {
    let path = if path == "." { "" } else { path };
    let parts = base.split('/').chain(path.split('/'));
    let parts: Vec<String> = parts
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .collect();
    parts.join("/")
}

/// Levels above this one.
fn depth(level: &str) -> usize {
    level.split('/').filter(|part| !part.is_empty()).count()
}

/// The attributes of a `location` that IIS does not know, or whose value it does not.
fn unknown_of_a_location(location: &Element) -> impl Iterator<Item = &str> {
    let known = |name: &str, value: &str| match name {
        "path" => true,
        "overrideMode" => ["Inherit", "Allow", "Deny"].contains(&value),
        "allowOverride" | "inheritInChildApplications" => ["true", "false"].contains(&value),
        _ => false,
    };
    let attributes = location.attributes.iter();
    let unknown = attributes.filter(move |(name, value)| !known(name, value));
    unknown.map(|(name, _)| name.as_str())
}

/// What a `location` says to deeper files.
fn mode(location: &Element) -> Option<Mode> {
    let mode = location.attribute("overrideMode");
    match (mode, location.attribute("allowOverride")) {
        (Some("Allow"), _) | (None, Some("true")) => Some(Mode::Allow),
        (Some("Deny"), _) | (None, Some("false")) => Some(Mode::Deny),
        _ => None,
    }
}
