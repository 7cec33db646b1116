//! What the project's code may decide at run time, or another folder may hold, is not spoken about.

use iisc_spec::{MemoryWorld, Options, World, check};

const FLASK: &str = "from flask import Flask\napp = Flask(__name__)\n";
const FASTAPI: &str = "from fastapi import FastAPI\napp = FastAPI()\n";
const WSGI: &str = "import os\nfrom django.core.wsgi import get_wsgi_application\n\
    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\napplication = get_wsgi_application()\n";
const STATIC: &str = "INSTALLED_APPS = ['django.contrib.staticfiles']\nSTATIC_URL = '/static/'\n";
const LIMIT: &str = "app.config['MAX_CONTENT_LENGTH'] = 1 << 30\n";
const ROTATING: &str = "from logging.handlers import TimedRotatingFileHandler as R\n";

/// What the rules on the project's code tell about a spec with this handler, and these lines below `python` and behind it.
fn told(files: &[(&str, &str)], handler: &str, python: &str, rest: &str) -> Vec<String> {
    let text = format!(
        "name: shop\nroot: D:\\apps\\shop\npython:\n  interpreter: D:\\apps\\shop\\env\\Scripts\\python.exe\n  \
         handler: {handler}\n{python}{rest}"
    );
    let world = MemoryWorld::new(files.iter().copied());
    let options = Options {
        world: Some(&world as &dyn World),
        ..Options::default()
    };
    let found = check("app.iis.yaml", text.as_bytes(), &options).diagnostics;
    found
        .iter()
        .filter(|one| (230..260).contains(&one.code.number()))
        .map(|one| format!("{} {}", one.code, one.message))
        .collect()
}

fn silent(files: &[(&str, &str)], handler: &str, python: &str, rest: &str) {
    let found = told(files, handler, python, rest);
    assert!(
        found.is_empty(),
        "{files:?} {handler} {python}{rest}: {found:?}"
    );
}

fn speaks(code: u16, files: &[(&str, &str)], handler: &str, python: &str, rest: &str) {
    let found = told(files, handler, python, rest);
    let start = format!("IISC{code:04} ");
    assert!(
        matches!(&*found, [only] if only.starts_with(&start)),
        "{files:?} {handler} {python}{rest}: {found:?}"
    );
}

#[test]
fn a_handler_of_a_library_is_not_spoken_about() {
    silent(&[], "store.app", "", "");
    silent(&[("shop.py", FLASK)], "installed.web.app", "", "");
    // A folder without `__init__.py` is no package if the library has one.
    silent(&[("shop/templates/a.html", "")], "shop.web.app", "", "");
    silent(&[("shop.pyd", "")], "shop.app", "", "");
}

#[test]
fn a_module_that_may_lie_in_another_folder_is_not_spoken_about() {
    let files = [("shop/web.py", FLASK), ("src/shop/__init__.py", "")];
    speaks(230, &files, "shop.wbe.app", "", "");
    silent(
        &files,
        "shop.wbe.app",
        "  pythonpath: [D:\\apps\\shop\\src]\n",
        "",
    );
    let bridge = "bridge:\n  kind: wfastcgi\n";
    let files = [("shop.py", FLASK)];
    speaks(232, &files, "shop.app()", "", bridge);
    speaks(232, &files, "shop.app()", "  pythonpath: [E:\\lib]\n", "");
    silent(&files, "shop.app()", "  pythonpath: [E:\\lib]\n", bridge);
}

#[test]
fn what_python_decides_at_run_time_is_not_spoken_about() {
    for text in [
        "globals()['app'] = 1",
        "from store import *",
        "def __getattr__(name): return 1",
        "import sys\nsys.modules[__name__] = X",
        "from flask import Flask\napp = Flask('x') if y else None",
        "@wrap\ndef app(): pass",
        "def app(*values): pass",
        "from store import make\napp = make()",
    ] {
        for handler in ["shop.app", "shop.app()"] {
            silent(&[("shop.py", text)], handler, "", "");
        }
    }
    // ASGI as it was in its second version.
    let text = "def app(scope): return inner";
    silent(&[("shop.py", text)], "shop.app", "", "");
}

#[test]
fn the_example_gives_nothing_to_speak_about() {
    let files = [
        (
            "postcards/__init__.py",
            include_str!("../../../examples/flask/postcards/__init__.py"),
        ),
        (
            "requirements.txt",
            include_str!("../../../examples/flask/requirements.txt"),
        ),
    ];
    let world = MemoryWorld::new(files);
    let options = Options {
        world: Some(&world as &dyn World),
        ..Options::default()
    };
    let spec = include_bytes!("../../../examples/flask/app.iis.yaml");
    let found = check("app.iis.yaml", spec, &options).diagnostics;
    assert!(found.is_empty(), "{found:?}");
    let wrong = String::from_utf8_lossy(spec).replace("postcards.app", "postcards.ap");
    let found = check("app.iis.yaml", wrong.as_bytes(), &options).diagnostics;
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn wfastcgi_may_run_python_2() {
    let files = [("shop.py", "print 'ready'\n")];
    speaks(237, &files, "shop.app", "", "");
    silent(&files, "shop.app", "", "bridge:\n  kind: wfastcgi\n");
}

#[test]
fn an_interface_that_is_not_written_is_found_out() {
    let files = [("shop.py", FASTAPI)];
    silent(&files, "shop.app", "", "");
    silent(&files, "shop.app", "  interface: asgi\n", "");
    speaks(235, &files, "shop.app", "", "bridge:\n  kind: wfastcgi\n");
    let files = [("shop.py", FLASK)];
    silent(&files, "shop.app", "", "bridge:\n  kind: wfastcgi\n");
    speaks(235, &files, "shop.app", "  interface: asgi\n", "");
}

#[test]
fn an_object_of_a_framework_that_is_put_right_is_not_spoken_about() {
    let files = [(
        "shop.py",
        "import dash\napp = dash.Dash()\nserver = app.server\n",
    )];
    for handler in ["shop.app.server", "shop.server"] {
        silent(&files, handler, "", "");
    }
    speaks(234, &files, "shop.app", "", "");
    speaks(234, &files, "shop.app()", "", "");
}

#[test]
fn an_application_with_a_root_of_its_own_lies_elsewhere() {
    let files = [("shop.py", FLASK)];
    let further = |root: &str| {
        format!("applications:\n  admin:\n    python:\n      handler: shop.ap\n{root}")
    };
    speaks(231, &files, "shop.app", "", &further(""));
    silent(
        &files,
        "shop.app",
        "",
        &further("    root: D:\\apps\\admin\n"),
    );
}

#[test]
fn static_files_of_django_that_somebody_sends_are_not_spoken_about() {
    let with = |settings: &str, other: &str, rest: &str| {
        let files = [
            ("shop/wsgi.py", WSGI),
            ("shop/settings.py", settings),
            ("shop/urls.py", other),
        ];
        told(&files, "shop.wsgi.application", "", rest)
    };
    assert_eq!(with(STATIC, "", "").len(), 1);
    let silent = [
        ("", "", ""),
        (STATIC, "from django.views.static import serve\n", ""),
        (STATIC, "", "static:\n  /assets:\n    folder: shop\n"),
    ];
    for (settings, other, rest) in silent {
        let found = with(settings, other, rest);
        assert!(found.is_empty(), "{found:?}");
    }
    for more in [
        "STORAGES = {}\n",
        "MIDDLEWARE = ['whitenoise.middleware.WhiteNoiseMiddleware']\n",
        "STATIC_URL = 'https://cdn.example.com/'\n",
        "STATIC_URL = os.environ['X']\n",
        "INSTALLED_APPS = []\n",
        "from local import *\n",
    ] {
        let found = with(&format!("{STATIC}{more}"), "", "");
        assert!(found.is_empty(), "{more}: {found:?}");
    }
}

#[test]
fn settings_for_developers_may_be_open() {
    let wsgi = |name: &str| WSGI.replace("shop.settings", name);
    let with = |name: &str, settings: &str, rest: &str| {
        let files = [
            ("shop/wsgi.py", &*wsgi(name)),
            ("shop/settings.py", settings),
            ("shop/local.py", "DEBUG = True\n"),
        ];
        told(&files, "shop.wsgi.application", "", rest)
    };
    assert_eq!(with("shop.settings", "DEBUG = True\n", "").len(), 1);
    assert_eq!(
        with(
            "shop.settings",
            "DEBUG = False\n",
            "environment:\n  DJANGO_SETTINGS_MODULE: shop.settings\n"
        )
        .len(),
        0
    );
    for (name, settings, rest) in [
        ("shop.local", "", ""),
        (
            "shop.settings",
            "DEBUG = os.environ.get('DEBUG') == '1'\n",
            "",
        ),
        (
            "shop.settings",
            "DEBUG = True\nif PRODUCTION: DEBUG = False\n",
            "",
        ),
        (
            "shop.settings",
            "DEBUG = True\n",
            "targets: [iis-express]\n",
        ),
        (
            "shop.settings",
            "DEBUG = True\n",
            "environment:\n  DJANGO_SETTINGS_MODULE: shop.other\n",
        ),
    ] {
        let found = with(name, settings, rest);
        assert!(found.is_empty(), "{name} {settings} {rest}: {found:?}");
    }
}

#[test]
fn limits_that_agree_or_cannot_be_told_are_not_spoken_about() {
    let with = |more: &str, rest: &str| {
        let text = format!("{FLASK}{more}");
        told(&[("shop.py", &text)], "shop.app", "", rest)
    };
    assert_eq!(with(LIMIT, "").len(), 1);
    for (more, rest) in [
        (LIMIT, "limits:\n  body: 1GB\n"),
        ("app.config['MAX_CONTENT_LENGTH'] = 1 << 20\n", ""),
        ("app.config['MAX_CONTENT_LENGTH'] = 1 << 40\n", ""),
        ("app.config['MAX_CONTENT_LENGTH'] = size()\n", ""),
        (
            "def other(app):\n    app.config['MAX_CONTENT_LENGTH'] = 1 << 31\napp.config['MAX_CONTENT_LENGTH'] = 1 << 30\n",
            "",
        ),
    ] {
        let found = with(more, rest);
        assert!(found.is_empty(), "{more} {rest}: {found:?}");
    }
    // Nothing that is served imports this file.
    silent(
        &[("shop.py", FLASK), ("other.py", LIMIT)],
        "shop.app",
        "",
        "",
    );
}

#[test]
fn a_log_of_one_process_or_of_a_program_is_not_spoken_about() {
    let with = |more: &str, rest: &str| {
        let text = format!("{FLASK}{ROTATING}{more}");
        told(&[("shop.py", &text)], "shop.app", "", rest)
    };
    assert_eq!(with("R('a.log')\n", "").len(), 1);
    for (more, rest) in [
        ("R('a.log')\n", "process:\n  max-instances: 1\n"),
        ("if __name__ == '__main__':\n    R('a.log')\n", ""),
        ("def main():\n    R('a.log')\n", ""),
        ("import os\nR(f'{os.getpid()}.log')\n", ""),
    ] {
        let found = with(more, rest);
        let found: Vec<_> = found
            .iter()
            .filter(|one| one.starts_with("IISC0244"))
            .collect();
        assert!(found.is_empty(), "{more} {rest}: {found:?}");
    }
}

#[test]
fn libraries_that_do_no_harm_are_not_spoken_about() {
    let with = |requirements: &str, rest: &str| {
        let files = [("shop.py", FLASK), ("requirements.txt", requirements)];
        let python = "  packages:\n    requirements: requirements.txt\n";
        told(&files, "shop.app", python, rest)
    };
    assert_eq!(
        with("channels\nFlask-APScheduler\nmatplotlib\n", "").len(),
        3
    );
    for (requirements, rest) in [
        ("celery\nwebsockets\nflask\n", ""),
        ("channels; sys_platform == 'linux'\n", ""),
        ("matplotlib\n", "pool:\n  load-user-profile: true\n"),
        (
            "matplotlib\n",
            "environment:\n  MPLCONFIGDIR: D:\\data\\mpl\n",
        ),
        ("keyring\n", "environment:\n  USERPROFILE: D:\\data\\home\n"),
        ("keyring\n", "targets: [iis-express]\n"),
        ("keyring\n", "targets: [iis6]\n"),
    ] {
        let found = with(requirements, rest);
        assert!(found.is_empty(), "{requirements} {rest}: {found:?}");
    }
    // The spec does not say that these are installed.
    silent(
        &[("shop.py", FLASK), ("requirements.txt", "channels\n")],
        "shop.app",
        "",
        "",
    );
}

#[test]
fn files_that_are_made_later_are_not_spoken_about() {
    let mount = "static:\n  /static:\n    folder: shop/statics\n";
    let files = [("shop/web.py", FLASK), ("shop/static/a.css", "")];
    speaks(247, &files, "shop.web.app", "", mount);
    let named = format!("{FLASK}app.static_folder = 'statics'\n");
    silent(
        &[("shop/web.py", &*named), files[1]],
        "shop.web.app",
        "",
        mount,
    );
    silent(
        &[files[0], files[1], (".gitignore", "statics/\n")],
        "shop.web.app",
        "",
        mount,
    );
    silent(
        &files,
        "shop.web.app",
        "",
        "static:\n  /static:\n    folder: collected\n",
    );
    let wheels = "  packages:\n    wheels: [dist/shop.whl]\n";
    speaks(238, &files, "shop.web.app", wheels, "");
    silent(
        &[files[0], files[1], (".gitignore", "/dist\n")],
        "shop.web.app",
        wheels,
        "",
    );
}

#[test]
fn without_a_folder_only_the_spec_itself_is_spoken_about() {
    let text = "name: shop\nroot: D:\\apps\\shop\npython:\n  interpreter: D:\\apps\\shop\\env\\Scripts\\python.exe\n  \
        handler: shop.app()\n  packages:\n    requirements: none.txt\n    extra: [channels, keyring, apscheduler]\n\
        static:\n  /static:\n    folder: none\nlocal-files:\n  a:\n    template: none\n";
    let found = check("app.iis.yaml", text.as_bytes(), &Options::default());
    assert!(found.diagnostics.is_empty(), "{:?}", found.diagnostics);
}

#[test]
fn a_pattern_for_a_file_that_only_the_server_has_is_not_spoken_about() {
    let text = "name: shop\nroot: D:\\apps\\shop\npython:\n  \
        interpreter: C:\\Python312\\python.exe\n  handler: shop.app\n\
        local-files: {local.cnf: {}}\nrestart: {include: ['**/*.py', local.cnf, Web.config]}\n";
    let world = MemoryWorld::new([("shop.py", FLASK)]);
    let options = Options {
        world: Some(&world as &dyn World),
        ..Options::default()
    };
    assert_eq!(check("f", text.as_bytes(), &options).diagnostics, []);
}
