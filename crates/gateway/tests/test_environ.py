"""What the application sees of a request."""

import ast
import json

import fcgi_client as fcgi
import pytest


@pytest.fixture
def environ(start):
    """The environ of a request with these parameters, on IIS's transport."""
    served = start("stream", "fixtures:environ_as_json")

    def environ(params=(), body=b""):
        entries = json.loads(served.get(params, body).body)
        return {
            key: ast.literal_eval(text) if kind in ("str", "bytes", "bool", "tuple") else kind
            for key, (kind, text) in entries.items()
        }

    return environ


def test_the_environ_is_complete_with_an_empty_request(environ):
    """W3, W4, W6-W9, P73."""
    seen = environ(dict.fromkeys(fcgi.environment()))
    assert seen["REQUEST_METHOD"] == "GET"
    assert seen["SERVER_NAME"] == "localhost"
    assert seen["SERVER_PORT"] == "80"
    assert seen["SERVER_PROTOCOL"] == "HTTP/1.1"
    assert (seen["SCRIPT_NAME"], seen["PATH_INFO"], seen["QUERY_STRING"]) == ("", "", "")
    assert seen["wsgi.version"] == (1, 0)
    assert seen["wsgi.url_scheme"] == "http"
    assert seen["wsgi.run_once"] is False
    assert seen["wsgi.input_terminated"] is True
    assert seen["wsgi.input"] == "Input"
    assert seen["wsgi.errors"] == "TextIOWrapper"


def test_bytes_become_characters_one_by_one(environ):
    """W2, P50."""
    raw = bytes(range(0x20, 0x100))
    seen = environ({"HTTP_X": raw, "PATH_INFO": b"/caf\xc3\xa9"})
    assert seen["HTTP_X"] == raw.decode("latin-1")
    assert seen["PATH_INFO"] == "/caf\xc3\xa9"
    assert seen["wsgi.path_info"] == b"/caf\xc3\xa9"


def test_iis_paths_are_split_at_the_application(environ):
    """K8, P41, P42."""
    iis = {"APPL_MD_PATH": "/LM/W3SVC/1/ROOT/app"}
    seen = environ({**iis, "SCRIPT_NAME": "/App/x", "PATH_INFO": "/App/x"})
    assert (seen["SCRIPT_NAME"], seen["PATH_INFO"]) == ("/App", "/x")
    seen = environ({**iis, "SCRIPT_NAME": "/apple", "PATH_INFO": "/apple"})
    assert (seen["SCRIPT_NAME"], seen["PATH_INFO"]) == ("", "/apple")


def test_dangerous_and_odd_variables_stay_out(environ):
    """S7, S9, S10, W5, W16, W19."""
    seen = environ(
        {
            "HTTP_PROXY": "http://evil",
            "HTTP_CONTENT_LENGTH": "5",
            "HTTP_X Y": "odd",
            "REMOTE_USER": "",
            "wsgi.url_scheme": "gopher",
        }
    )
    for name in ("HTTP_PROXY", "HTTP_CONTENT_LENGTH", "HTTP_X Y", "REMOTE_USER"):
        assert name not in seen
    assert seen["wsgi.url_scheme"] == "http"


@pytest.mark.parametrize("value", ["on", "ON", "1", "yes", "true"])
def test_https_makes_the_scheme(environ, value):
    """K10, W7."""
    assert environ({"HTTPS": value})["wsgi.url_scheme"] == "https"


def test_requests_share_nothing(environ):
    """W1, W11, S5."""
    environ()
    seen = environ()
    assert "HTTP_LEFT_BEHIND" not in seen
    assert "PATH" not in seen
    assert "WSGI_HANDLER" not in seen


def test_threads_and_processes_are_told_as_they_are(gateway, transport):
    """W8, Y11."""
    served = gateway("fixtures:environ_as_json")
    seen = json.loads(served.get().body)
    assert seen["wsgi.multithread"][1] == str(not served.is_stream)
    assert seen["wsgi.multiprocess"][1] == str(transport not in ("unix", "tcp"))


def test_connections_have_named_threads(start):
    """Y11."""
    served = start("unix", "fixtures:thread_name")
    assert served.get().body == b"iisc-gateway-1"
    assert served.get().body == b"iisc-gateway-2"
