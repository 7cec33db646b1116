"""`start_response`, `write` and the iterable."""

import os

import fcgi_client as fcgi
import pytest


def test_a_small_answer_is_one_write(start):
    """F21: header block, body, end of the stream and end of the request."""
    connection = start("stream", "fixtures:hello").connect()
    connection.send(fcgi.request(keep=True))
    wire = connection.sock.recv(65536)
    head = b"Status: 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n"
    assert wire == (
        fcgi.record(fcgi.STDOUT, 1, head)
        + fcgi.record(fcgi.STDOUT, 1, b"hello")
        + fcgi.record(fcgi.STDOUT, 1)
        + fcgi.record(fcgi.END_REQUEST, 1, b"\0" * 8)
    )


def test_each_piece_is_sent_before_the_next_is_made(gateway, tmp_path):
    """W61, P60, D4: the second piece is made only once the test has received the first."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    connection = gateway("fixtures:stepwise").connect()
    connection.send(fcgi.request({"QUERY_STRING": str(gate)}))
    assert connection.read_record()[2].startswith(b"Status: 200 OK\r\n")
    assert connection.read_record() == (fcgi.STDOUT, 1, b"first")
    gate.write_text("go on")
    assert connection.read_record() == (fcgi.STDOUT, 1, b"second")


def test_empty_pieces_send_nothing(gateway):
    """W62, W63, F17."""
    response = gateway("fixtures:pieces").get()
    assert response.body == b"abc"
    assert [length for kind, length in response.kinds if kind == fcgi.STDOUT][1:] == [1, 1, 1, 0]


def test_what_is_written_goes_first(gateway):
    """W38, W39."""
    response = gateway("fixtures:written").get()
    assert response.body == b"ahead of the iterable"
    assert response.header("Content-Length") is None


@pytest.mark.parametrize("path", ["/", "/broken"])
def test_close_is_called_exactly_once(gateway, tmp_path, path):
    """W59."""
    told = tmp_path / "told"
    served = gateway("fixtures:closing")
    served.get({"QUERY_STRING": str(told), "PATH_INFO": path})
    assert told.read_text() == "closed\n"


def test_close_is_called_when_the_client_leaves(gateway, tmp_path):
    """W59, W67, F28, P71: an endless answer stops with its reader, without an error in the log."""
    told = tmp_path / "told"
    os.mkfifo(told)
    served = gateway("fixtures:closing")
    connection = served.connect()
    connection.send(fcgi.request({"QUERY_STRING": str(told), "PATH_INFO": "/endless"}))
    assert connection.read_record()[2].startswith(b"Status: 200 OK")
    connection.close()
    assert told.read_text() == "closed\n"
    assert "failed" not in served.log()


def test_head_requests_have_a_head_only(gateway, tmp_path):
    """W56, W59: also of an endless answer."""
    told = tmp_path / "told"
    served = gateway("fixtures:closing")
    for path in ("/", "/endless"):
        params = {"REQUEST_METHOD": "HEAD", "QUERY_STRING": str(told), "PATH_INFO": path}
        response = served.get(params)
        assert (response.status, response.body) == ("200 OK", b"")
    assert told.read_text() == "closed\n" * 2


def test_head_requests_have_the_headers_of_get(start):
    """W55, W56."""
    response = start("stream", "fixtures:hello").get({"REQUEST_METHOD": "HEAD"})
    assert (response.header("Content-Length"), response.body) == ("5", b"")


def test_a_failing_close_is_logged_only(gateway):
    """W60."""
    served = gateway("fixtures:close_fails")
    assert served.get().body == b"sent"
    assert "`close()` failed with RuntimeError: close went wrong" in served.log()


def test_start_response_may_be_called_late(gateway):
    """W43."""
    response = gateway("fixtures:started_late").get()
    assert (response.status, response.body) == ("201 Created", b"from a generator")


@pytest.mark.parametrize("path", ["/", "/body"])
def test_an_answer_without_start_response_is_an_error(gateway, path):
    """W44, P15, P56."""
    served = gateway("fixtures:never_started")
    assert served.get({"PATH_INFO": path}).status == "500 Internal Server Error"
    assert "start_response has not yet been called" in served.log()


def test_exc_info_replaces_the_head_or_raises(gateway):
    """W37, W40-W42, P15."""
    served = gateway("fixtures:started_twice")
    replaced = served.get()
    assert (replaced.status, replaced.body, replaced.header("X-Stale")) == ("500 Oh", b"replaced", None)
    assert served.get({"PATH_INFO": "/without"}).status == "500 Internal Server Error"
    assert "start_response has already been called" in served.log()
    late = served.get({"PATH_INFO": "/late"})
    assert (late.status, late.body, late.app_status) == ("200 OK", b"first", 1)
    assert "the application failed: ValueError: original" in served.log()


@pytest.mark.parametrize(
    "status, headers, reason",
    [
        ("OK", [], "is not three digits"),
        ("200 O\r\nK", [], "control character"),
        ("100 Continue", [], "announces a further answer"),
        (200, [], "must be str"),
        ("200 OK", (("A", "b"),), "must be a list"),
        ("200 OK", [("A", "b", "c")], "must be a tuple of a name and a value"),
        ("200 OK", [("A", 5)], "must be str"),
        ("200 OK", [("A", "b\r\nSet-Cookie: evil=1")], "control character"),
        ("200 OK", [("A\n", "b")], "forbidden character"),
        ("200 OK", [("A", "☃")], "beyond U+00FF"),
        ("200 OK", [("A", "\udcff")], "surrogates not allowed"),
        ("200 OK", [("Content-Length", "1"), ("content-length", "1")], "must be one number"),
    ],
)
def test_heads_that_cannot_be_sent_are_errors(start, status, headers, reason):
    """W45-W48, W52, F22, S11, P57: nothing of them reaches the wire."""
    served = start("stream", "fixtures:head_of_query")
    response = served.get({"QUERY_STRING": ascii((status, headers, [b""]))})
    assert response.status == "500 Internal Server Error"
    assert response.headers("Set-Cookie") == []
    assert reason in served.log()
    assert served.get({"QUERY_STRING": "('204', '', [])"}).status == "204 No Content"


def test_headers_that_fit_no_record_are_an_error(start):
    """F21."""
    served = start("stream", "fixtures:head_of_query")
    assert served.get({"QUERY_STRING": "('200 OK', [('A', 'x' * 70000)], [])"}).status == "500 Internal Server Error"
    assert "the headers are longer than 65528 bytes" in served.log()


def test_headers_keep_their_order_and_the_connection_s_are_left_out(start):
    """W46, W49, W50, W51."""
    served = start("stream", "fixtures:head_of_query")
    headers = [("Set-Cookie", "a"), ("Connection", "close"), ("Status", "404 No"), ("Set-Cookie", "\xff")]
    response = served.get({"QUERY_STRING": ascii(("200 OK", headers, [b"x"]))})
    assert response.headers("Set-Cookie") == ["a", "\xff"]
    assert response.headers("Status") == ["200 OK"]
    assert response.header("Connection") is None


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
def test_some_answers_have_no_body(start, status):
    """W57."""
    served = start("stream", "fixtures:head_of_query")
    response = served.get({"QUERY_STRING": ascii((status, [], [b"body"]))})
    assert (response.status, response.header("Content-Length"), response.body) == (status, None, b"")


@pytest.mark.parametrize("sent, body, app_status, told", [("abcde", b"abc", 0, "longer"), ("a", b"a", 1, "2 bytes before")])
def test_announced_lengths_are_kept(start, sent, body, app_status, told):
    """W53, W54."""
    served = start("stream", "fixtures:head_of_query")
    answer = ("200 OK", [("Content-Length", "3")], [sent.encode()])
    response = served.get({"QUERY_STRING": ascii(answer)})
    assert (response.body, response.app_status) == (body, app_status)
    assert told in served.log()


@pytest.mark.parametrize("answer, told", [("None", "'NoneType' object is not iterable"), ("['text']", "is of type `str`"), ("5", "'int'")])
def test_answers_that_are_none_are_errors(start, answer, told):
    """W63, W68."""
    served = start("stream", "fixtures:returns")
    assert served.get({"QUERY_STRING": answer}).status == "500 Internal Server Error"
    assert told in served.log()


def test_large_pieces_arrive_whole(gateway):
    """F19, F20."""
    response = gateway("fixtures:returns").get({"QUERY_STRING": "[bytes(range(256)) * 8192]"})
    assert response.body == bytes(range(256)) * 8192
    assert response.header("Content-Length") == str(256 * 8192)


def test_files_are_wrapped(gateway, tmp_path):
    """W69."""
    file = tmp_path / "file"
    file.write_bytes(b"0123456789" * 1000)
    assert gateway("fixtures:wraps_file").get({"QUERY_STRING": str(file)}).body == file.read_bytes()


def test_requests_have_contexts_of_their_own(gateway):
    """W76."""
    connection = gateway("fixtures:counts_in_context").connect()
    assert [connection.get(keep=True).body for _ in range(3)] == [b"1"] * 3


@pytest.mark.parametrize("body", [b"", b"a body\nwith lines\nand an end"])
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_the_standard_library_s_checker_finds_nothing(gateway, body, method):
    """W79."""
    served = gateway("fixtures:validated")
    response = served.get({"REQUEST_METHOD": method}, body)
    assert (response.status, response.body) == ("200 OK", b"" if method == "HEAD" else body), served.log()
