"""Settings, and the ways in which an application is not found."""

import json
import os
import textwrap

import pytest

INTERNAL_ERROR = "500 Internal Server Error"


@pytest.fixture
def site(tmp_path):
    """Writes a folder with an application."""

    def site(files):
        root = tmp_path / "site"
        root.mkdir(exist_ok=True)
        for name, text in files.items():
            (root / name).write_text(textwrap.dedent(text))
        return root

    return site


APP = """
    def app(environ, start_response):
        start_response("200 OK", [])
        return [b"found"]

    class Maker:
        def make(self):
            return app

    maker = Maker
    wanting = Maker()
    wanting.server = app

    async def asgi(scope, receive, send):
        pass

    class Framework:
        async def __call__(self, scope, receive, send):
            pass

    framework = Framework()
"""


@pytest.mark.parametrize("handler", ["shop.app", "shop:app", "shop.maker().make()", "shop.Maker().make()", " shop.app "])
def test_handlers_are_found(start, site, handler):
    """K5, P33."""
    served = start("stream", handler, root=site({"shop.py": APP}))
    assert served.get().body == b"found"


@pytest.mark.parametrize(
    "handler, told",
    [
        ("nowhere.app", '"nowhere.app" could not be imported: there is no module `nowhere` in any of `'),
        ("shop.ap", "module `shop` has no attribute `ap`; did you mean `app`"),
        ("shop", "it names a module or an application and needs both, such as `shop.app`"),
        ("shop.app(1)", "write `package.module.name`"),
        ("shop.app()", "`app` cannot be called without arguments"),
        ("shop.wanting", "is of type `Maker`, which is not callable; it has `server`, so try `shop.wanting.server`"),
        ("shop.asgi", "is an ASGI application"),
        ("shop.framework", "is an ASGI application"),
        ("broken.app", "module `broken` is there, but importing it failed with ModuleNotFoundError: No module named"),
        ("quits.app", "importing it failed with SystemExit: 3"),
        ("syntax.app", "importing it failed with SyntaxError"),
    ],
)
def test_each_way_not_to_find_an_application_has_its_message(start, site, handler, told):
    """P15, P30-P34, K5: and the process lives."""
    files = {
        "shop.py": APP,
        "broken.py": "import no_such_thing\n",
        "quits.py": "raise SystemExit(3)\n",
        "syntax.py": "def\n",
    }
    served = start("stream", handler, root=site(files))
    for _ in range(2):
        response = served.get()
        assert response.status == INTERNAL_ERROR
        assert told in served.log()
        assert told in response.stderr.decode()
        assert b"Traceback" not in response.stderr
    if handler.startswith("broken"):
        assert 'broken.py", line 1, in <module>' in served.log()
        assert "_load.py" not in served.log()


def test_a_failed_start_is_tried_again(start, site):
    """P64."""
    root = site({})
    served = start("stream", "shop.app", root=root)
    assert served.get().status == INTERNAL_ERROR
    (root / "shop.py").write_text(textwrap.dedent(APP))
    assert served.get().body == b"found"


def test_a_missing_handler_is_told_with_what_was_looked_at(start, site):
    """P15, P27, K2."""
    root = site({"Web.config": "<configuration><appSettings><add key='WSGI_HANDELR'/></appSettings></configuration>"})
    served = start("stream", None, root=root)
    message = served.get().stderr.decode()
    assert message.startswith("WSGI_HANDLER env var must be set")
    assert f"`{root}/Web.config` has only `WSGI_HANDELR`; is `WSGI_HANDELR` meant to be `WSGI_HANDLER`?" in message


def test_settings_come_from_web_config_in_any_spelling(start, site, tmp_path):
    """K1, K2, K4, K6, P28."""
    library = tmp_path / "library"
    library.mkdir()
    log = tmp_path / "from_web_config.log"
    config = f"""\
        <configuration>
          <applicationSettings><add key='OLD' value='old'/></applicationSettings>
          <appSettings>
            <add key=' WSGI_HANDLER ' value='fixture.settings'/>
            <add key='WSGI_LOG' value='{log}'/>
            <add key='BASE' value='{tmp_path}'/>
            <add key='PythonPath' value='%BASE%/library;;%NOBODY%'/>
          </appSettings>
        </configuration>
    """
    source = open(os.path.join(os.path.dirname(__file__), "apps", "fixtures.py")).read()
    root = site({"web.CONFIG": config, "fixture.py": source})
    # IIS says which folder it is, with the first request.
    served = start("stream", None, root=None, log=log)
    seen = json.loads(served.get({"APPL_PHYSICAL_PATH": f"{root}/"}).body)
    assert seen["cwd"] == str(root)
    assert seen["path"][0] == str(root)
    assert seen["path"][-1] == str(library)
    assert (seen["environment"]["OLD"], seen["environment"]["BASE"]) == ("old", str(tmp_path))
    assert "loaded `fixture.settings`" in served.log()


def test_another_settings_file_can_be_named(start, site):
    """The key IISC_WEB_CONFIG."""
    config = "<configuration><appSettings><add key='WSGI_HANDLER' value='shop.app'/></appSettings></configuration>"
    root = site({"shop.py": APP, "other.config": config})
    served = start("stream", None, root=root, env={"IISC_WEB_CONFIG": "other.config"})
    assert served.get().body == b"found"


def test_a_misspelt_setting_of_ours_is_refused(start, site):
    """Only in the settings file; the environment is shared with others."""
    root = site({"shop.py": APP})
    served = start("stream", "shop.app", root=root, env={"IISC_WEBCONFIG": "x"})
    assert served.get().body == b"found"
    config = "<configuration><appSettings><add key='IISC_WEBCONFIG' value='x'/></appSettings></configuration>"
    served = start("stream", "shop.app", root=site({"Web.config": config}))
    assert b"the setting `IISC_WEBCONFIG` is unknown" in served.get().stderr


def test_a_broken_web_config_is_told_with_its_line(start, site):
    """K1."""
    root = site({"Web.config": "<configuration>\n<oops\n"})
    served = start("stream", None, root=root)
    assert f"`{root}/Web.config`, line 2: ".encode() in served.get().stderr


def test_the_root_can_come_from_the_environment(start, site):
    """The key IISC_APP_ROOT: the application is loaded before the first request."""
    root = site({"shop.py": APP + '\n    print("imported")\n'})
    served = start("stream", "shop.app", root=None, env={"IISC_APP_ROOT": str(root)})
    assert served.get().body == b"found"
    assert " - imported\n" in served.log()


def test_a_request_for_another_application_is_refused(start):
    """P29."""
    served = start("stream", "fixtures:hello")
    assert served.get({"APPL_MD_PATH": "/LM/W3SVC/1/ROOT/a"}).body == b"hello"
    response = served.get({"APPL_MD_PATH": "/LM/W3SVC/1/ROOT/b"})
    assert response.status == INTERNAL_ERROR
    assert b"serves the application `/LM/W3SVC/1/ROOT/a`" in response.stderr
    assert served.get({"APPL_MD_PATH": "/lm/w3svc/1/root/A"}).body == b"hello"
