//! What a project's folder shows of how the project is served.
//!
//! Whatever is not plain is left out: a spec with a gap is better than one that is wrong.

use iisc_spec::model::WinPath;
use iisc_spec::{Kind, World};

use super::application::{self, Application};

/// Names that people give to virtual environments, nearest to the tutorial's first.
const VIRTUALENVS: [&str; 5] = ["env", "venv", ".venv", "virtualenv", ".env"];

/// Files that list packages, best first; `Packages` is the tutorial's.
const REQUIREMENTS: [&str; 8] = [
    "requirements.txt",
    "Packages",
    "requirements/production.txt",
    "requirements/prod.txt",
    "requirements/base.txt",
    "requirements/common.txt",
    "requirements/main.txt",
    "requirements/requirements.txt",
];

/// What is appended to the name of a local file by the one that shows what goes into it.
const TEMPLATES: [&str; 5] = [".example", ".template", ".sample", ".dist", ".default"];

/// Longest name of an application.
const MAX_NAME: usize = 64;

/// What was found out about a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Project {
    /// From the folder's name, with what a name may not hold replaced.
    pub(super) name: String,
    pub(super) application: Option<Application>,
    /// Name of the virtual environment's folder.
    pub(super) virtualenv: Option<String>,
    pub(super) base: Base,
    /// The file that lists what is installed.
    pub(super) requirements: Option<String>,
    pub(super) constraints: Option<String>,
    pub(super) local_files: Vec<LocalFile>,
}

/// The Python that the virtual environment was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Base {
    /// Not told, or told for another system.
    Unknown,
    /// Its `python.exe`.
    Known(String),
    /// It belongs to one user, so that no account of IIS can run it.
    OfOneUser {
        path: String,
        /// Where the same version lies if it is installed for all users.
        shared: String,
    },
}

/// A file that stands on the server and is not in version control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LocalFile {
    pub(super) path: String,
    /// The file that shows what goes into it.
    pub(super) template: Option<String>,
}

impl Project {
    pub(super) fn detect(world: &dyn World, folder: &str) -> Self {
        let virtualenv = VIRTUALENVS
            .into_iter()
            .find(|name| is_virtualenv(world, name));
        let is_file = |name: &&str| world.kind(name) == Some(Kind::File);
        let listed = REQUIREMENTS.into_iter().find(is_file).map(str::to_owned);
        Self {
            name: name(folder),
            application: application::find(world),
            base: virtualenv.map_or(Base::Unknown, |name| base(world, name)),
            virtualenv: virtualenv.map(str::to_owned),
            requirements: listed.or_else(|| only_requirements(world)),
            constraints: Some("constraints.txt").filter(is_file).map(str::to_owned),
            local_files: local_files(world),
        }
    }

    /// What was found, for people.
    pub(super) fn found(&self) -> Vec<String> {
        let application = self.application.iter().map(|application| {
            let framework = application.framework.unwrap_or("web");
            format!("{framework} application {}", application.handler)
        });
        let virtualenv = self.virtualenv.iter();
        let virtualenv = virtualenv.map(|name| format!("virtual environment {name}"));
        let packages = self.requirements.iter().cloned();
        let mounts = self.application.iter().filter_map(|it| it.mount.as_ref());
        let mounts = mounts.map(|mount| format!("static folder {}", mount.folder));
        let files = self.local_files.iter();
        let files = files.map(|file| format!("local file {}", file.path));
        application
            .chain(virtualenv)
            .chain(packages)
            .chain(mounts)
            .chain(files)
            .collect()
    }

    /// What is to be filled in or looked at, for people.
    pub(super) fn gaps(&self) -> Vec<String> {
        let mut gaps = Vec::new();
        match &self.application {
            None => gaps.push(
                "no web application was found; fill in `python.handler`, such as `shop.app`"
                    .to_owned(),
            ),
            Some(Application {
                others, handler, ..
            }) if !others.is_empty() => gaps.push(format!(
                "there is more than one application; {handler} was taken, not {}",
                others.join(", ")
            )),
            Some(_) => {}
        }
        if self.virtualenv.is_none() {
            gaps.push(
                "no virtual environment was found; `python.interpreter` assumes one named env"
                    .to_owned(),
            );
        }
        match &self.base {
            Base::Known(_) => {}
            Base::Unknown => gaps.push(
                "it is not known which Python the server has; fill in `python.base-interpreter`".to_owned(),
            ),
            Base::OfOneUser { path, shared } => gaps.push(format!(
                "{path} belongs to one user, and IIS cannot run it; `python.base-interpreter` assumes {shared}"
            )),
        }
        if self.requirements.is_none() {
            gaps.push(
                "no file lists the packages; fill in `python.packages.requirements`".to_owned(),
            );
        }
        gaps
    }
}

fn is_virtualenv(world: &dyn World, folder: &str) -> bool {
    world.kind(&format!("{folder}/pyvenv.cfg")) == Some(Kind::File)
}

/// The folder's name with `-` for what the name of an application may not hold.
fn name(folder: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let text: String = folder
        .chars()
        .map(|c| if fits(c) { c } else { '-' })
        .take(MAX_NAME)
        .collect();
    let text = text.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    // A folder of that name is made on the server, and Windows reserves some.
    let usable = WinPath::new(format!(r"D:\apps\{text}"))
        .file_problem()
        .is_none();
    match usable && !text.is_empty() {
        true => text.to_owned(),
        false => "app".to_owned(),
    }
}

/// The Python that a virtual environment says it was made from.
fn base(world: &dyn World, virtualenv: &str) -> Base {
    let text = world.read(&format!("{virtualenv}/pyvenv.cfg"));
    let value = |wanted: &str| {
        let mut pairs = text
            .as_deref()?
            .lines()
            .filter_map(|line| line.split_once('='));
        let (_, value) = pairs.find(|(key, _)| key.trim() == wanted)?;
        Some(value.trim())
    };
    let home = value("home").map(WinPath::new);
    let Some(path) = home.filter(|home| home.problem().is_none()) else {
        return Base::Unknown;
    };
    let path = path.join("python.exe").to_string();
    let lower = path.to_lowercase();
    match lower.contains(r":\users\") || lower.contains(r"\windowsapps\") {
        true => Base::OfOneUser {
            path,
            shared: shared(value("version").or(value("version_info"))),
        },
        false => Base::Known(path),
    }
}

/// Where the installer of python.org puts a version for all users.
fn shared(version: Option<&str>) -> String {
    let mut numbers = version.unwrap_or_default().split('.');
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<u8>().ok());
    let (major, minor) = match (number(numbers.next()), number(numbers.next())) {
        (Some(major), Some(minor)) => (major, minor),
        _ => (3, 12),
    };
    format!(r"C:\Program Files\Python{major}{minor}\python.exe")
}

/// The file in the folder `requirements`, if there is exactly one.
fn only_requirements(world: &dyn World) -> Option<String> {
    let files = world.files();
    let mut inside = files.into_iter().filter(|path| {
        let name = path.strip_prefix("requirements/");
        name.is_some_and(|name| name.ends_with(".txt") && !name.contains('/'))
    });
    inside.next().filter(|_| inside.next().is_none())
}

/// The configuration files that `.gitignore` keeps out of version control.
///
/// Templates of `.gitignore` list `.env` for everybody, so it counts only if it or its template is there.
fn local_files(world: &dyn World) -> Vec<LocalFile> {
    let text = world.read(".gitignore").unwrap_or_default();
    let files = world.files();
    let mut found: Vec<LocalFile> = Vec::new();
    for line in text.lines().map(str::trim) {
        let pattern = line.strip_prefix('/').unwrap_or(line);
        let is_config = [".cnf", ".env"]
            .iter()
            .any(|ending| pattern.ends_with(ending));
        if !is_config || pattern.contains(['#', '!', '?', '[', '\\', ' ']) {
            continue;
        }
        match pattern.strip_prefix('*') {
            Some(ending) if !ending.contains('*') => {
                let names = files.iter().filter(|path| !path.contains('/'));
                let names = names.filter(|name| name.ends_with(ending));
                found.extend(names.map(|name| local_file(&files, name)));
            }
            Some(_) => {}
            None if !pattern.contains('*') && !is_virtualenv(world, pattern) => {
                let file = local_file(&files, pattern);
                let shown = file.template.is_some() || files.contains(&file.path);
                found.extend(Some(file).filter(|_| shown || pattern.ends_with(".cnf")));
            }
            None => {}
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found.dedup();
    found
}

fn local_file(files: &[String], path: &str) -> LocalFile {
    let mut templates = TEMPLATES.iter().map(|ending| format!("{path}{ending}"));
    LocalFile {
        path: path.to_owned(),
        template: templates.find(|name| files.contains(name)),
    }
}
