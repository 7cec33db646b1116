use super::*;
use crate::world::MemoryWorld;

fn look(files: &[(&str, &str)], handler: &str) -> Resolution {
    let world = MemoryWorld::new(files.iter().copied());
    resolve(&Project::new(&world), handler)
}

/// The answer in a word or two: the kind, and what it was made with.
fn told(files: &[(&str, &str)], handler: &str) -> String {
    let name = |found: &Application| {
        let framework = found.framework.map_or("own", |one| one.name);
        format!("{framework} {:?}", found.interface)
    };
    match look(files, handler).answer {
        Answer::Unknown => "unknown".to_owned(),
        Answer::NoModule(no) => {
            let near = no.near.map(|near| format!(" but {near}"));
            let sure = if no.is_sure { " surely" } else { "" };
            format!(
                "no {}{}{sure}",
                no.looked_for.join(" "),
                near.unwrap_or_default()
            )
        }
        Answer::Syntax => "syntax".to_owned(),
        Answer::Missing(missing) => format!(
            "missing {} {:?} {:?}",
            missing.name, missing.near, missing.applications
        ),
        Answer::Module { name, applications } => format!("module {name} {applications:?}"),
        Answer::Application(found) => name(&found),
        Answer::CalledApplication(found) => format!("called {}", name(&found)),
        Answer::Uncalled { made, is_ready } => {
            let ready = if is_ready { "" } else { " not ready" };
            format!("uncalled {:?}{ready}", made.as_ref().map(name))
        }
        Answer::Misfit {
            required,
            is_called,
        } => format!("misfit {required} {is_called}"),
        Answer::NotCallable(what) => format!("not callable: {what}"),
    }
}

/// What `shop.app` is in a project of one file.
fn app(text: &str) -> String {
    told(&[("shop.py", text)], "shop.app")
}

const FLASK: &str = "from flask import Flask\napp = Flask(__name__)\n";

#[test]
fn an_application_is_known_by_what_it_is_made_with() {
    for (text, expected) in [
        (FLASK, "Flask Wsgi"),
        ("import flask\napp = flask.Flask(__name__)", "Flask Wsgi"),
        (
            "import flask as f\napp: f.Flask = f.Flask(__name__)",
            "Flask Wsgi",
        ),
        (
            "from flask import *\nimport flask\napp = flask.Flask('x')",
            "Flask Wsgi",
        ),
        (
            "import flask\nif (app := flask.Flask('x')): pass",
            "Flask Wsgi",
        ),
        ("import flask\nx, app = 1, flask.Flask('x')", "Flask Wsgi"),
        ("import flask\nx = app = flask.Flask('x')", "Flask Wsgi"),
        (
            "import flask\nwith a() as b:\n  app = flask.Flask('x')",
            "Flask Wsgi",
        ),
        (
            "from fastapi import FastAPI\napp = FastAPI()",
            "FastAPI Asgi",
        ),
        (
            "from starlette.applications import Starlette\napp = Starlette()",
            "Starlette Asgi",
        ),
        (
            "from quart import Quart\napp = Quart(__name__)",
            "Quart Asgi",
        ),
        ("from sanic import Sanic\napp = Sanic('shop')", "Sanic Asgi"),
        ("import responder\napp = responder.API()", "Responder Asgi"),
        (
            "from dash import Dash\napp = Dash(__name__)",
            "Dash Neither",
        ),
        (
            "import tornado.web\napp = tornado.web.Application([])",
            "Tornado Neither",
        ),
        (
            "from aiohttp import web\napp = web.Application()",
            "aiohttp Neither",
        ),
        ("import bottle\napp = bottle.default_app()", "Bottle Wsgi"),
        ("import falcon\napp = falcon.App()", "Falcon Wsgi"),
        ("import falcon.asgi\napp = falcon.asgi.App()", "Falcon Asgi"),
        (
            "from pyramid.config import Configurator\nwith Configurator() as c:\n  app = c.make_wsgi_app()",
            "unknown",
        ),
        (
            "from pyramid.config import Configurator\nc = Configurator()\napp = c.make_wsgi_app()",
            "Pyramid Wsgi",
        ),
        (
            "from django.core.wsgi import get_wsgi_application\napp = get_wsgi_application()",
            "Django Wsgi",
        ),
        (
            "from django.core.asgi import get_asgi_application as get\napp = get()",
            "Django Asgi",
        ),
    ] {
        assert_eq!(app(text), expected, "{text}");
    }
}

#[test]
fn what_is_wrapped_speaks_as_the_wrapper_does() {
    let wrapped = |line: &str| app(&format!("{FLASK}{line}\n"));
    for (line, expected) in [
        ("app.wsgi_app = ProxyFix(app.wsgi_app)", "Flask Wsgi"),
        (
            "from whitenoise import WhiteNoise\napp = WhiteNoise(app)",
            "WhiteNoise Wsgi",
        ),
        (
            "from asgiref.wsgi import WsgiToAsgi\napp = WsgiToAsgi(app)",
            "asgiref Asgi",
        ),
        (
            "from a2wsgi import ASGIMiddleware\napp = ASGIMiddleware(app)",
            "a2wsgi Wsgi",
        ),
        (
            "from a2wsgi import WSGIMiddleware\napp = WSGIMiddleware(app)",
            "a2wsgi Asgi",
        ),
        ("from somewhere import wrap\napp = wrap(app)", "unknown"),
        ("app = app.wsgi_app", "Flask Wsgi"),
        ("app = app", "Flask Wsgi"),
    ] {
        assert_eq!(wrapped(line), expected, "{line}");
    }
}

#[test]
fn what_python_decides_at_run_time_is_unknown() {
    for text in [
        "globals()['app'] = 1",
        "exec('app = 1')",
        "def __getattr__(name): return 1",
        "import sys\nsys.modules[__name__] = 1",
        "from somewhere import *",
        "app = 1\nfrom somewhere import *",
        "app = None\ndef start():\n  global app\n  app = 1",
        "for app in range(3): pass",
        "with open('x') as app: pass",
        "try: pass\nexcept OSError as app: pass",
        "match x:\n  case [app]: pass",
        "app = 1\ndel app",
        "app = 1\napp += f()",
        "import a, b\nif a: app = a.x()\nelse: app = b.y()",
        "try:\n  from shop_local import app\nexcept ImportError:\n  app = None",
        "app = load('shop')",
        "app = things['shop']",
        "app = lambda e, s: []",
        "*app, b = 1, 2",
        "@wrap\ndef app(): pass",
        "@wrap\nclass app: pass",
        "class app(Base, metaclass=Meta): pass",
        "from unknown import Base\nclass A(Base): pass\napp = A()",
        "class A:\n  def __new__(cls): return f\napp = A()",
        "class A:\n  __call__ = answer\napp = A()",
        "def app(a, b=1, *rest): pass",
        "def app(config=None, debug=False): return load()",
        "async def app(request): pass",
        "from unknown import app",
        "from . import app",
        "from .. import app",
        "app = app",
        "from shop import app",
        "def app(*rest): pass",
    ] {
        let told = app(text);
        assert!(["unknown", "own Wsgi"].contains(&&*told), "{text}: {told}");
    }
    assert_eq!(app("class app: pass"), "unknown");
}

#[test]
fn branches_that_agree_are_believed() {
    let text = "import flask\ntry:\n  import x\n  app = flask.Flask('a')\nexcept ImportError:\n  app = flask.Flask('b')";
    assert_eq!(app(text), "Flask Wsgi");
    let text = "import flask\napp = None\napp = flask.Flask('a') if x else flask.Flask('b')";
    assert_eq!(app(text), "Flask Wsgi");
}

#[test]
fn a_function_is_an_application_by_its_parameters() {
    for (text, expected) in [
        ("def app(environ, start_response): return []", "own Wsgi"),
        ("def app(e, s): yield b''", "own Wsgi"),
        ("async def app(scope, receive, send): pass", "own Asgi"),
        ("def app(): return load()", "uncalled None"),
        ("def app(request): return 1", "misfit 1 false"),
        ("def app(a, b, c): return 1", "unknown"),
        ("def app(a, b, *, c): return 1", "misfit 3 false"),
    ] {
        assert_eq!(app(text), expected, "{text}");
    }
}

#[test]
fn a_factory_is_followed_into_its_function() {
    let factory = "import flask\ndef app(config=None, debug=False):\n  made = flask.Flask('x')\n  made.x = 1\n  return made\n";
    let files = [("shop.py", factory)];
    assert_eq!(told(&files, "shop.app"), "uncalled Some(\"Flask Wsgi\")");
    assert_eq!(told(&files, "shop.app()"), "Flask Wsgi");
    let text = "def app(environ, start_response): return []";
    assert_eq!(told(&[("shop.py", text)], "shop.app()"), "called own Wsgi");
    let text = "def make(settings): return load(settings)";
    assert_eq!(told(&[("shop.py", text)], "shop.make()"), "misfit 1 true");
    let text = "def make():\n  def app(environ, start_response): return []\n  return app";
    assert_eq!(told(&[("shop.py", text)], "shop.make()"), "own Wsgi");
    let text = "import flask\napp = 1\ndef make(app):\n  return app";
    assert_eq!(told(&[("shop.py", text)], "shop.make()"), "misfit 1 true");
    let text = "import flask\napp = 1\ndef make(app=2):\n  return app";
    assert_eq!(told(&[("shop.py", text)], "shop.make()"), "unknown");
}

#[test]
fn an_application_is_not_called() {
    assert_eq!(
        told(&[("shop.py", FLASK)], "shop.app()"),
        "called Flask Wsgi"
    );
    let class =
        "class Shop:\n  def __call__(self, environ, start_response): return []\napp = Shop()\n";
    let files = [("shop.py", class)];
    assert_eq!(told(&files, "shop.app"), "own Wsgi");
    assert_eq!(told(&files, "shop.app()"), "called own Wsgi");
    assert_eq!(told(&files, "shop.Shop"), "uncalled Some(\"own Wsgi\")");
    assert_eq!(told(&files, "shop.Shop()"), "own Wsgi");
}

#[test]
fn a_class_is_judged_with_its_bases() {
    let base = "class Base:\n  async def __call__(self, scope, receive, send): pass\n";
    let files = [
        ("base.py", base),
        (
            "shop.py",
            "import base\nclass App(base.Base): pass\napp = App()",
        ),
        (
            "mine.py",
            "import flask\nclass Mine(flask.Flask): pass\napp = Mine('x')",
        ),
        ("none.py", "class None_: pass\napp = None_()"),
    ];
    assert_eq!(told(&files, "shop.app"), "own Asgi");
    assert_eq!(told(&files, "mine.app"), "Flask Wsgi");
    assert_eq!(
        told(&files, "none.app"),
        "not callable: an object of a class without `__call__`"
    );
    let pep = "class app:\n  def __init__(self, environ, start_response): pass\n  def __iter__(self): yield b''";
    assert_eq!(app(pep), "unknown");
    let circle = "class A(B): pass\nclass B(A): pass\napp = A()";
    assert_eq!(app(circle), "unknown");
}

#[test]
fn what_cannot_be_called_is_told() {
    for (text, expected) in [
        ("app = None", "not callable: `None`"),
        ("app = 'shop'", "not callable: a text"),
        ("app = {}", "not callable: a dictionary"),
        ("app = f'{x}'", "not callable: a text or number"),
    ] {
        assert_eq!(app(text), expected);
    }
}

#[test]
fn names_are_followed_from_file_to_file() {
    let files = [
        (
            "shop/__init__.py",
            "from .app import app as application, app",
        ),
        ("shop/app.py", FLASK),
        (
            "shop/wsgi.py",
            "from shop import application as app\nfrom . import app as module",
        ),
        ("shop/deep/er.py", "from ..app import app"),
        ("shop/deep/__init__.py", ""),
        (
            "run.py",
            "import shop.app\napp = shop.app.app\nimport shop as s\nother = s.application",
        ),
    ];
    for handler in [
        "shop.application",
        "shop.app",
        "shop.wsgi.app",
        "shop.wsgi.module",
        "shop.deep.er.app",
        "shop:app",
        "run.other",
    ] {
        assert_eq!(told(&files, handler), "Flask Wsgi", "{handler}");
    }
    let found = look(&files, "shop.wsgi.app");
    assert_eq!(found.module.unwrap().source.name(), "shop/wsgi.py");
    assert_eq!(found.span.unwrap(), Span::new(32, 35));
}

#[test]
fn a_dash_object_holds_its_application() {
    let files = [(
        "shop.py",
        "import dash\napp = dash.Dash()\nserver = app.server",
    )];
    assert_eq!(told(&files, "shop.server"), "Dash Wsgi");
    assert_eq!(told(&files, "shop.app.server"), "Dash Wsgi");
    assert_eq!(told(&files, "shop.app.other"), "unknown");
}

#[test]
fn what_is_not_there_is_told_with_what_was_looked_for() {
    let files = [
        ("shop/__init__.py", ""),
        ("shop/main.py", FLASK),
        ("shop/native.cp311-win_amd64.pyd", ""),
        ("plain/app.py", FLASK),
    ];
    for (handler, expected) in [
        ("store.app", "no store/__init__.py store.py"),
        ("shop.main.ap", "missing ap Some(\"app\") [\"app\"]"),
        ("shop.main.wsgi", "missing wsgi None [\"app\"]"),
        (
            "shop.wsgi.application",
            "no shop/wsgi/__init__.py shop/wsgi.py surely",
        ),
        (
            "shop.mian.app",
            "no shop/mian/__init__.py shop/mian.py but shop.main.app surely",
        ),
        (
            "shpo.main.app",
            "no shpo/__init__.py shpo.py but shop.main.app",
        ),
        (
            "plain.apps.app",
            "no plain/apps/__init__.py plain/apps.py but plain.app.app",
        ),
        ("shop.main", "module shop.main [\"app\"]"),
        ("shop.application", "missing application None []"),
        ("shop.native.app", "unknown"),
        ("plain.app.app", "Flask Wsgi"),
        ("plain.app", "module plain.app [\"app\"]"),
        (
            "plain.other.app",
            "no plain/other/__init__.py plain/other.py",
        ),
        ("shop.main.__doc__", "unknown"),
    ] {
        assert_eq!(told(&files, handler), expected, "{handler}");
    }
}

#[test]
fn a_name_for_programs_only_is_missing() {
    let text = "import flask\nif __name__ == '__main__':\n  app = flask.Flask('x')\n";
    let Answer::Missing(missing) = look(&[("shop.py", text)], "shop.app").answer else {
        panic!("{text}");
    };
    let span = missing.as_program.unwrap();
    assert_eq!(text.get(span.range()), Some("app"));
    assert_eq!(missing.near, None);
    let text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  from x import app\n";
    assert!(app(text).starts_with("missing app"), "{}", app(text));
}

#[test]
fn entry_points_of_libraries_are_known_by_name() {
    for (handler, expected) in [
        ("django.core.wsgi.get_wsgi_application()", "Django Wsgi"),
        (
            "django.core.wsgi.get_wsgi_application",
            "uncalled Some(\"Django Wsgi\")",
        ),
        ("django.core.handlers.wsgi.WSGIHandler()", "Django Wsgi"),
        ("ptvs_virtualenv_proxy.get_venv_handler()", "wfastcgi Wsgi"),
        ("flask.Flask", "uncalled Some(\"Flask Wsgi\") not ready"),
    ] {
        assert_eq!(told(&[], handler), expected, "{handler}");
    }
    let Answer::Application(old) = look(&[], "django.core.handlers.wsgi.WSGIHandler()").answer
    else {
        panic!("not known");
    };
    let new = old.framework.unwrap().replaced_by;
    assert_eq!(new, Some("django.core.wsgi.get_wsgi_application()"));
}

#[test]
fn a_text_that_is_no_python_3_is_told_with_its_place() {
    let text = "app = 1\nprint 'é', app\n";
    let found = look(&[("shop.py", text)], "shop.app");
    assert_eq!(found.answer, Answer::Syntax);
    let module = found.module.unwrap();
    let old = module.python_2().unwrap();
    assert_eq!(module.source.slice(old), "print 'é', app");
    let found = look(&[("shop.py", "app = (1\nx = [\n")], "shop.app");
    assert_eq!(found.answer, Answer::Syntax);
    assert_eq!(found.module.unwrap().python_2(), None);
    let found = look(&[("shop.py", "  exec 'a' in b\n")], "shop.app");
    assert!(found.module.unwrap().python_2().is_some());
}

#[test]
fn what_is_no_handler_is_unknown() {
    for handler in [
        "",
        "app",
        ".",
        "a..b",
        "shop().app",
        "shop/app.py",
        "a.b(1)",
        "()",
        "é.",
        "a.b.()",
    ] {
        assert_eq!(told(&[("a.py", "")], handler), "unknown", "{handler}");
    }
}

#[test]
fn a_circle_of_imports_ends() {
    let files = [
        ("a.py", "from b import app\nfrom b import *"),
        ("b.py", "from a import app\nfrom a import *"),
    ];
    assert_eq!(told(&files, "a.app"), "unknown");
    let many: String = (0..2000).map(|_| "if x: from b import app\n").collect();
    let files = [("a.py", many.as_str()), ("b.py", "from a import app")];
    assert_eq!(told(&files, "a.app"), "unknown");
    let text = "def app(): return app()\n";
    assert_eq!(told(&[("shop.py", text)], "shop.app()"), "unknown");
}
