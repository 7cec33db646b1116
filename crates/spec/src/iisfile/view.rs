//! What rules look at: a file, its tree, and which parts of it mean what.

use std::sync::Arc;

use super::Kind;
use super::ini::Ini;
use super::mark::Marked;
use super::table;
use super::xml::Element;
use crate::source::SourceFile;

/// Handlers of a file that are looked at, some of them together with every site; a server has a hundred.
const MAX_HANDLERS: usize = 1_000;

/// What was read of a file.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// The top-level element, unless nothing could be read.
    Xml(Option<Element>),
    /// The sections.
    Ini(Ini),
}

/// A file as the rules see it.
pub(crate) struct View<'a> {
    pub(crate) kind: Kind,
    pub(crate) source: &'a Arc<SourceFile>,
    pub(crate) content: &'a Content,
    /// Every element that the table knows, in the order of the file.
    pub(crate) placed: Vec<Placed<'a>>,
}

/// An element and where in the configuration it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed<'a> {
    /// Its names from below `configuration` on, without `location`.
    pub(crate) path: &'static str,
    pub(crate) element: &'a Element,
    pub(crate) parent: &'a Element,
    /// The `location` element around it.
    pub(crate) location: Option<&'a Element>,
}

/// A setting of an application, wherever it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub(crate) name: &'a Marked,
    pub(crate) value: &'a Marked,
}

/// An environment variable of a FastCGI application.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Variable<'a> {
    pub(crate) application: &'a Element,
    pub(crate) name: &'a Marked,
    pub(crate) value: &'a Marked,
}

impl<'a> View<'a> {
    pub(crate) fn new(kind: Kind, source: &'a Arc<SourceFile>, content: &'a Content) -> Self {
        let mut placed = Vec::new();
        if let Content::Xml(Some(root)) = content {
            place_root(root, &mut placed);
        }
        Self {
            kind,
            source,
            content,
            placed,
        }
    }

    /// The top-level element of a file in XML.
    pub(crate) fn root(&self) -> Option<&'a Element> {
        match self.content {
            Content::Xml(root) => root.as_ref(),
            Content::Ini(_) => None,
        }
    }

    pub(crate) fn ini(&self) -> Option<&'a Ini> {
        match self.content {
            Content::Xml(_) => None,
            Content::Ini(ini) => Some(ini),
        }
    }

    /// The elements at a path.
    pub(crate) fn at(&self, path: &'static str) -> impl Iterator<Item = &Placed<'a>> {
        self.placed.iter().filter(move |placed| placed.path == path)
    }

    /// Handlers that a file adds, wherever they stand; of a file with more than any server has, the first ones.
    pub(crate) fn handlers(&self) -> impl Iterator<Item = &Placed<'a>> {
        self.at("system.webServer/handlers/add").take(MAX_HANDLERS)
    }

    /// Entries of `fastCgi`.
    pub(crate) fn applications(&self) -> impl Iterator<Item = &'a Element> {
        self.at("system.webServer/fastCgi/application")
            .map(|placed| placed.element)
    }

    /// The settings that wfastcgi reads from `Web.config`.
    pub(crate) fn settings(&self) -> Vec<Setting<'a>> {
        let places = self
            .placed
            .iter()
            .filter(|placed| matches!(placed.path, "appSettings/add" | "applicationSettings/add"));
        let setting = |placed: &Placed<'a>| {
            Some(Setting {
                name: placed.element.value("key")?,
                value: placed.element.value("value")?,
            })
        };
        places.filter_map(setting).collect()
    }

    /// The variables that FastCGI applications get.
    pub(crate) fn variables(&self) -> Vec<Variable<'a>> {
        let mut variables = Vec::new();
        for application in self.applications() {
            let groups = application.children_named("environmentVariables");
            for variable in groups.flat_map(|group| group.children_named("environmentVariable")) {
                let (name, value) = (variable.value("name"), variable.value("value"));
                variables.extend(name.zip(value).map(|(name, value)| Variable {
                    application,
                    name,
                    value,
                }));
            }
        }
        variables
    }

    /// The command lines of a file: what is run, and with which arguments.
    pub(crate) fn commands(&self) -> Vec<Command<'a>> {
        let mut commands = Vec::new();
        for placed in &self.placed {
            let element = placed.element;
            match placed.path {
                "system.webServer/fastCgi/application" => commands.push(Command {
                    program: element.value("fullPath"),
                    arguments: element.value("arguments"),
                    from: 0,
                }),
                "system.webServer/httpPlatform" => commands.push(Command {
                    program: element.value("processPath"),
                    arguments: element.value("arguments"),
                    from: 0,
                }),
                "system.webServer/handlers/add" if is_fast_cgi(element) => {
                    commands.extend(element.value("scriptProcessor").map(Command::of_pair));
                }
                _ => {}
            }
        }
        for pool in self.ini().into_iter().flat_map(Ini::pools) {
            commands.push(Command {
                program: pool.value("ExePath"),
                arguments: pool.value("Arguments"),
                from: 0,
            });
        }
        commands
    }
}

/// A program and its arguments.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Command<'a> {
    /// Holds the program, up to a `|` if there is one.
    program: Option<&'a Marked>,
    /// Holds the arguments, from an offset on.
    arguments: Option<&'a Marked>,
    from: usize,
}

impl<'a> Command<'a> {
    /// The two parts of a `scriptProcessor`.
    fn of_pair(pair: &'a Marked) -> Self {
        let bar = pair.text.find('|');
        Self {
            program: Some(pair),
            arguments: bar.map(|_| pair),
            from: bar.map_or(0, |bar| bar + 1),
        }
    }

    /// The program as it is written, and where.
    pub(crate) fn program(&self) -> Option<(&'a str, &'a Marked)> {
        let marked = self.program?;
        let text = marked.text.split('|').next().unwrap_or_default();
        Some((text, marked))
    }

    /// The arguments as they are written, where, and from which offset on.
    pub(crate) fn arguments(&self) -> Option<(&'a str, &'a Marked, usize)> {
        let marked = self.arguments?;
        Some((marked.text.get(self.from..)?, marked, self.from))
    }
}

/// True for a handler that a FastCGI process serves.
pub(crate) fn is_fast_cgi(handler: &Element) -> bool {
    names_module(handler, "FastCgiModule")
}

/// True if a handler names a module, in whatever case.
pub(crate) fn names_module(handler: &Element, module: &str) -> bool {
    handler
        .text("modules")
        .split(',')
        .any(|name| name.trim().eq_ignore_ascii_case(module))
}

/// True for a value that a deployment step, a template or the system still has to fill in.
pub(crate) fn is_placeholder(value: &str) -> bool {
    value.contains('%') || is_template(value)
}

/// True for a value that a deployment step or a template still has to fill in.
pub(crate) fn is_template(value: &str) -> bool {
    ["{", "$", "<", "__", "@@", "["]
        .iter()
        .any(|mark| value.contains(mark))
}

/// Finds the elements of a file; its top-level element may be a part of a configuration.
fn place_root<'a>(root: &'a Element, placed: &mut Vec<Placed<'a>>) {
    if root.name() == "configuration" {
        place_children("", root, None, placed);
        return;
    }
    let name = root.name();
    let path = table::paths().find(|path| path.rsplit('/').next() == Some(name));
    if let Some(path) = path.filter(|_| !matches!(name, "add" | "remove" | "clear")) {
        placed.push(Placed {
            path,
            element: root,
            parent: root,
            location: None,
        });
        place_children(path, root, None, placed);
    }
}

fn place_children<'a>(
    path: &'static str,
    parent: &'a Element,
    location: Option<&'a Element>,
    placed: &mut Vec<Placed<'a>>,
) {
    for element in &parent.children {
        if path.is_empty() && element.name() == "location" {
            place_children("", element, Some(element), placed);
        } else if let Some(path) = table::child(path, element.name()) {
            placed.push(Placed {
                path,
                element,
                parent,
                location,
            });
            place_children(path, element, location, placed);
        }
    }
}
