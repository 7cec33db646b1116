//! Projects as people have them, and the specs they get.

use iisc_spec::{Level, MemoryWorld, Options, ValidSpec, World, check};

use super::detect::{Base, Project};
use super::spec;

const MANAGE: &str = "import os\n\ndef main():\n    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n";
const WSGI: &str = "import os\nfrom django.core.wsgi import get_wsgi_application\n\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', \
                    'shop.settings')\n\napplication = get_wsgi_application()\n";
const SETTINGS: &str = "from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\nSTATIC_URL = 'static/'\n\
                        STATIC_ROOT = BASE_DIR / 'staticfiles'\n";
const FLASK: &str = "from flask import Flask\n\napp = Flask(__name__)\n";

fn project(files: &[(&str, &str)]) -> Project {
    Project::detect(&MemoryWorld::new(files.iter().copied()), "shop")
}

/// The spec that a project gets, which passes as it is.
fn spec_of(files: &[(&str, &str)]) -> ValidSpec {
    let world = MemoryWorld::new(files.iter().copied());
    let text = spec::text(&Project::detect(&world, "shop"), None);
    let options = Options {
        world: Some(&world as &dyn World),
        ..Options::default()
    };
    let mut checked = check("app.iis.yaml", text.as_bytes(), &options);
    let errors = checked
        .diagnostics
        .iter()
        .filter(|found| found.level == Level::Error);
    let errors: Vec<_> = errors.map(|found| (found.code, &found.message)).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    checked.applications.remove(0)
}

fn handler(files: &[(&str, &str)]) -> Option<String> {
    // Whatever is found passes.
    spec_of(files);
    project(files).application.map(|found| found.handler)
}

#[test]
fn a_flask_application_is_found_with_all_around_it() {
    let spec = spec_of(&[
        ("shop/__init__.py", ""),
        ("shop/web.py", FLASK),
        ("shop/static/shop.css", ""),
        ("tests/test_web.py", FLASK),
        (
            "venv/pyvenv.cfg",
            "home = C:\\Python312\nversion = 3.12.1\n",
        ),
        ("requirements.txt", "flask\n"),
        ("constraints.txt", ""),
        (".gitignore", "venv/\n*.pyc\n/local.cnf\n.env\n"),
        ("local.cnf.example", "[shop]\n"),
    ]);
    assert_eq!(spec.name.as_str(), "shop");
    assert_eq!(spec.python.handler.as_str(), "shop.web.app");
    assert_eq!(
        spec.python.interpreter.as_str(),
        r"D:\apps\shop\venv\Scripts\python.exe"
    );
    let base = spec.python.base_interpreter.as_ref().unwrap();
    assert_eq!(base.as_str(), r"C:\Python312\python.exe");
    let packages = &spec.python.packages;
    assert_eq!(
        packages.requirements.as_ref().unwrap().as_str(),
        "requirements.txt"
    );
    assert_eq!(
        packages.constraints.as_ref().unwrap().as_str(),
        "constraints.txt"
    );
    let (url, mount) = spec.static_files.first_key_value().unwrap();
    assert_eq!(
        (url.as_str(), mount.folder.as_str()),
        ("/static", "shop/static")
    );
    let (path, file) = spec.local_files.first_key_value().unwrap();
    assert_eq!(path.as_str(), "local.cnf");
    assert_eq!(
        file.template.as_ref().unwrap().as_str(),
        "local.cnf.example"
    );
    assert_eq!(spec.local_files.len(), 1);
}

#[test]
fn a_django_project_is_found_by_its_manage_py() {
    let files = [
        ("manage.py", MANAGE),
        ("shop/wsgi.py", WSGI),
        ("shop/settings.py", SETTINGS),
        ("requirements/dev.txt", ""),
        ("requirements/production.txt", ""),
    ];
    let spec = spec_of(&files);
    assert_eq!(spec.python.handler.as_str(), "shop.wsgi.application");
    let (url, mount) = spec.static_files.first_key_value().unwrap();
    assert_eq!(
        (url.as_str(), mount.folder.as_str()),
        ("/static", "staticfiles")
    );
    let packages = &spec.python.packages;
    assert_eq!(
        packages.requirements.as_ref().unwrap().as_str(),
        "requirements/production.txt"
    );
    assert_eq!(
        project(&files).application.unwrap().framework,
        Some("Django")
    );
}

#[test]
fn a_django_project_in_a_folder_of_its_own_has_that_folder_on_the_path() {
    let manage = MANAGE.replace("shop.settings", "config.settings.local");
    let settings = "BASE_DIR = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))\n\
                    STATIC_URL = '/assets/static/'\nSTATIC_ROOT = os.path.join(BASE_DIR, 'var', \"static\")  # c\n";
    let spec = spec_of(&[
        ("backend/manage.py", &manage),
        ("backend/config/wsgi.py", WSGI),
        ("backend/config/settings/local.py", settings),
    ]);
    assert_eq!(spec.python.handler.as_str(), "config.wsgi.application");
    assert_eq!(spec.python.pythonpath[0].as_str(), r"D:\apps\shop\backend");
    let (url, mount) = spec.static_files.first_key_value().unwrap();
    assert_eq!(
        (url.as_str(), mount.folder.as_str()),
        ("/assets/static", "backend/var/static")
    );
}

#[test]
fn a_static_root_that_is_not_literal_is_left_out() {
    for settings in [
        "BASE_DIR = Path(__file__).resolve().parent\nSTATIC_URL = '/static/'\nSTATIC_ROOT = BASE_DIR / 'static'\n",
        "BASE_DIR = Path(__file__).resolve().parent.parent\nSTATIC_URL = '/static/'\nSTATIC_ROOT = os.environ['STATIC']\n",
        "BASE_DIR = Path(__file__).resolve().parent.parent\nSTATIC_URL = '/static/'\nSTATIC_ROOT = BASE_DIR / '../www'\n",
        "BASE_DIR = Path(__file__).resolve().parent.parent\nSTATIC_URL = CDN + '/x'\nSTATIC_ROOT = '/srv/static'\n",
        "BASE_DIR = Path(__file__).resolve().parent.parent\nSTATIC_URL = 'https://cdn/'\nSTATIC_ROOT = BASE_DIR / 'static'\n",
        "",
    ] {
        let files = [
            ("manage.py", MANAGE),
            ("shop/wsgi.py", WSGI),
            ("shop/settings.py", settings),
        ];
        assert!(spec_of(&files).static_files.is_empty(), "{settings}");
    }
}

#[test]
fn applications_of_many_frameworks_are_found() {
    for (path, text, expected, asgi) in [
        (
            "main.py",
            "from fastapi import FastAPI\napp = FastAPI()\n",
            "main.app",
            true,
        ),
        (
            "main.py",
            "import fastapi\napp: fastapi.FastAPI = fastapi.FastAPI(\n    title='x')\n",
            "main.app",
            true,
        ),
        (
            "shop/asgi.py",
            "app = Starlette(routes=[])\n",
            "shop.asgi.app",
            true,
        ),
        (
            "shop/__init__.py",
            "app = Quart(__name__)\n",
            "shop.app",
            true,
        ),
        (
            "dashboard.py",
            "app = dash.Dash(__name__)\n",
            "dashboard.app.server",
            false,
        ),
        ("shop/wsgi.py", WSGI, "shop.wsgi.application", false),
        ("api.py", "api = falcon.App()\n", "api.api", false),
        ("api.py", "api = falcon.asgi.App()\n", "api.api", true),
        ("web.py", "app = bottle.Bottle()\n", "web.app", false),
        (
            "shop/serve.py",
            "app = config.make_wsgi_app()\n",
            "shop.serve.app",
            false,
        ),
        ("src/shop/app.py", FLASK, "shop.app.app", false),
        (
            "wsgi.py",
            "from shop import create_app\napplication = create_app('production')\n",
            "wsgi.application",
            false,
        ),
        (
            "shop/__init__.py",
            "def create_app(config=None, **more):\n    app = Flask(__name__)\n    return app\n",
            "shop.create_app()",
            false,
        ),
    ] {
        let files = [(path, text)];
        assert_eq!(handler(&files).as_deref(), Some(expected), "{path}\n{text}");
        let is_asgi = spec_of(&files).python.interface == iisc_spec::model::Interface::Asgi;
        assert_eq!(is_asgi, asgi, "{text}");
    }
    assert_eq!(
        spec_of(&[("src/shop/app.py", FLASK)]).python.pythonpath[0].as_str(),
        r"D:\apps\shop\src"
    );
}

#[test]
fn what_only_looks_like_an_application_is_none() {
    for (path, text) in [
        ("app.py", "\"\"\"Write\napp = Flask(__name__)\n\"\"\"\n"),
        ("app.py", "# app = Flask(__name__)\n"),
        ("app.py", "def f():\n    app = Flask(__name__)\n"),
        (
            "app.py",
            "def create_app(config):\n    return Flask(__name__)\n",
        ),
        ("app.py", "async def create_app():\n    return FastAPI()\n"),
        ("app.py", "app == Flask(__name__)\n"),
        ("app.py", "app = NotFlask(__name__)\n"),
        ("my-app.py", FLASK),
        ("__init__.py", FLASK),
        ("tests/app.py", FLASK),
        ("test_app.py", FLASK),
        ("docs/app.py", FLASK),
    ] {
        assert_eq!(handler(&[(path, text)]), None, "{path}\n{text}");
    }
}

#[test]
fn the_likeliest_of_several_is_taken_and_the_others_are_told() {
    let files = [
        ("admin.py", FLASK),
        ("wsgi.py", "app = create_app()\n"),
        ("shop/app.py", FLASK),
    ];
    let found = project(&files).application.unwrap();
    assert_eq!(found.handler, "wsgi.app");
    assert_eq!(found.others, ["admin.app"]);
    assert!(
        project(&files)
            .gaps()
            .iter()
            .any(|gap| gap.contains("admin.app"))
    );
    let two = [("app.py", "api = Flask('a')\napp = Flask('b')\n")];
    assert_eq!(handler(&two).as_deref(), Some("app.app"));
}

#[test]
fn an_empty_folder_gets_a_spec_with_gaps_that_are_told() {
    let spec = spec_of(&[]);
    assert_eq!(
        spec.python.interpreter.as_str(),
        r"D:\apps\shop\env\Scripts\python.exe"
    );
    let gaps = project(&[]).gaps();
    for key in [
        "python.handler",
        "env",
        "python.base-interpreter",
        "python.packages",
    ] {
        assert!(gaps.iter().any(|gap| gap.contains(key)), "{key}: {gaps:?}");
    }
    assert!(project(&[]).found().is_empty());
}

#[test]
fn a_base_interpreter_is_taken_if_iis_can_run_it() {
    let base = |home: &str| project(&[("env/pyvenv.cfg", &format!("home = {home}\n"))]).base;
    assert_eq!(
        base(r"C:\Python312"),
        Base::Known(r"C:\Python312\python.exe".to_owned())
    );
    assert_eq!(base("/usr/bin"), Base::Unknown);
    assert_eq!(base("Python"), Base::Unknown);
    let users = r"C:\Users\me\AppData\Local\Programs\Python\Python311";
    let home = format!("home = {users}\nversion = 3.11.4\n");
    let files = [("env/pyvenv.cfg", home.as_str())];
    let shared = r"C:\Program Files\Python311\python.exe".to_owned();
    let path = format!(r"{users}\python.exe");
    assert_eq!(project(&files).base, Base::OfOneUser { path, shared });
    spec_of(&files);
}

#[test]
fn local_files_are_those_that_version_control_leaves_out() {
    let paths = |ignored: &str, files: &[&str]| {
        let mut all = vec![(".gitignore", ignored)];
        all.extend(files.iter().map(|path| (*path, "")));
        spec_of(&all);
        let found = project(&all).local_files;
        found.into_iter().map(|file| file.path).collect::<Vec<_>>()
    };
    assert_eq!(paths("local.cnf\n", &[]), ["local.cnf"]);
    assert_eq!(paths(".env\n", &[]), [""; 0]);
    assert_eq!(paths(".env\n", &[".env"]), [".env"]);
    assert_eq!(paths(".env\n", &[".env.example"]), [".env"]);
    assert_eq!(paths(".env\n", &[".env/pyvenv.cfg"]), [""; 0]);
    assert_eq!(
        paths("*.cnf\n*.env\n", &["a.cnf", "b/c.cnf", "d.env"]),
        ["a.cnf", "d.env"]
    );
    assert_eq!(
        paths("#.env\n!x.cnf\nconf/*.cnf\n**/*.env\n", &[".env"]),
        [""; 0]
    );
}

#[test]
fn a_name_is_made_of_every_folder() {
    for (folder, name) in [
        ("shop", "shop"),
        ("My Shop!", "My-Shop"),
        ("_shop.", "shop"),
        ("日本", "app"),
        ("", "app"),
        ("con", "app"),
        ("aux.d", "app"),
    ] {
        let world = MemoryWorld::default();
        let project = Project::detect(&world, folder);
        assert_eq!(project.name, name, "{folder}");
    }
    assert_eq!(
        Project::detect(&MemoryWorld::default(), &"x".repeat(99))
            .name
            .len(),
        64
    );
}
