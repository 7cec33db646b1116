"""`wsgi.input`."""

import ast

import fcgi_client as fcgi
import pytest

BODY = b"one\ntwo\n\nlast without newline"


@pytest.mark.parametrize(
    "calls, expected",
    [
        ("read()", [BODY]),
        ("read(-1);read()", [BODY, b""]),
        ("read(None)", [BODY]),
        ("read(0);read(2);read(5);read()", [b"", b"on", b"e\ntwo", b"\n\nlast without newline"]),
        ("read(1000);read(5)", [BODY, b""]),
        ("readline();readline(2);readline(0);readline()", [b"one\n", b"tw", b"", b"o\n"]),
        ("readline(-1);readline(None)", [b"one\n", b"two\n"]),
        ("readline();read(2);read()", [b"one\n", b"tw", BODY[6:]]),
        ("readlines()", [[b"one\n", b"two\n", b"\n", b"last without newline"]]),
        ("readlines(5);read()", [[b"one\n", b"two\n"], BODY[8:]]),
        ("readlines(0)", [[b"one\n", b"two\n", b"\n", b"last without newline"]]),
        ("iterate;readline()", [[b"one\n", b"two\n", b"\n", b"last without newline"], b""]),
    ],
)
@pytest.mark.parametrize("size", [1, 65535])
def test_reading_means_what_python_says(start, calls, expected, size):
    """W20-W24, W26-W28, however the records cut the body."""
    served = start("stream", "fixtures:reads")
    response = served.get({"QUERY_STRING": calls}, BODY, size=size)
    assert ast.literal_eval(response.body.decode()) == expected


def test_a_long_line_takes_linear_time(start):
    """W25."""
    served = start("stream", "fixtures:reads")
    response = served.get({"QUERY_STRING": "readline()[-5:]"}, b"x" * (10 << 20) + b"end\n" + b"more")
    assert response.body == b"[b'xend\\n']"


def test_reading_waits_for_what_was_asked_for_and_no_longer(gateway):
    """W29, W30, F14: the application reads and answers while the body is still being sent."""
    connection = gateway("fixtures:reads").connect()
    params = fcgi.environment({"QUERY_STRING": "read(3);readline()", "CONTENT_LENGTH": "1000"})
    connection.send(fcgi.begin(keep=True) + fcgi.stream(fcgi.PARAMS, 1, fcgi.pairs(params)))
    connection.send(fcgi.record(fcgi.STDIN, 1, b"abcdef\nrest"))
    assert connection.response().body == b"[b'abc', b'def\\n']"
    # What the application did not read belongs to no later request (W75).
    connection.send(fcgi.stream(fcgi.STDIN, 1, b"late"))
    assert connection.get({"QUERY_STRING": "read()"}, b"next", keep=True).body == b"[b'next']"


def test_another_thread_may_read_while_this_one_writes(gateway):
    """W36: the body is sent only after the first piece of the answer has come."""
    connection = gateway("fixtures:reads_on_a_thread").connect()
    params = fcgi.environment({"CONTENT_LENGTH": "4"})
    connection.send(fcgi.begin(keep=True) + fcgi.stream(fcgi.PARAMS, 1, fcgi.pairs(params)))
    assert connection.read_record()[2].startswith(b"Status: 200 OK\r\n")
    assert connection.read_record()[2] == b"first"
    connection.send(fcgi.stream(fcgi.STDIN, 1, b"body"))
    assert connection.read_record()[2] == b"body"


def test_objects_of_an_ended_request_are_dead(gateway):
    """W35, W78."""
    connection = gateway("fixtures:keeps").connect()
    connection.get(keep=True)
    body = connection.get(body=b"not for the request before", keep=True).body
    assert body == b"['the request has ended', 'the request has ended']"


def test_a_body_beyond_the_limit_is_refused_before_the_application_runs(start):
    """W32."""
    served = start("stream", "fixtures:hello")
    assert served.get({"CONTENT_LENGTH": str((1 << 30) + 1)}).status == "413 Content Too Large"
    assert served.get({"CONTENT_LENGTH": "many"}).status == "400 Bad Request"
    assert served.get().body == b"hello"
