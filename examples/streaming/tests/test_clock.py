"""The app alone, without a server: run `python -m pytest` in the folder above."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest

FOLDER = Path(__file__).parent.parent

import clock


class Hours:
    """A clock that only moves when somebody waits."""

    def __init__(self, start):
        self.moment = start
        self.waits = []

    def now(self):
        return self.moment

    def wait(self, seconds):
        self.waits.append(seconds)
        self.moment += seconds


def ask(path, method="GET"):
    environ = {"SCRIPT_NAME": "/clock", "PATH_INFO": path, "QUERY_STRING": "", "REQUEST_METHOD": method}
    told = []
    setup_testing_defaults(environ)
    body = validator(clock.app)(environ, lambda status, headers, exc_info=None: told.extend([status, dict(headers)]))
    return told, body


def read(path, method="GET"):
    told, body = ask(path, method)
    try:
        return *told, b"".join(body)
    finally:
        body.close()


def test_a_stream_tells_the_time_at_once_and_then_with_each_minute():
    hours = Hours(3600 + 50)
    pieces = list(itertools.islice(clock.events(hours.now, hours.wait), 7))
    assert pieces[0] == b"retry: 2000\nevent: time\ndata: 1970-01-01T01:00:50+00:00\n\n"
    assert pieces[1] == b"event: time\ndata: 1970-01-01T01:01:00+00:00\n\n"
    assert pieces[2:5] == [b": still here\n\n"] * 3
    assert pieces[5] == b"event: time\ndata: 1970-01-01T01:02:00+00:00\n\n"
    assert hours.waits == [10, 15, 15, 15, 15, 15]


@pytest.mark.parametrize("start", [0, 0.25, 59.999, 1000.5])
def test_no_silence_is_longer_than_a_heartbeat_and_no_stream_longer_than_allowed(start):
    hours = Hours(start)
    for piece in clock.events(hours.now, hours.wait):
        assert piece.endswith(b"\n\n")
    assert max(hours.waits) <= clock.HEARTBEAT
    assert clock.LONGEST <= hours.moment - start <= clock.LONGEST + clock.HEARTBEAT


def test_the_spec_gives_the_stream_the_time_that_it_needs():
    spec = (FOLDER / "app.iis.yaml").read_text(encoding="utf-8")
    minutes = {name: 60 * int(text) for name, text in re.findall(r"(\w+)-timeout: (\d+)m", spec)}
    assert minutes["activity"] >= 3 * clock.HEARTBEAT
    assert minutes["request"] >= clock.LONGEST + 2 * clock.HEARTBEAT


def test_the_events_say_what_they_are():
    (status, headers), body = ask("/events")
    assert status == "200 OK"
    assert headers["Content-Type"] == "text/event-stream"
    assert "Content-Length" not in headers
    assert next(iter(body)).startswith(b"retry: 2000\nevent: time\ndata: ")
    body.close()
    assert read("/events", "HEAD")[2] == b""


@pytest.mark.parametrize("path", ["", "/"])
def test_the_page_listens_below_its_own_address(path):
    status, headers, body = read(path)
    assert (status, headers["Content-Type"]) == ("200 OK", "text/html; charset=utf-8")
    assert b"new EventSource(location.pathname" in body


def test_anything_else_is_refused():
    assert read("/nowhere")[0] == "404 Not Found"
    assert read("/events", "POST")[0] == "405 Method Not Allowed"
