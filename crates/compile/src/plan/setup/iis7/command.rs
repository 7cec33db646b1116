//! Commands of `appcmd`.
//!
//! In the arguments values stand as they are: quoting is for whoever prints a command.

use crate::plan::Plan;
use crate::plan::host::Attributes;
use crate::plan::setup::{Command, Program, Success};
use crate::text::appcmd::entry;

/// Something that `appcmd` knows by name.
#[derive(Debug, Clone, Copy)]
pub(super) enum Object<'a> {
    /// An application pool.
    Pool(&'a str),
    /// A site.
    Site(&'a str),
    /// An application, `SITE/PATH`; of a site's root `SITE/`.
    Application(&'a str),
    /// A virtual directory, `SITE/PATH/`; that of a static folder without the last slash.
    Directory(&'a str),
}

impl Object<'_> {
    const fn kind(self) -> &'static str {
        match self {
            Self::Pool(_) => "apppool",
            Self::Site(_) => "site",
            Self::Application(_) => "app",
            Self::Directory(_) => "vdir",
        }
    }

    const fn name(&self) -> &str {
        let (Self::Pool(name) | Self::Site(name) | Self::Application(name) | Self::Directory(name)) =
            self;
        name
    }

    /// What chooses it: its name, unless that could be taken for a switch.
    fn identifier(self) -> String {
        match self.name().starts_with(['/', '-']) {
            true => self.choice(),
            false => self.name().to_owned(),
        }
    }

    /// What chooses the objects that belong to it.
    fn choice(self) -> String {
        format!("/{}.name:{}", self.kind(), self.name())
    }
}

/// Does something to an object.
pub(super) fn object(verb: &str, object: Object<'_>) -> Command {
    appcmd([verb, object.kind()]).argument(object.identifier())
}

/// Lists the applications of a pool or site.
pub(super) fn applications(of: Object<'_>) -> Command {
    appcmd(["list", "app"]).argument(of.choice())
}

/// Adds an object; that it is there already is fine.
pub(super) fn add(kind: &str) -> Command {
    appcmd(["add", kind]).success(Success::ZeroOr(ALREADY_THERE))
}

/// Deletes an object that may be gone already.
pub(super) fn delete(of: Object<'_>) -> Command {
    object("delete", of).success(Success::Any)
}

/// Lists one property of an object.
pub(super) fn property(of: Object<'_>, name: &str) -> Command {
    object("list", of).argument(format!("/text:{name}"))
}

/// Sets properties of an object.
pub(super) fn set<'a>(
    of: Object<'_>,
    properties: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Command {
    let properties = properties.into_iter();
    object("set", of).arguments(properties.map(|(name, value)| format!("/{name}:{value}")))
}

/// Something about a section, at a place of the application or for the whole server.
pub(super) fn section(verb: &str, place: Option<&str>, name: &str) -> Command {
    let command = appcmd([verb, "config"]).arguments(place);
    let command = command.argument(format!("/section:system.webServer/{name}"));
    match verb {
        "list" => command,
        // Not in a `Web.config`: there the section may be locked, and the file belongs to the application.
        _ => command.argument("/commit:apphost"),
    }
}

/// The place of the application in the configuration, or that of a URL below it.
pub(super) fn place(plan: &Plan, url: &str) -> String {
    format!("{}{url}", plan.location.configuration_path())
}

/// An element of a collection.
pub(super) fn element(attributes: &Attributes) -> String {
    let attributes: Vec<(&str, &str)> = attributes
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    entry(&attributes)
}

fn appcmd<'a>(words: impl IntoIterator<Item = &'a str>) -> Command {
    Command::new(Program::AppCmd).arguments(words)
}

/// What `appcmd` ends with if an object or element is there already (section 8.3 of the IIS fact sheet).
pub(super) const ALREADY_THERE: u32 = 183;
