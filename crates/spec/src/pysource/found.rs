//! The applications that a module makes, for whoever writes a spec.

use super::binding::{Value, When};
use super::frameworks::Interface;
use super::project::{Import, Project};
use super::resolve::{Answer, Application, resolve};
use crate::model;
use crate::world::{Kind, World};

/// An application that a module of a project makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PythonApp {
    /// What `python.handler` says for it: `shop.app`, `shop.create_app()`, `shop.dash.server`.
    pub handler: String,
    /// What it is made with, if that is known.
    pub framework: Option<&'static str>,
    /// How it is called.
    pub interface: model::Interface,
}

/// Names that an application has of which nothing else is known.
const USUAL: [&str; 2] = ["app", "application"];

/// The applications that a module makes, and the functions that make one, in the order of its text.
///
/// `folder` is the one that modules are imported from: empty for the project's own, else with `/` between names.
/// `module` is the dotted name in it. Nothing is run; what the text does not tell is left out.
#[must_use]
pub fn python_apps(world: &dyn World, folder: &str, module: &str) -> Vec<PythonApp> {
    let world = Below { world, folder };
    let project = Project::new(&world);
    let Import::Module(read) = project.import(module) else {
        return Vec::new();
    };
    let mut found: Vec<PythonApp> = Vec::new();
    for one in read.bindings() {
        let is_imported = matches!(one.value, Value::Module(_) | Value::Member(..));
        let handler = format!("{module}.{}", one.name);
        let handler = handler.as_str();
        let is_known = |app: &PythonApp| app.handler.starts_with(handler);
        if one.when == When::AsProgram || found.iter().any(is_known) {
            continue;
        }
        found.extend(match resolve(&project, handler).answer {
            Answer::Application(made) => app(made, handler)
                .filter(|app| app.framework.is_some() || USUAL.contains(&one.name)),
            Answer::Uncalled {
                made: Some(made),
                is_ready: true,
            } if !is_imported => app(made, &format!("{handler}()")),
            Answer::Unknown
            | Answer::NoModule(_)
            | Answer::Syntax
            | Answer::Missing(_)
            | Answer::Module { .. }
            | Answer::CalledApplication(_)
            | Answer::Uncalled { .. }
            | Answer::Misfit { .. }
            | Answer::NotCallable(_) => None,
        });
    }
    found
}

fn app(made: Application, handler: &str) -> Option<PythonApp> {
    let attribute = made.framework.and_then(|one| one.wsgi_attribute);
    let (handler, interface) = match (made.interface, attribute) {
        (Interface::Wsgi, _) => (handler.to_owned(), model::Interface::Wsgi),
        (Interface::Asgi, _) => (handler.to_owned(), model::Interface::Asgi),
        (Interface::Neither, attribute) => {
            (format!("{handler}.{}", attribute?), model::Interface::Wsgi)
        }
    };
    Some(PythonApp {
        handler,
        framework: made.framework.map(|one| one.name),
        interface,
    })
}

/// A folder of a project, as a project.
struct Below<'w> {
    world: &'w dyn World,
    folder: &'w str,
}

impl Below<'_> {
    fn path(&self, path: &str) -> String {
        match self.folder {
            "" => path.to_owned(),
            folder => format!("{folder}/{path}"),
        }
    }
}

impl World for Below<'_> {
    fn kind(&self, path: &str) -> Option<Kind> {
        self.world.kind(&self.path(path))
    }

    fn read(&self, path: &str) -> Option<String> {
        self.world.read(&self.path(path))
    }

    fn files(&self) -> Vec<String> {
        let folder = self.path("");
        let files = self.world.files();
        let below = files.iter().filter_map(|file| file.strip_prefix(&folder));
        below.map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;

    fn told(files: &[(&str, &str)], folder: &str, module: &str) -> Vec<String> {
        let world = MemoryWorld::new(files.iter().copied());
        let apps = python_apps(&world, folder, module);
        let told = apps.iter().map(|app| {
            let framework = app.framework.unwrap_or("own");
            format!("{} {framework} {:?}", app.handler, app.interface)
        });
        told.collect()
    }

    #[test]
    fn what_a_module_makes_is_found() {
        let wsgi = "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n";
        let flask = "from flask import Flask\n\ndef create_app():\n    return Flask(__name__)\n\napp = create_app()\n";
        let dash = "import dash\nboard = dash.Dash()\n";
        let own = "def app(environ, start_response):\n    return []\n\ndef add(a, b):\n    return a + b\n";
        for (text, expected) in [
            (wsgi, vec!["shop.application Django Wsgi"]),
            (
                flask,
                vec!["shop.create_app() Flask Wsgi", "shop.app Flask Wsgi"],
            ),
            (dash, vec!["shop.board.server Dash Wsgi"]),
            (own, vec!["shop.app own Wsgi"]),
            (
                "import fastapi\napi = fastapi.FastAPI()",
                vec!["shop.api FastAPI Asgi"],
            ),
            ("from flask import Flask", vec![]),
            ("(", vec![]),
        ] {
            assert_eq!(told(&[("shop.py", text)], "", "shop"), expected, "{text}");
            let below = [("src/shop.py", text)];
            assert_eq!(told(&below, "src", "shop"), expected, "{text}");
            assert!(told(&below, "", "shop").is_empty());
        }
    }

    #[test]
    fn an_application_of_another_file_is_found() {
        let files = [
            ("src/shop/__init__.py", "from .web import app\n"),
            ("src/shop/web.py", "import bottle\napp = bottle.Bottle()\n"),
        ];
        assert_eq!(told(&files, "src", "shop"), ["shop.app Bottle Wsgi"]);
    }
}
