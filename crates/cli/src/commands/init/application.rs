//! The object that answers requests, from the text of the project's Python files. None of their code is run.
//!
//! Only what stands at the start of a line is looked at: a web application is as a rule a variable of a module.

use iisc_spec::{Kind, World};

use super::django;

/// Where requests go in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Application {
    /// What it is made with, if that is known.
    pub(super) framework: Option<&'static str>,
    /// Its dotted path, as the spec has it.
    pub(super) handler: String,
    pub(super) interface: Option<Interface>,
    /// The folder from which its module is imported, if that is not the project's own.
    pub(super) source_folder: Option<String>,
    /// Static files.
    pub(super) mount: Option<Mount>,
    /// Handlers that might be meant as well.
    pub(super) others: Vec<String>,
}

/// How an application is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Interface {
    Wsgi,
    Asgi,
}

/// A folder of static files and its URL path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mount {
    pub(super) url: String,
    pub(super) folder: String,
}

/// A call that makes a web application.
struct Maker {
    /// The call's name, behind any dots.
    call: &'static str,
    framework: &'static str,
    interface: Interface,
    /// The attribute of its result that is the application.
    attribute: &'static str,
}

const fn maker(call: &'static str, framework: &'static str, interface: Interface) -> Maker {
    Maker {
        call,
        framework,
        interface,
        attribute: "",
    }
}

const MAKERS: [Maker; 11] = [
    maker("Flask", "Flask", Interface::Wsgi),
    maker("FastAPI", "FastAPI", Interface::Asgi),
    maker("Starlette", "Starlette", Interface::Asgi),
    maker("Quart", "Quart", Interface::Asgi),
    maker("Litestar", "Litestar", Interface::Asgi),
    maker("Bottle", "Bottle", Interface::Wsgi),
    maker("falcon.App", "Falcon", Interface::Wsgi),
    maker("falcon.asgi.App", "Falcon", Interface::Asgi),
    maker("make_wsgi_app", "Pyramid", Interface::Wsgi),
    maker("get_wsgi_application", "Django", Interface::Wsgi),
    Maker {
        call: "Dash",
        framework: "Dash",
        interface: Interface::Wsgi,
        // The object itself is not callable (P31).
        attribute: ".server",
    },
];

/// Names of functions that make an application.
const FACTORIES: [&str; 5] = [
    "create_app",
    "make_app",
    "build_app",
    "get_app",
    "create_application",
];

/// File names, in the order in which they are likely to be meant.
const LIKELY: [&str; 7] = [
    "wsgi.py",
    "app.py",
    "application.py",
    "main.py",
    "asgi.py",
    "server.py",
    "__init__.py",
];

/// Folders whose applications are not meant for a server.
const ASIDE: [&str; 11] = [
    "test",
    "tests",
    "testing",
    "doc",
    "docs",
    "example",
    "examples",
    "scripts",
    "migrations",
    "dist",
    "benchmarks",
];

/// Most folders that a module may lie in, and most modules that are read.
const MAX_DEPTH: usize = 4;
const MAX_MODULES: usize = 2_000;

/// The web application of a project.
pub(super) fn find(world: &dyn World) -> Option<Application> {
    django::find(world).or_else(|| {
        let mut found: Vec<Candidate> = modules(world)
            .iter()
            .flat_map(|path| candidates(world, path))
            .collect();
        found.sort_by(|a, b| a.rank.cmp(&b.rank));
        let mut found = found.into_iter();
        let best = found.next()?;
        let others = found.filter(|other| other.rank.0 == best.rank.0 && !other.is_called);
        Some(Application {
            others: others.map(|other| other.application.handler).collect(),
            ..best.application
        })
    })
}

/// Something that may be the application.
struct Candidate {
    application: Application,
    /// The smaller, the likelier: folders, kind of file, name, and at last the handler itself.
    rank: (usize, usize, usize, String),
    /// It is a function that makes one, which is there beside the one that is made.
    is_called: bool,
}

fn modules(world: &dyn World) -> Vec<String> {
    let mut paths = world.files();
    paths.retain(|path| {
        let mut names: Vec<&str> = path.split('/').collect();
        let name = names.pop().unwrap_or_default();
        let aside = |folder: &&str| ASIDE.contains(folder) || folder.starts_with('.');
        let own = !matches!(
            name,
            "setup.py" | "manage.py" | "conftest.py" | "noxfile.py"
        );
        let test = name.starts_with("test_") || name.ends_with("_test.py");
        name.ends_with(".py")
            && own
            && !test
            && names.len() <= MAX_DEPTH
            && !names.iter().any(aside)
    });
    paths.truncate(MAX_MODULES);
    paths
}

fn candidates(world: &dyn World, path: &str) -> Vec<Candidate> {
    let Some((module, source_folder)) = module_of(world, path) else {
        return Vec::new();
    };
    let Some(text) = world.read(path) else {
        return Vec::new();
    };
    let candidate = |name: &str, maker: Option<&Maker>| {
        let is_called = name.ends_with("()");
        let attribute = maker
            .filter(|_| !is_called)
            .map_or("", |maker| maker.attribute);
        let handler = format!("{module}.{name}{attribute}");
        let preferred = ["application", "app"]
            .iter()
            .position(|usual| *usual == name);
        let file = path.rsplit('/').next().unwrap_or_default();
        let likely = LIKELY.iter().position(|usual| *usual == file);
        Candidate {
            rank: (
                path.matches('/').count(),
                likely.unwrap_or(LIKELY.len()),
                preferred.unwrap_or(2),
                handler.clone(),
            ),
            application: Application {
                framework: maker.map(|maker| maker.framework),
                handler,
                interface: maker.map(|maker| maker.interface),
                source_folder: source_folder.clone(),
                mount: maker.and_then(|maker| mount(world, path, &text, maker)),
                others: Vec::new(),
            },
            is_called,
        }
    };
    let made = assignments(&text).into_iter().filter_map(|(name, value)| {
        let call = called(value)?;
        match MAKERS.iter().find(|maker| is_call(call, maker.call)) {
            Some(maker) => Some(candidate(name, Some(maker))),
            None if FACTORIES.iter().any(|factory| is_call(call, factory)) => {
                Some(candidate(name, None))
            }
            None => None,
        }
    });
    let made: Vec<Candidate> = made.collect();
    let makers = || {
        MAKERS
            .iter()
            .find(|maker| text.contains(&format!("{}(", maker.call)))
    };
    let factories = makers().into_iter().flat_map(|maker| {
        let names = factories(&text).into_iter();
        names.map(move |name| (format!("{name}()"), maker))
    });
    let factories = factories.map(|(name, maker)| candidate(&name, Some(maker)));
    // A factory beside the application that it made says nothing new.
    match made.is_empty() {
        true => factories.collect(),
        false => made,
    }
}

/// The name by which a file is imported, and the folder that has to be on the path for it.
pub(super) fn module_of(world: &dyn World, path: &str) -> Option<(String, Option<String>)> {
    let inside = path
        .strip_prefix("src/")
        .filter(|_| world.kind("src/__init__.py").is_none());
    let name = inside.unwrap_or(path).strip_suffix(".py")?;
    let name = name.strip_suffix("/__init__").unwrap_or(name);
    let is_name = |part: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
        part.chars().all(fits)
            && !part.starts_with(|c: char| c.is_ascii_digit())
            && !part.is_empty()
    };
    let importable = name != "__init__" && name.split('/').all(is_name);
    importable.then(|| (name.replace('/', "."), inside.map(|_| "src".to_owned())))
}

/// The static files that Flask serves by itself: a folder beside the module, unless another is named.
fn mount(world: &dyn World, path: &str, text: &str, maker: &Maker) -> Option<Mount> {
    let usual = maker.framework == "Flask"
        && !text.contains("static_folder")
        && !text.contains("static_url_path");
    let folder = path
        .rsplit_once('/')
        .map_or_else(String::new, |(folder, _)| format!("{folder}/"));
    let folder = format!("{folder}static");
    (usual && world.kind(&folder) == Some(Kind::Folder)).then(|| Mount {
        url: "/static".to_owned(),
        folder,
    })
}

/// What a module assigns to plain names: `app = Flask(__name__)`.
pub(super) fn assignments(text: &str) -> Vec<(&str, &str)> {
    let lines = code_lines(text).into_iter();
    let pairs = lines.filter_map(|line| {
        let (name, value) = line.split_once('=')?;
        let name = name.split(':').next().unwrap_or_default().trim_end();
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let plain = !name.is_empty() && name.chars().all(fits) && !value.starts_with('=');
        plain.then(|| (name, without_comment(value)))
    });
    pairs.collect()
}

/// Functions that make an application and can be called without arguments.
fn factories(text: &str) -> Vec<&str> {
    let lines = code_lines(text).into_iter();
    let names = lines.filter_map(|line| {
        let (name, rest) = line.strip_prefix("def ")?.split_once('(')?;
        let (parameters, _) = rest.rsplit_once(')')?;
        let free = parameters
            .split(',')
            .all(|one| one.trim().is_empty() || one.contains('=') || one.trim().starts_with('*'));
        (FACTORIES.contains(&name.trim()) && free).then(|| name.trim())
    });
    names.collect()
}

/// The lines of a module that begin at its margin, without what stands in texts of several lines.
fn code_lines(text: &str) -> Vec<&str> {
    let mut open: Option<&str> = None;
    let mut lines = Vec::new();
    for line in text.lines() {
        let inside = open.is_some();
        for quotes in ["\"\"\"", "'''"] {
            if open.is_none_or(|other| other == quotes) && line.matches(quotes).count() % 2 == 1 {
                open = match open {
                    Some(_) => None,
                    None => Some(quotes),
                };
            }
        }
        if !inside && !line.starts_with([' ', '\t', '#']) {
            lines.push(line);
        }
    }
    lines
}

fn without_comment(value: &str) -> &str {
    value.split(" #").next().unwrap_or_default().trim()
}

/// The name of what an expression calls.
fn called(expression: &str) -> Option<&str> {
    let (call, _) = expression.split_once('(')?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    (!call.is_empty() && call.chars().all(fits)).then_some(call)
}

fn is_call(call: &str, name: &str) -> bool {
    call.strip_suffix(name)
        .is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// An expression without blanks and with `''` for each text in it, and those texts.
pub(super) fn literals(expression: &str) -> (String, Vec<String>) {
    let (mut skeleton, mut found) = (String::new(), Vec::new());
    let mut characters = expression.chars();
    while let Some(c) = characters.next() {
        match c {
            '\'' | '"' => {
                found.push(
                    characters
                        .by_ref()
                        .take_while(|other| *other != c)
                        .collect(),
                );
                skeleton.push_str("''");
            }
            c if c.is_whitespace() => {}
            c => skeleton.push(c),
        }
    }
    (skeleton, found)
}
