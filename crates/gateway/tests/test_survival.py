"""Nothing that an application does ends the process."""

import ast
import os
import re
import socket

import fcgi_client as fcgi
import pytest

INTERNAL_ERROR = "500 Internal Server Error"


@pytest.mark.parametrize("kind", ["ValueError", "SystemExit", "KeyboardInterrupt", "MemoryError", "RecursionError"])
@pytest.mark.parametrize("transport", ["stream", "unix"])
def test_an_exception_is_answered_and_the_next_request_works(start, transport, kind):
    """W64, W70, W71, P01, P55, P72, S20, S22, S23."""
    served = start(transport, "fixtures:raises")
    response = served.get({"QUERY_STRING": kind})
    assert (response.status, response.app_status) == (INTERNAL_ERROR, 0)
    assert response.header("Content-Type") == "text/plain; charset=utf-8"
    assert response.header("X-Content-Type-Options") == "nosniff"
    assert b"Traceback" not in response.body + response.stderr
    assert b"ValueError" not in response.body
    request_id = re.search(rb"under request (\d+-\d+)", response.body)[1].decode()
    assert response.stderr.decode() == f"the application failed with {kind} (request {request_id})"
    [record] = [line for line in served.log().splitlines() if f" {request_id} the application failed: {kind}" in line]
    assert "\n  | Traceback (most recent call last):\n" in served.log()
    assert "injected" in served.log() or kind == "RecursionError"
    assert not re.search(r"^injected", served.log(), re.MULTILINE)
    assert served.get({"PATH_INFO": "/fine"}).body == b"hello"


@pytest.mark.parametrize("transport", ["stream", "unix"])
def test_an_exception_in_the_middle_cuts_the_answer(start, transport):
    """W65."""
    served = start(transport, "fixtures:raises")
    response = served.get({"PATH_INFO": "/late"})
    assert (response.status, response.body, response.app_status) == ("200 OK", b"first", 1)
    assert served.get({"PATH_INFO": "/fine"}).body == b"hello"


@pytest.mark.parametrize("transport", ["stream", "listener", "unix"])
def test_prints_go_to_the_log_with_their_request(start, transport):
    """P10, P39, P58, W72, D7, F18."""
    served = start(transport, "fixtures:prints")
    response = served.get()
    assert response.body == b"utf-8 False True"
    assert response.stderr == b""
    request_id = f"{served.process.pid}-1"
    for line in ["printed é☃\\udcff", "to stderr", "an error \\udcff\\x1b[0m", "two parts", "bytes", "a view"]:
        assert re.search(rf"^\S+ \d+ - {request_id} {re.escape(line)}$", served.log(), re.MULTILINE), line
    assert served.stop() == 0
    assert (served.stdout, served.stderr) == (b"", b"")


def test_child_processes_get_nothing_of_the_connection(start, transport):
    """P9, P10, P59."""
    served = start(transport, "fixtures:spawns")
    text, count = served.get().body.decode().rsplit(" ", 1)
    assert ast.literal_eval(text) == ""
    # Its three standard streams, and the descriptor that lists the others.
    assert int(count) == 4


@pytest.mark.parametrize("query", ["", "raises"])
def test_a_forked_process_leaves_the_connection_alone(start, transport, query):
    """P9: the parent answers, and the child ends, whatever it does."""
    connection = start(transport, "fixtures:forks").connect()
    for _ in range(2):
        assert connection.get({"QUERY_STRING": query}, b"body", keep=True).body == b"parent 1"


@pytest.mark.parametrize("transport", ["stream", "unix"])
def test_a_forked_process_can_print(start, transport):
    """P58, P59: also if it was forked while another thread wrote to the log."""
    served = start(transport, "fixtures:forks_while_printing")
    assert served.get().body == b"0"
    assert served.log().count(" from a child\n") == 200


@pytest.mark.parametrize("transport", ["stream", "tcp_stream", "unix"])
def test_a_web_server_that_leaves_does_not_end_the_process(start, transport, tmp_path):
    """F28, W67: even where `SIGPIPE` would."""
    os.mkfifo(told := tmp_path / "told")
    served = start(transport, "fixtures:make_endless_without_handler()")
    connection = served.connect()
    connection.send(fcgi.request({"QUERY_STRING": str(told)}, keep=True))
    assert connection.read_record()[0] == fcgi.STDOUT
    connection.close()
    assert told.read_text() == "closed"
    assert "Traceback" not in served.log()


def test_threads_of_the_application_run_while_the_gateway_waits(gateway):
    """Y5: the interpreter is free between two requests."""
    served = gateway("fixtures:in_background")
    connection = served.connect()
    port = int(connection.get(keep=True).body)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as caller:
        assert caller.recv(100) == b"alive"


def test_a_log_that_cannot_be_written_fails_no_request(start, tmp_path):
    """K6, P19."""
    served = start("stream", "fixtures:hello", env={"WSGI_LOG": str(tmp_path)})
    assert served.get().body == b"hello"
    assert served.stop() == 0
    assert b"cannot be written" in served.stderr
